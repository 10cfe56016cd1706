//! Profiles, settings and saved sessions of programs that use TickTick.

mod config;
mod environment;
mod error;
mod folders;
mod keyring;
mod limits;
mod name;
pub mod private;
mod profile;
mod secret_store;
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
pub use profile::{Profile, Source};
pub use secret_store::{SecretStore, Secrets};
pub use session::{Saved, SavedSession, SavedToken, Sessions};
pub use setting::{SETTINGS, Setting};
pub use settings::{Origin, Resolved, Settings};
pub use token::{EnvironmentToken, is_of_open_api};
