//! What the generated types can do beyond holding data.

mod task;
