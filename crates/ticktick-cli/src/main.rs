//! TickTick from the terminal.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod answer;
mod args;
mod ask;
mod cmd;
mod complete;
mod connect;
mod drift;
mod dry;
mod entry;
mod error;
mod examples;
#[rustfmt::skip]
#[allow(unreachable_pub)]
mod generated;
mod json;
mod listed;
mod mirror;
mod noun;
mod numbers;
mod output;
mod past;
mod period;
mod pick;
mod picker;
mod refs;
mod row;
mod runtime;
mod select;
mod settings;
mod stock;
mod table;
mod text;
mod ui;
mod web;
mod when;
mod written;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{ArgMatches, Command, FromArgMatches};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::prelude::*;

use crate::args::Globals;
use crate::cmd::COMMANDS;
use crate::entry::{Entry, Run, Section};
use crate::error::{Error, Kind};
use crate::output::Output;

// Nothing runs before the arguments are parsed, so that the program starts quickly.
fn main() -> ExitCode {
    if complete::answered(|| program(false)) {
        return ExitCode::SUCCESS;
    }
    let parsed = parse(std::env::args_os()).and_then(|matches| Ok((Globals::from_arg_matches(&matches)?, matches)));
    let (mut globals, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return misread(&error),
    };
    settings::settle(&mut globals);
    let output = Output::new(&globals);
    settings::warn(&globals, output);
    let verbose = globals.verbose.max(wanted_by_debug(output));
    if verbose > 0 {
        log(verbose);
    }
    if !globals.write.no_input && !output.is_json() {
        picker::allow();
    }
    let outcome = run(&globals, &matches);
    drift::report(globals.demo, output);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if !matches!(error.kind, Kind::BrokenPipe | Kind::Reported) {
                output.fail(&error);
            }
            error.exit_code()
        }
    }
}

/// Parses the arguments with the commands that they name. Only a wrong name needs them all, for suggestions.
fn parse(words: impl Iterator<Item = OsString>) -> Result<ArgMatches, clap::Error> {
    let words: Vec<_> = words.collect();
    let given = words.get(1..).unwrap_or_default();
    let is_alone = given.iter().all(|word| word.to_string_lossy().starts_with('-'));
    let named = entry::named(COMMANDS, given);
    let commands = named.iter().map(|entry| entry.command_for(given));
    let parsed = args::program(overview(), is_alone).subcommands(commands).try_get_matches_from(&words);
    // Without commands, clap takes a wrong name for an argument.
    let is_wrong_name = |error: &clap::Error| match error.kind() {
        ErrorKind::InvalidSubcommand => true,
        ErrorKind::UnknownArgument => named.is_empty() && !is_alone,
        _ => false,
    };
    match parsed {
        Err(error) if is_wrong_name(&error) => program(is_alone).try_get_matches_from(&words),
        parsed => parsed,
    }
}

/// Builds the program with all its commands.
fn program(shows_options: bool) -> Command {
    args::program(overview(), shows_options).subcommands(COMMANDS.iter().map(Entry::command))
}

/// Lists the commands by section.
fn overview() -> String {
    let mut text = String::new();
    for (section, title) in Section::ALL {
        text.push_str(&format!("\n{title}:\n"));
        for entry in COMMANDS.iter().filter(|entry| entry.section == section) {
            text.push_str(&format!("  {:<12} {}\n", entry.name, entry.about));
        }
    }
    text
}

/// Runs the command; without one, lists what is due today.
fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    match matches.subcommand() {
        Some((name, matches)) => match COMMANDS.iter().find(|entry| entry.is_called(name)) {
            Some(Entry { run: Run::Account(run), .. }) => run(globals, matches),
            Some(Entry { run: Run::Program(run), .. }) => run(program(true), matches),
            None => Err(Error::usage(format!("there is no command `{name}`"))),
        },
        None => cmd::today(globals),
    }
}

fn misread(error: &clap::Error) -> ExitCode {
    // clap returns requested help as an error, too.
    if error.use_stderr() && std::env::args_os().take_while(|arg| arg != "--").any(|arg| arg == "--json") {
        let text = error.to_string();
        let first = text.lines().next().unwrap_or_default();
        let fault = Error::usage(first.strip_prefix("error: ").unwrap_or(first)).hint("try --help");
        Output::before_parsing(true).fail(&fault);
        return fault.exit_code();
    }
    let examples = examples::of_help(&error.to_string()).filter(|_| is_help(error)).map(|text| text + "\n");
    let print = |text: &str| {
        let text = text.as_bytes();
        if error.use_stderr() { anstream::stderr().write_all(text) } else { anstream::stdout().write_all(text) }
    };
    // If it cannot be printed, the reader closed the pipe because it has read enough.
    drop(print(&examples.unwrap_or_default()).and_then(|()| error.print()));
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Kind::Usage.status()))
}

fn is_help(error: &clap::Error) -> bool {
    matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand)
}

/// Returns how much `TICKTICK_DEBUG` wants to be logged.
fn wanted_by_debug(output: Output) -> u8 {
    match std::env::var("TICKTICK_DEBUG").as_deref() {
        Ok("api") => 2,
        Ok("") | Err(_) => 0,
        Ok(_) => {
            output.note("warning", "TICKTICK_DEBUG is ignored, because its only value is `api`");
            0
        }
    }
}

/// Logs the messages of our own crates to standard error. Other crates do not know what is secret here.
fn log(verbose: u8) {
    let level = if verbose == 1 { LevelFilter::DEBUG } else { LevelFilter::TRACE };
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).without_time().with_ansi(false);
    tracing_subscriber::registry().with(layer).with(Targets::new().with_target("ticktick", level)).init();
}
