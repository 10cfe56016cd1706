//! The settings of this command, from its options, the environment and the configuration files.

use std::time::Duration;

use clap::ValueEnum;
use ticktick_profile::{Environment, Folders, Settings};

use crate::args::{ColorArg, FormatArg, Globals};
use crate::error::Error;
use crate::output::Output;

/// Returns the folders of the program.
pub(crate) fn folders() -> Result<Folders, Error> {
    Ok(Folders::find(&Environment::system())?)
}

/// Reads the settings and completes the options with them.
///
/// An error is kept for the commands that need settings, so that the others can help to fix it.
pub(crate) fn settle(globals: &mut Globals) {
    globals.given = given(globals);
    let settled = read(globals);
    if let Ok(settings) = &settled {
        apply(globals, settings);
    }
    globals.settled = Some(settled);
}

/// Reads the settings again, after a file was changed.
pub(crate) fn load(globals: &Globals) -> Result<Settings, Error> {
    Ok(read(globals)?)
}

fn read(globals: &Globals) -> Result<Settings, ticktick_profile::Error> {
    let environment = Environment::system();
    let folder = std::env::current_dir().ok();
    Settings::load(&Folders::find(&environment)?, &environment, folder.as_deref(), globals.given.clone())
}

/// Returns the options that set a setting, by its name.
fn given(globals: &Globals) -> Vec<(&'static str, String)> {
    let mut given = Vec::new();
    let mut add = |name, value: Option<String>| given.extend(value.map(|value| (name, value)));
    add("profile", globals.profile.clone());
    add("base-url", globals.base_url.clone().filter(|address| !address.is_empty()));
    add("region", globals.region.map(word));
    add("read-only", globals.write.read_only.then(|| "true".to_owned()));
    add("max-age", globals.mirror.max_age.clone());
    add("color", globals.output.color.map(word));
    add("output", globals.output.format.map(word));
    given
}

fn apply(globals: &mut Globals, settings: &Settings) {
    globals.write.read_only = settings.is_on("read-only");
    let word = |name| settings.get(name).unwrap_or_default();
    globals.output.color = ColorArg::from_str(word("color"), true).ok();
    globals.output.format = FormatArg::from_str(word("output"), true).ok();
}

/// Reports parts of files that have no effect.
pub(crate) fn warn(globals: &Globals, output: Output) {
    for warning in globals.settings().map_or(&[][..], Settings::warnings) {
        output.note("warning", warning);
    }
}

fn word(value: impl ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

impl Globals {
    /// Returns the settings.
    pub(crate) fn settings(&self) -> Result<&Settings, Error> {
        match &self.settled {
            Some(settled) => settled.as_ref().map_err(|error| error.clone().into()),
            None => Err(Error::failed("the settings were not read")),
        }
    }

    /// Returns the age at which the mirror is refreshed.
    pub(crate) fn max_age(&self) -> Duration {
        if self.refreshes { Duration::ZERO } else { self.settings().map_or(Duration::ZERO, Settings::max_age) }
    }
}
