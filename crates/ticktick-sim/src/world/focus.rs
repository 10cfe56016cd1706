//! The rules of focus sessions and timers.

mod live;
pub(crate) mod record;
mod session;
pub(crate) mod timer;
