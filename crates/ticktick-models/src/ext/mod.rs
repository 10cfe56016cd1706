//! What the generated types can do beyond holding data.

mod filter;
mod item;
mod key;
mod recurrence;
mod task;
mod user;
