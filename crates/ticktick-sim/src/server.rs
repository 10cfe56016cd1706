//! The simulator as a whole: its builder, the way of a request through it, and its two transports.

#[cfg(test)]
mod always_present;
pub(crate) mod builder;
mod cors;
mod http;
pub(crate) mod options;
mod serve;
pub(crate) mod service;
pub(crate) mod simulator;
#[cfg(test)]
pub(crate) mod testing;
pub(crate) mod transport;
