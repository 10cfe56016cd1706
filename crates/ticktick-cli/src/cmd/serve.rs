//! `ticktick serve`.

use std::future::poll_fn;
use std::io::{ErrorKind, Write};
use std::pin::pin;
use std::task::Poll;

use clap::{Args, FromArgMatches};
use ticktick_sim::{DEMO_PASSWORD, DEMO_USER, Logged, Reading};

use crate::args::{Globals, ServeArgs};
use crate::entry::{Entry, Section};
use crate::error::{Error, Kind};
use crate::output::Output;
use crate::runtime;

pub(crate) const SERVE: Entry = Entry::leaf(
    Section::Program,
    "serve",
    "Run a local TickTick server for tests and demos",
    ServeArgs::augment_args,
    |globals, matches| runtime::serve(run(globals, ServeArgs::from_arg_matches(matches)?, Output::new(globals))),
);

async fn run(globals: &Globals, args: ServeArgs, output: Output) -> Result<(), Error> {
    if args.readings {
        return readings(output);
    }
    let port = args.port;
    let reachable = args.host.filter(|host| !host.is_loopback());
    let options = args.options(globals.demo);
    let demo = options.has_demo();
    let mut builder = options.builder();
    if globals.verbose > 0 {
        builder = builder.on_request(move |request| output.note("request", &line(request)));
    }
    let simulator = builder.start().await.map_err(|error| not_started(&error, port))?;
    let mut stop = pin!(tokio::signal::ctrl_c());
    // A caller that knows the port may stop the program at once.
    let stopped = poll_fn(|context| Poll::Ready(stop.as_mut().poll(context).is_ready())).await;
    let mut out = output.stdout();
    writeln!(out, "listening on {}", simulator.base_url())?;
    out.flush()?;
    drop(out);
    if let Some(host) = reachable {
        let warning = "anyone who can connect can read and change everything, because /_sim/ requires no password";
        output.note("warning", &format!("{host} is open to other machines: {warning}"));
    }
    if demo {
        output.note("note", &format!("the demo account is {DEMO_USER}, its password is {DEMO_PASSWORD}"));
    }
    if !stopped {
        stop.await?;
    }
    // Dropping the simulator saves as well, but cannot report errors.
    let saved = simulator.save();
    simulator.stop().await;
    saved.map_err(|error| Error::failed(format!("the accounts were not saved: {error}")))?;
    Ok(())
}

/// Lists all readings and marks the default of each experiment.
fn readings(output: Output) -> Result<(), Error> {
    let width = Reading::all().map(|reading| reading.to_string().len()).max().unwrap_or_default();
    let line = |reading: Reading| {
        let mark = if reading.is_default() { " (default)" } else { "" };
        format!("{:width$}  {}{mark}", reading.to_string(), reading.about())
    };
    output.lines(Reading::all().map(line))
}

/// Formats a request and its outcome as one line.
fn line(request: &Logged) -> String {
    let operation = request.operation.unwrap_or("-");
    let missing = match &*request.missing {
        [] => String::new(),
        headers => format!(" (missing: {})", headers.join(", ")),
    };
    format!("{} {} {} {operation}{missing}", request.status, request.method, request.shown_target())
}

fn not_started(error: &std::io::Error, port: u16) -> Error {
    match error.kind() {
        ErrorKind::AddrInUse => {
            Error::failed(format!("cannot listen on port {port}: {error}")).hint("omit --port to use a free one")
        }
        ErrorKind::NotFound => Error::new(Kind::NotFound, format!("the simulator cannot start: {error}")),
        _ => Error::failed(format!("the simulator cannot start: {error}")),
    }
}
