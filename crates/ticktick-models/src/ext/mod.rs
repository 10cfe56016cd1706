//! What the generated types can do beyond holding data.

mod recurrence;
mod task;
