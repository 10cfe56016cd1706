//! Tests of the formats.
#![allow(clippy::unwrap_used)]

mod account;
mod awkward;
mod capped;
mod facts;
mod foreign;
mod ics;
mod properties;
mod samples;

use ticktick_formats::{Context, Format, Plan, read};

/// Reads text as a format, in a zone that is not UTC.
fn plan(format: Format, text: &str) -> Plan {
    read(format, text.as_bytes(), "file", &context()).unwrap()
}

fn context() -> Context {
    Context::new("2026-11-26T10:00[Europe/Berlin]".parse().unwrap())
}
