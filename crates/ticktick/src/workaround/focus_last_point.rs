//! `lastPoint` 0 asks the live timer for its whole history, which is hundreds of kilobytes.

use ticktick_models::{EpochMillis, FocusOp, FocusOpAnswer, FocusOpBatch};

use crate::Client;

/// Makes the body of a call that asks only for what is new: since the last call, or since now before the first.
pub(crate) fn body(client: &Client, operations: &[FocusOp]) -> FocusOpBatch {
    let point = client.focus_point().unwrap_or_else(|| EpochMillis::from(client.now()));
    let mut body = FocusOpBatch::new(point);
    body.op_list = operations.to_vec().into();
    body
}

/// Keeps how far the history is known now; clones of the client share it.
pub(crate) fn keep(client: &Client, answer: &FocusOpAnswer) {
    if let Some(point) = answer.point.copied() {
        client.remember_focus_point(point);
    }
}
