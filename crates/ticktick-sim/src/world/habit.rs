//! The rules of habits.

pub(crate) mod check_in;
mod export;
pub(crate) mod schedule;
mod section;
pub(crate) mod write;
