//! The transport against a server on this machine, and against wires that are none.
#![allow(clippy::unwrap_used, missing_docs)]

mod headers;
mod reading;
mod repeats;
mod secrets;
mod sessions;
mod support;
mod uploads;
mod wire;
