//! Runs against the simulator: what a report says, what experiments find, and what they leave.
#![allow(clippy::unwrap_used)]

mod evidence;
mod experiments;
mod no_values;
mod readings_page;
mod support;
