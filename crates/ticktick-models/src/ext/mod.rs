//! What the generated types can do beyond holding data.

mod item;
mod key;
mod task;
