//! The settings of this command: what its options, the environment and the configuration files say.

use ticktick_profile::{Environment, Folders, Settings};

use crate::args::Globals;
use crate::error::Error;

/// Returns the folders of the program.
pub(crate) fn folders() -> Result<Folders, Error> {
    Ok(Folders::find(&Environment::system())?)
}

/// Reads the settings. Options that were given take precedence.
pub(crate) fn load(globals: &Globals) -> Result<Settings, Error> {
    let folder = std::env::current_dir().ok();
    let environment = Environment::system();
    Ok(Settings::load(&Folders::find(&environment)?, &environment, folder.as_deref(), given(globals))?)
}

/// Returns the options that set a setting, by its name.
fn given(globals: &Globals) -> Vec<(&'static str, String)> {
    let mut given = Vec::new();
    let mut add = |name, value: Option<String>| given.extend(value.map(|value| (name, value)));
    add("profile", globals.profile.clone());
    add("base-url", globals.base_url.clone().filter(|address| !address.is_empty()));
    add("region", globals.region.clone());
    add("read-only", globals.read_only.then(|| "true".to_owned()));
    add("max-age", globals.mirror.max_age.clone());
    add("color", globals.color.clone());
    given
}
