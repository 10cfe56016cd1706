//! The server, driven by the client of `rmcp` in the same process, against the demo account.
#![allow(clippy::unwrap_used, reason = "tests")]

mod agent;
mod asking;
mod budget;
mod exact;
mod foreign;
mod guide;
mod hostile;
mod http;
mod journeys;
mod mirror_of_others;
mod process;
mod profile;
mod random;
mod resources;
mod rows;
mod safety;
mod scenarios;
mod sloppy;
mod slow;
mod spans;
mod subscriptions;
mod time;
mod world;
