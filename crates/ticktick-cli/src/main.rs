//! TickTick from the terminal.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod args;
mod cmd;
mod config;
mod connect;
mod drift;
mod error;
#[rustfmt::skip]
#[allow(unreachable_pub)]
mod generated;
mod mirror;
mod output;
mod pick;
mod private;
mod row;
mod table;
mod text;
#[cfg_attr(not(test), expect(dead_code))]
mod ui;
mod when;

use std::process::ExitCode;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::prelude::*;

use crate::args::{Globals, Parsed};
use crate::error::{Error, Kind};
use crate::output::Output;

// Nothing runs before the arguments are parsed, so that the program starts quickly.
fn main() -> ExitCode {
    let parsed = args::command().try_get_matches().and_then(|matches| args::read(&matches));
    let (globals, parsed) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return misread(&error),
    };
    let output = Output::new(&globals);
    if globals.verbose > 0 {
        log(globals.verbose);
    }
    let outcome = run(&globals, parsed, output);
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

fn run(globals: &Globals, parsed: Parsed, output: Output) -> Result<(), Error> {
    if globals.mirror.offline && parsed.needs_service() {
        return Err(Error::usage("this command needs TickTick, and --offline sends no request"));
    }
    match parsed {
        Parsed::Auth(command) => wait(cmd::auth::run(globals, command, output)),
        Parsed::Task(command) => wait(cmd::task::run(globals, command, output)),
        Parsed::Project(command) => wait(cmd::project::run(globals, command, output)),
        Parsed::Sync(args) => wait(cmd::sync::run(globals, &args, output)),
        Parsed::Sql(args) => wait(cmd::sql::run(globals, &args, output)),
        Parsed::History(args) => cmd::history::run(globals, &args, output),
        Parsed::Undo(args) => wait(cmd::undo::run(globals, &args, output)),
        Parsed::Serve(args) => wait(cmd::serve::run(globals, args, output)),
        Parsed::Doctor(args) => cmd::doctor::run(&args, output),
        Parsed::Api(args) => match args.command {
            Some(args::ApiCommand::Check(args)) => cmd::api_check::run(&args, output),
            Some(args::ApiCommand::Verify(args)) => wait(cmd::api_verify::run(globals, &args, output)),
            None if args.list => cmd::api::list(output),
            None => wait(cmd::api::run(globals, args, output)),
        },
    }
}

/// Runs on the current thread, which is enough for a client and a simulator.
fn wait(work: impl Future<Output = Result<(), Error>>) -> Result<(), Error> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
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
    // The reader closed the pipe because it has read enough.
    drop(error.print());
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(Kind::Usage.status()))
}

/// Logs the messages of our own crates to standard error. Other crates do not know what is secret here.
fn log(verbose: u8) {
    let level = if verbose == 1 { LevelFilter::DEBUG } else { LevelFilter::TRACE };
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).without_time().with_ansi(false);
    tracing_subscriber::registry().with(layer).with(Targets::new().with_target("ticktick", level)).init();
}
