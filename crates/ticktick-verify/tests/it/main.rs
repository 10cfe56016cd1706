//! Runs against the simulator: reports, verdicts of experiments, and clean-up.
#![allow(clippy::unwrap_used)]

mod evidence;
mod experiments;
mod no_values;
mod readings_page;
mod support;
