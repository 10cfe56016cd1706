//! The rules of tasks.

mod assign;
pub(crate) mod place;
mod quota;
mod reading;
mod rules;
mod write;
