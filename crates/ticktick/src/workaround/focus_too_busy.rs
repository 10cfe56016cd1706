//! The focus host is sometimes busy; only calls that change nothing may be retried.

use ticktick_models::{FocusOpAnswer, FocusOpBatch};
use ticktick_raw::{self as raw, Call, Operation, Retry, op};

use crate::Client;

/// The operation with an empty list, which only reads.
static READ: Operation = {
    let mut read = op::FOCUS_OPERATE;
    read.retry = Retry::Safe;
    read.reads = true;
    read
};

/// Reads the live timer; waits and retries if the host is busy.
pub(crate) async fn read(client: &Client, body: &FocusOpBatch) -> Result<FocusOpAnswer, raw::Error> {
    Call::new(&READ).json(body).decode(client.wire()).await
}
