//! Manages TickTick tasks from the terminal.
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
mod file;
#[rustfmt::skip]
#[allow(unreachable_pub)]
mod generated;
mod ids;
mod listed;
mod mirror;
mod misuse;
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
mod shell;
mod stock;
mod table;
mod text;
mod ui;
mod web;
mod when;
mod written;

use std::ffi::OsString;
use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::process::ExitCode;

use anstream::stream::{AsLockedWrite, RawStream};
use anstream::{AutoStream, ColorChoice};
use clap::error::ErrorKind;
use clap::{ArgMatches, Command, FromArgMatches};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::prelude::*;

use crate::args::Globals;
use crate::cmd::COMMANDS;
use crate::entry::{Entry, Run, Section};
use crate::error::{Error, Kind};
use crate::misuse::in_words;
use crate::output::Output;

// Nothing runs before the arguments are parsed, so that the program starts quickly.
fn main() -> ExitCode {
    // clap would build all options first, which takes longer than everything else.
    if std::env::args_os().skip(1).eq(["--version"]) {
        return printed(writeln!(io::stdout(), "ticktick {}", env!("CARGO_PKG_VERSION")), ExitCode::SUCCESS);
    }
    if complete::answered(|| program(false)) {
        return ExitCode::SUCCESS;
    }
    let parsed = parse(std::env::args_os()).and_then(|matches| Ok((Globals::from_arg_matches(&matches)?, matches)));
    let (mut globals, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return misread(error),
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
    // The demo has a server of its own.
    if globals.mirror.offline && !globals.demo {
        runtime::stay_offline();
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

/// Parses the arguments with the commands that they name. Only a wrong name needs the other commands, for suggestions.
fn parse(words: impl Iterator<Item = OsString>) -> Result<ArgMatches, clap::Error> {
    let words: Vec<_> = words.collect();
    let given = words.get(1..).unwrap_or_default();
    let is_alone = given.iter().all(|word| word.to_string_lossy().starts_with('-'));
    let named = entry::named(COMMANDS, given);
    let build = || args::program(overview(), is_alone).subcommands(named.iter().map(|entry| entry.command_for(given)));
    // Never freed: the program ends soon, and freeing the options takes 5 % of the instructions of `task list --help`.
    if asks_for_help(given) && !named.is_empty() {
        // The help of a command does not show the options that all have. Without them, it takes 6 % fewer instructions.
        let mut wanted = ManuallyDrop::new(build().mut_args(|option| option.global(false)));
        if let Err(help) = wanted.try_get_matches_from_mut(&words)
            && is_help(&help)
        {
            return Err(help);
        }
    }
    let mut wanted = ManuallyDrop::new(build());
    let parsed = wanted.try_get_matches_from_mut(&words);
    // Without commands, clap takes a wrong name for an argument.
    let is_wrong_name = |error: &clap::Error| match error.kind() {
        ErrorKind::InvalidSubcommand => true,
        ErrorKind::UnknownArgument => named.is_empty() && !is_alone,
        _ => false,
    };
    match parsed {
        // No command is reached, so none of them needs the global options.
        Err(error) if is_wrong_name(&error) && named.is_empty() => {
            program(is_alone).mut_args(|option| option.global(false)).try_get_matches_from(&words)
        }
        Err(error) if is_wrong_name(&error) => program(is_alone).try_get_matches_from(&words),
        parsed => parsed,
    }
}

fn asks_for_help(words: &[OsString]) -> bool {
    words.iter().take_while(|word| *word != "--").any(|word| word == "--help" || word == "-h")
}

/// Builds the program with all its commands.
fn program(shows_options: bool) -> Command {
    args::program(overview(), shows_options).subcommands(COMMANDS.iter().map(Entry::command))
}

/// Lists the commands by section.
fn overview() -> String {
    let mut text = String::new();
    // Formatting it would take longer than the rest of the program's description.
    for (section, title) in Section::ALL {
        text.extend(["\n", title, ":\n"]);
        for entry in COMMANDS.iter().filter(|entry| entry.section == section) {
            let gap = "             ".get(entry.name.len()..).unwrap_or(" ");
            text.extend(["  ", entry.name, gap, entry.about, "\n"]);
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

fn misread(error: clap::Error) -> ExitCode {
    // clap returns requested help as an error, too.
    if error.use_stderr() && std::env::args_os().take_while(|arg| arg != "--").any(|arg| arg == "--json") {
        let fault = Error::from(error);
        Output::before_parsing(true).fail(&fault);
        return fault.exit_code();
    }
    // Help contains no errors of the standard library, and searching it for them takes time.
    let reworded = |text: String| if is_help(&error) { text } else { in_words(&text) };
    let text = reworded(error.to_string());
    let examples = examples::of_help(&text).filter(|_| is_help(&error)).map(|text| text + "\n").unwrap_or_default();
    let end = if is_help(&error) { args::missing_end(&text) } else { String::new() };
    let colored = || format!("{examples}{}{end}", reworded(error.render().ansi().to_string()));
    let plain = || format!("{examples}{text}{end}");
    let status = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Kind::Usage.status()));
    if error.use_stderr() {
        drop(print(anstream::stderr(), colored, plain));
        status
    } else {
        printed(print(anstream::stdout(), colored, plain), status)
    }
}

/// Returns the status, or that of the error if the text could not be printed. A reader may close the pipe.
fn printed(result: io::Result<()>, status: ExitCode) -> ExitCode {
    let Err(error) = result.and_then(|()| io::stdout().flush()) else { return status };
    let error = Error::from(error);
    if error.kind != Kind::BrokenPipe {
        drop(writeln!(io::stderr(), "error: {}", error.message));
    }
    error.exit_code()
}

/// Prints a text that exists with and without colors. Stripping colors would inspect every byte.
fn print<S: RawStream + AsLockedWrite>(
    mut stream: AutoStream<S>,
    colored: impl FnOnce() -> String,
    plain: impl FnOnce() -> String,
) -> io::Result<()> {
    match stream.current_choice() {
        ColorChoice::Never => stream.into_inner().write_all(plain().as_bytes()),
        _ => stream.write_all(colored().as_bytes()),
    }
}

fn is_help(error: &clap::Error) -> bool {
    matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand)
}

/// Returns the log level that `TICKTICK_DEBUG` requests.
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

/// Logs the messages of our own crates to standard error. Other crates could log secrets.
fn log(verbose: u8) {
    let level = if verbose == 1 { LevelFilter::DEBUG } else { LevelFilter::TRACE };
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).without_time().with_ansi(false);
    tracing_subscriber::registry().with(layer).with(Targets::new().with_target("ticktick", level)).init();
}
