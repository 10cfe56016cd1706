//! Profiles, settings and saved sessions of programs that use TickTick.
//!
//! The command `ticktick` is built on this crate. Another program that uses it shares the user's sessions, settings, mirrors and
//! rate limits with that command, so that the user signs in once.
//!
//! ```
//! use ticktick_profile::{Environment, Folders, Profile, Settings, Source};
//!
//! # fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let environment = Environment::system();
//! # let folder = tempfile::tempdir()?;
//! # let environment = Environment::fixed([("TICKTICK_CONFIG_DIR", folder.path())]);
//! let folders = Folders::find(&environment)?;
//! let settings = Settings::load(&folders, &environment, Some(&std::env::current_dir()?), Vec::new())?;
//! let profile = Profile::open(settings, &folders, &environment)?;
//! assert_eq!(profile.source(), Source::Nowhere);
//! let client = profile.client()?.build()?;
//! # Ok(())
//! # }
//! # example().unwrap();
//! ```
//!
//! * [`Settings`] come from options, the environment, a project file, the user's file and defaults, in this order.
//! * [`Sessions`] are saved by profile and server, in the system's keyring or in a file that only its owner can read.
//! * [`SharedLimits`] make all processes of an account wait if the service asks one of them to.
//! * [`Authorization`] gets a token of the official Open API in a browser.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod config;
mod environment;
mod error;
mod folders;
mod keyring;
mod limits;
mod name;
mod oauth;
pub mod private;
mod profile;
mod secret_store;
mod secrets;
mod session;
mod setting;
mod settings;
mod token;

pub use config::{ConfigEdit, ConfigFile};
pub use environment::Environment;
pub use error::{Error, ErrorKind};
pub use folders::Folders;
pub use limits::{Limited, SharedLimits};
pub use name::ProfileName;
pub use oauth::{Authorization, AuthorizationCode, OAuthClient, OpenApiToken};
pub use profile::{Profile, Source};
pub use secret_store::SecretStore;
pub use secrets::Secrets;
pub use session::{Saved, SavedSession, SavedToken, Sessions};
pub use setting::{SETTINGS, Setting};
pub use settings::{Origin, Resolved, Settings};
pub use token::{EnvironmentToken, is_of_open_api, read_secret};
