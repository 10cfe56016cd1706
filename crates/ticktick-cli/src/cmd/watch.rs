//! `ticktick watch`: prints changes in the account as they arrive.

mod diff;

use std::future::poll_fn;
use std::io::{self, Write};
use std::pin::pin;
use std::process::Stdio;
use std::task::Poll;
use std::time::Duration;

use clap::{Args, FromArgMatches};
use jiff::tz::TimeZone;
use ticktick::Account;

use crate::answer::print_line;
use crate::args::{Globals, duration};
use crate::connect::{Connection, Profile};
use crate::entry::{Entry, Section};
use crate::error::{Error, Kind};
use crate::generated::cli::WatchedChange;
use crate::mirror;
use crate::output::{DIM, Output};
use crate::runtime::wait;
use crate::shell;
use crate::text::shown;
use diff::differences;

pub(crate) const WATCH: Entry = Entry::leaf(
    Section::Data,
    "watch",
    "Print changes in the account as they arrive",
    WatchArgs::augment_args,
    |globals, matches| wait(watch(globals, WatchArgs::from_arg_matches(matches)?)),
);

/// Minimum polling interval.
const POLITE: Duration = Duration::from_secs(10);
/// Maximum interval after failures.
const PATIENT: Duration = Duration::from_secs(300);

#[derive(Args, Debug)]
#[command(after_help = "\
Prints one line per change, or one JSON value per line with --json, until Ctrl-C. After each failure, the interval \
doubles, up to 5 minutes.")]
struct WatchArgs {
    /// Time between two requests, at least 10s
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = duration)]
    interval: Duration,
    /// Run this command with sh (Windows: cmd) for each change, with the change as JSON on its standard input
    #[arg(long, value_name = "COMMAND")]
    exec: Option<String>,
}

async fn watch(globals: &Globals, args: WatchArgs) -> Result<(), Error> {
    let output = Output::new(globals);
    if args.interval < POLITE && !globals.demo && !Profile::open(globals)?.saved.region().is_loopback() {
        return Err(Error::usage("--interval is shorter than 10s").hint("TickTick limits the number of requests"));
    }
    let mut connection = mirror::connect_required(globals, output).await?;
    connection.refresh(false, output).await?;
    let mut known = account(&connection)?;
    output.note("note", "waiting for changes; press Ctrl-C to stop");
    let mut pause = args.interval;
    while slept(pause).await {
        match connection.refresh(false, output).await {
            Ok(_) => pause = args.interval,
            Err(error) if error.retryable || matches!(error.kind, Kind::Network | Kind::RateLimited) => {
                pause = (pause * 2).min(PATIENT);
                output.note("warning", &format!("{}; next try in {} s", error.message, pause.as_secs()));
                continue;
            }
            Err(error) => return Err(error),
        }
        let now = account(&connection)?;
        for change in differences(&known, &now, connection.mirror.as_ref(), connection.moment()) {
            print(&change, output)?;
            if let Some(command) = &args.exec {
                run(command, &change, output)?;
            }
        }
        known = now;
    }
    connection.close()
}

fn account(connection: &Connection) -> Result<Account, Error> {
    let mirror = connection.mirror.as_ref().ok_or_else(|| Error::failed("there is no mirror"))?;
    Ok(mirror.account()?)
}

/// Waits for a time; returns `false` if the user ended the wait.
async fn slept(time: Duration) -> bool {
    let mut stop = pin!(tokio::signal::ctrl_c());
    let mut pause = pin!(tokio::time::sleep(time));
    poll_fn(|context| {
        if stop.as_mut().poll(context).is_ready() {
            return Poll::Ready(false);
        }
        pause.as_mut().poll(context).map(|()| true)
    })
    .await
}

fn print(change: &WatchedChange, output: Output) -> Result<(), Error> {
    if output.is_json() {
        return print_line(change);
    }
    let at = change.at.to_zoned_datetime(TimeZone::system()).strftime("%H:%M:%S");
    let WatchedChange { event, kind, name, .. } = change;
    output.lines([format!("{DIM}{at}{DIM:#}  {:<9}  {kind} \"{}\"", event.to_string(), shown(name))])
}

/// Runs the hook. If it fails, prints a warning and continues.
fn run(command: &str, change: &WatchedChange, output: Output) -> Result<(), Error> {
    let mut child = shell::command(command).stdin(Stdio::piped()).spawn()?;
    if let Some(mut input) = child.stdin.take() {
        let json = serde_json::to_string(change).map_err(io::Error::from)?;
        // A hook need not read its input.
        drop(writeln!(input, "{json}"));
    }
    let status = child.wait()?;
    if !status.success() {
        output.note("warning", &format!("the hook failed for {} {}: {status}", change.kind, change.id));
    }
    Ok(())
}
