//! With `lastPoint` 0, the live timer sends its whole history, which is hundreds of kilobytes.

use ticktick_models::{EpochMillis, FocusOp, FocusOpAnswer, FocusOpBatch};

use crate::Client;

/// Builds a request for only what is new since the last call, or since now before the first call.
pub(crate) fn body(client: &Client, operations: &[FocusOp]) -> FocusOpBatch {
    let point = client.focus_point().unwrap_or_else(|| EpochMillis::from(client.now()));
    let mut body = FocusOpBatch::new(point);
    body.op_list = operations.to_vec().into();
    body
}

/// Caches the last known point of the history; clones of the client share it.
pub(crate) fn keep(client: &Client, answer: &FocusOpAnswer) {
    if let Some(point) = answer.point.copied() {
        client.remember_focus_point(point);
    }
}
