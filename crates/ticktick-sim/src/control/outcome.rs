//! The outcome of a control request.

use std::fmt::Display;

use crate::exchange::reply::Reply;
use crate::generated::control::Done;

/// The outcome of a control request: a response, or a status and a message.
pub(super) type Outcome = Result<Reply, (u16, String)>;

pub(super) fn bad(error: impl Display) -> (u16, String) {
    (400, error.to_string())
}

pub(super) fn done() -> Reply {
    Reply::json(&Done { ok: true })
}
