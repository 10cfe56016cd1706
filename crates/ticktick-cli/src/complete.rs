//! Completion in the shell: of commands and options, and of names in the account.
//!
//! The only file, with its children, that uses the unstable part of `clap_complete`.

mod bash;
mod names;

use std::ffi::OsString;
use std::io;
use std::path::Path;

use clap::builder::ValueHint;
use clap::{Arg, Command};
use clap_complete::CompleteEnv;
use clap_complete::engine::ArgValueCompleter;
use clap_complete::env::{Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};

use crate::error::Error;
use names::Names;

/// The environment variable with which a shell requests completions.
const VARIABLE: &str = "TICKTICK_COMPLETE";

/// The shells, and the file that a user adds the completion to.
const SHELLS: Shells<'static> = Shells(&[&bash::Bash, &Elvish, &Fish, &Powershell, &Zsh]);

/// Prints completions if a shell requests them.
pub(crate) fn answered(program: fn() -> Command) -> bool {
    if std::env::var_os(VARIABLE).is_none() {
        return false;
    }
    let folder = std::env::current_dir().ok();
    let asked = CompleteEnv::with_factory(|| named(program())).var(VARIABLE).shells(SHELLS);
    // A shell cannot show an error, so a failure completes nothing.
    asked.try_complete(std::env::args_os(), folder.as_deref()).unwrap_or(true)
}

/// Returns the script that a shell loads.
pub(crate) fn script(shell: &str) -> Result<Vec<u8>, Error> {
    let completer = SHELLS.completer(shell).ok_or_else(|| {
        Error::usage(format!("there is no completion for `{shell}`")).hint(format!("the shells are: {}", shells()))
    })?;
    let mut script = Vec::new();
    completer.write_registration(VARIABLE, "ticktick", "ticktick", "ticktick", &mut script)?;
    Ok(script)
}

/// Names the shells.
pub(crate) fn shells() -> String {
    SHELLS.iter().map(EnvCompleter::name).collect::<Vec<_>>().join(", ")
}

/// Adds the completion of names to every argument whose value name stands for one.
fn named(mut command: Command) -> Command {
    command.build();
    everywhere(command)
}

fn everywhere(command: Command) -> Command {
    command.mut_args(with_names).mut_subcommands(everywhere)
}

fn with_names(arg: Arg) -> Arg {
    let value = arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default();
    match value.as_str() {
        "FILE" | "FOLDER_PATH" => arg.value_hint(ValueHint::AnyPath),
        value => match Names::of(value) {
            Some(names) => arg.add(ArgValueCompleter::new(names)),
            None => arg,
        },
    }
}

/// Completes the words of a command line, for the shells with our own adapters.
fn candidates(
    command: &mut Command,
    words: Vec<OsString>,
    index: usize,
    folder: Option<&Path>,
) -> io::Result<Vec<String>> {
    let found = clap_complete::engine::complete(command, words, index, folder)?;
    Ok(found.iter().map(|candidate| candidate.get_value().to_string_lossy().into_owned()).collect())
}
