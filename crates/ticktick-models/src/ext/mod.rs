//! What the generated types can do beyond holding data.

mod key;
mod task;
