//! The mirror: refreshes, own writes, the journal, undo, and what can go wrong with the file.
#![allow(clippy::unwrap_used)]

mod early;
mod file;
mod folders;
#[path = "../holdings.rs"]
mod holdings;
mod journal;
mod killed;
mod list;
mod long;
mod overview;
mod projects;
mod property;
mod queries;
mod refresh;
mod search;
mod settings;
mod tags;
mod torn;
mod undo;
mod world;
mod writes;
