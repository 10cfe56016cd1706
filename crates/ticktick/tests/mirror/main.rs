//! The mirror: refreshes, own writes, the journal, undo, and what can go wrong with the file.
#![allow(clippy::unwrap_used)]

mod early;
mod file;
mod journal;
mod list;
mod property;
mod queries;
mod refresh;
mod torn;
mod world;
mod writes;
