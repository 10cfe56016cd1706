//! What the generated types can do beyond holding data.

mod filter;
mod key;
mod task;
mod user;
