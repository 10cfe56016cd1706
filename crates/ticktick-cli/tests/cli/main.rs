//! Tests that run the program as people and scripts do.
//!
//! `SNAPSHOTS=overwrite cargo test -p ticktick-cli` rewrites the goldens. Read the diff afterwards.
#![allow(clippy::unwrap_used)]

mod accounts;
mod add;
mod api;
#[cfg(unix)]
mod asking;
mod check;
mod completion;
mod config;
mod demo;
mod drift;
#[cfg(unix)]
mod edit;
mod exchange;
mod failures;
mod family;
#[cfg(unix)]
mod full_disk;
mod guide;
#[cfg(unix)]
mod guide_cli;
mod harmless;
mod help;
mod mcp;
mod mirror;
mod nouns;
mod offline;
#[cfg(unix)]
mod pager;
mod schemas;
mod second_factor;
mod selecting;
mod serve;
mod sessions;
mod sql;
mod support;
mod tasks;
#[cfg(unix)]
mod terminal;
mod undo;
mod verify;
mod views;
#[cfg(unix)]
mod watch;
