//! How the server is started.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::args::Globals;
use crate::error::{Error, Kind};

/// The program that serves.
const SERVER: &str = "ticktick-mcp";

/// How a server is started.
pub(super) struct Start {
    pub(super) program: PathBuf,
    pub(super) options: Vec<String>,
    /// Settings that the server has no option for.
    pub(super) variables: Vec<(String, String)>,
}

impl Start {
    /// Adds the options of this command line to those of the server.
    pub(super) fn new(globals: &Globals, given: Vec<String>) -> Result<Self, Error> {
        let program = installed()?;
        let is_given = |name: &str| given.iter().any(|one| one.split('=').next() == Some(name));
        let mut options = Vec::new();
        let (demo, profile) = (globals.demo || is_given("--demo"), is_given("--profile"));
        if globals.demo && !is_given("--demo") {
            options.push("--demo".to_owned());
        }
        if !demo && !profile {
            let name = globals.settings()?.profile();
            if !name.is_default() {
                options.extend(["--profile".to_owned(), name.to_string()]);
            }
        }
        if globals.write.read_only && !is_given("--read-only") {
            options.push("--read-only".to_owned());
        }
        options.extend(given);
        let settings = globals.given.iter().filter(|(name, _)| ["base-url", "region", "max-age"].contains(name));
        let variable = |(name, value): &(&str, String)| {
            (format!("TICKTICK_{}", name.to_uppercase().replace('-', "_")), value.clone())
        };
        Ok(Self { program, options, variables: settings.map(variable).collect() })
    }

    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.options).envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// Finds the server: next to this program, then in the search path.
fn installed() -> Result<PathBuf, Error> {
    let name = format!("{SERVER}{}", env::consts::EXE_SUFFIX);
    let beside = env::current_exe().ok().and_then(|program| program.parent().map(Path::to_owned));
    let paths = env::var_os("PATH").unwrap_or_default();
    let mut files = beside.into_iter().chain(env::split_paths(&paths)).map(|folder| folder.join(&name));
    let found = files.find(|file| file.is_file()).ok_or_else(|| {
        Error::new(Kind::NotFound, format!("{SERVER} is not installed"))
            .hint(format!("in the repository, run `cargo install --profile server --path crates/{SERVER}`, or put it into the folder of `ticktick`"))
    })?;
    Ok(std::path::absolute(found)?)
}
