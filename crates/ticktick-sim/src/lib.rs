// The example requires the client, so the tests of the workspace run it.
#![cfg_attr(not(doctest), doc = include_str!("../README.md"))]
//!
//! [`Simulator`] is a server on the loopback interface. [`Service`] is the same without sockets, for fast
//! tests. Time, ids and everything else that could differ between two runs are set from outside.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod access;
mod account;
mod accounts;
#[cfg(test)]
mod always_present;
mod attachment;
mod auth;
mod batch;
mod builder;
mod calendar;
mod call;
mod clock;
mod column;
mod comment;
mod control;
mod cors;
mod countdown;
mod data;
mod day;
mod demo;
mod dump;
mod fault;
mod fields;
mod filter;
mod focus;
mod forms;
#[rustfmt::skip]
#[allow(unreachable_pub)]
mod generated;
mod habit;
mod limits;
mod log;
mod maker;
mod near;
mod open;
mod options;
mod project;
mod project_group;
mod readings;
mod recipe;
mod refusal;
mod reply;
mod search;
mod seed;
mod server;
mod service;
mod shape;
mod share;
mod simulator;
mod state;
mod statistics;
mod store;
mod sync;
mod synthetic;
mod tag;
mod task;
mod template;
#[cfg(test)]
mod testing;
mod totp;
mod transport;
mod user;
mod wire;

pub use account::{Plan, UpdateMode};
pub use builder::{Builder, DEMO_PASSWORD, DEMO_USER};
pub use clock::SimClock;
pub use fault::{Fault, Faults, RetryAfter, Rule, Status};
pub use forms::{EventsForm, UnreadForm};
pub use log::Logged;
pub use options::ServeOptions;
pub use readings::Reading;
pub use service::{Collection, Service};
pub use simulator::Simulator;
pub use transport::InProcess;

pub(crate) use call::Call;
pub(crate) use reply::Reply;
