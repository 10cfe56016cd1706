//! TickTick from the terminal.
#![cfg_attr(test, allow(clippy::unwrap_used))]

fn main() {}
