//! `ticktick serve`.

use std::future::poll_fn;
use std::io::{ErrorKind, Write};
use std::pin::pin;
use std::task::Poll;

use ticktick_sim::{DEMO_PASSWORD, DEMO_USER, Simulator};

use crate::args::{Globals, ServeArgs};
use crate::error::Error;
use crate::output::Output;

pub(crate) async fn run(globals: &Globals, args: ServeArgs, output: Output) -> Result<(), Error> {
    let mut builder = Simulator::builder().port(args.port);
    let demo = globals.demo || args.account.is_none();
    if demo {
        builder = builder.demo();
    }
    if let Some(account) = &args.account {
        let (user, password) = account
            .split_once(':')
            .filter(|(user, password)| !user.is_empty() && !password.is_empty())
            .ok_or_else(|| Error::usage("--account is USER:PASSWORD, such as me@example.com:secret"))?;
        builder = builder.account(user, password);
    }
    let simulator = builder.start().await.map_err(|error| not_started(&error, args.port))?;
    let mut stop = pin!(tokio::signal::ctrl_c());
    // Whoever is told that we listen may stop us at once.
    let stopped = poll_fn(|context| Poll::Ready(stop.as_mut().poll(context).is_ready())).await;
    let mut out = output.stdout();
    writeln!(out, "listening on {}", simulator.base_url())?;
    out.flush()?;
    drop(out);
    if demo {
        output.note("note", &format!("the demo account is {DEMO_USER}, its password is {DEMO_PASSWORD}"));
    }
    if !stopped {
        stop.await?;
    }
    simulator.stop().await;
    Ok(())
}

fn not_started(error: &std::io::Error, port: u16) -> Error {
    let message = format!("cannot listen on port {port}: {error}");
    match error.kind() {
        ErrorKind::AddrInUse => Error::failed(message).hint("leave out --port to take a free one"),
        _ => Error::failed(message),
    }
}
