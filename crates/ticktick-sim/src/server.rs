//! The complete simulator: its builder, the path of a request, the HTTP server and the in-process transport.

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
