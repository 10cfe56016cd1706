// The example needs the client, so the tests of the workspace run it.
#![cfg_attr(not(doctest), doc = include_str!("../README.md"))]
//!
//! [`Simulator`] is a server on the loopback interface. [`Service`] is the same without sockets, for fast
//! tests. Time, ids and everything else that could differ between two runs are set from outside.
//
// The modules are layers, from bottom to top, and a lower one never names a higher one. Start with `world`.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod world;

mod made;

mod exchange;
#[rustfmt::skip]
#[allow(unreachable_pub)]
mod generated;

mod api;
mod open;

mod fault;

mod control;

mod server;

pub use control::log::Logged;
pub use exchange::forms::{EventsForm, UnreadForm};
pub use fault::{Fault, Faults, RetryAfter, Rule, Status};
pub use server::builder::{Builder, DEMO_PASSWORD, DEMO_USER};
pub use server::options::ServeOptions;
pub use server::service::{Collection, Service};
pub use server::simulator::Simulator;
pub use server::transport::InProcess;
pub use world::account::UpdateMode;
pub use world::clock::SimClock;
pub use world::limits::Plan;
pub use world::readings::Reading;
