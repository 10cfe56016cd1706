//! What the examples share: clients of the simulator and of the real service, and sample data.
// Each example uses only a part of it.
#![allow(dead_code)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::{fs, io};

use ticktick::date::FixedClock;
use ticktick::{Client, ClientBuilder};
use ticktick_sim::{Builder, DEMO_USER, Service, Simulator};

/// Any error that an example can fail with.
pub(crate) type Failure = Box<dyn std::error::Error>;

/// Returns a client of the real service if `TICKTICK_TOKEN` holds a session token, the value of the cookie `t` in a
/// browser. By default, returns a client of a simulated account with sample data.
pub(crate) fn client() -> Result<Client, Failure> {
    Ok(builder()?.build()?)
}

/// Returns the builder of such a client.
pub(crate) fn builder() -> Result<ClientBuilder, Failure> {
    match std::env::var("TICKTICK_TOKEN") {
        Ok(token) => Ok(Client::builder().token(token)),
        Err(_) => Ok(signed_in(&demo())),
    }
}

/// Returns a simulator with the demo account, on 2 March 2026.
pub(crate) fn demo() -> Service {
    simulator().demo().build()
}

/// Returns a simulator whose only account asks for a second factor.
pub(crate) fn with_second_factor(user: &str, password: &str, totp_secret: &str) -> Service {
    simulator().account(user, password).mfa(user, totp_secret).build()
}

/// Returns the builder of a client that is signed in to the demo account.
pub(crate) fn signed_in(service: &Service) -> ClientBuilder {
    Client::builder().transport(service.signed_on(DEMO_USER)).clock(clock())
}

/// Returns the builder of a client that is not signed in.
pub(crate) fn signed_out(service: &Service) -> ClientBuilder {
    Client::builder().transport(service.transport()).clock(clock())
}

/// Writes a file that only its owner can read.
pub(crate) fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

/// Returns a CSV file with a header and the given number of tasks: each fifth one is the parent of the next four.
pub(crate) fn csv(rows: usize) -> String {
    let mut csv = "title,parent,priority,due,checklist\n".to_owned();
    for row in 0..rows {
        let parent = if row % 5 == 0 { String::new() } else { format!("Task {}", row - row % 5 + 1) };
        let priority = ["none", "low", "medium", "high"][row % 4];
        let checklist = if row % 10 == 0 { "Read|Answer" } else { "" };
        // Writing to a `String` cannot fail.
        let _ = writeln!(csv, "Task {},{parent},{priority},2026-03-{:02},{checklist}", row + 1, row % 28 + 1);
    }
    csv
}

fn simulator() -> Builder {
    Simulator::builder().clock(clock())
}

fn clock() -> FixedClock {
    FixedClock(ticktick::jiff::civil::date(2026, 3, 2).at(8, 0, 0, 0).in_tz("UTC").expect("a valid date").timestamp())
}
