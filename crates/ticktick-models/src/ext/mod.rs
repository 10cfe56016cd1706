//! What the generated types can do beyond holding data.

mod focus;
mod key;
mod task;
