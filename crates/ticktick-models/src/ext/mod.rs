//! What the generated types can do beyond holding data.

mod countdown;
mod focus;
mod key;
mod task;
