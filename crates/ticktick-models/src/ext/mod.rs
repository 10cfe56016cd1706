//! What the generated types can do beyond holding data.

mod filter;
mod task;
mod user;
