//! The mirror: refreshes, own writes, the journal, undo, and what can go wrong with the file.
#![allow(clippy::unwrap_used)]

mod file;
mod journal;
mod refresh;
mod world;
mod writes;
