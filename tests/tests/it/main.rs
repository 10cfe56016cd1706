//! What holds between the crates: the contract, its samples, and journeys through all layers.
#![allow(clippy::unwrap_used)]

mod contract;
mod coverage;
mod disputed;
mod journeys;
mod languages;
mod lossless;
mod odd;
mod samples;
mod secrets;
mod simulator;
mod support;
mod workarounds;
