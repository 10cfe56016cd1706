//! Methods of the generated types.

mod countdown;
mod filter;
mod focus;
mod inbox;
mod item;
mod key;
mod project;
mod recurrence;
mod tag;
mod task;
mod user;
