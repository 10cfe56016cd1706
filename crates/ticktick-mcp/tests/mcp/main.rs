//! The server, driven by the client of `rmcp` in the same process, against the demo account.
#![allow(clippy::unwrap_used, reason = "tests")]

mod budget;
mod foreign;
mod guide;
mod http;
mod mirror_of_others;
mod process;
mod random;
mod resources;
mod safety;
mod scenarios;
mod world;
