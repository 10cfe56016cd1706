//! Writes that carry no object, and the question whether a failed call may have been applied.

use ticktick_models::BatchAnswer;
use ticktick_raw::{self as raw, Operation, SendKind};

use crate::workaround::batch_item_errors;
use crate::{Client, Error};

/// Sends a write without an object, such as a delete; `is_done` reads whether it was applied.
///
/// If the response is lost, calls `is_done` before the write is sent again.
// These are closures that return futures, because those of `AsyncFn` are not known to be `Send`.
pub(crate) async fn perform<T, S, D>(client: &Client, send: impl Fn() -> S, is_done: impl Fn() -> D) -> Result<T, Error>
where
    S: Future<Output = Result<T, raw::Error>>,
    D: Future<Output = Result<Option<T>, Error>>,
{
    let mut tries = client.tries();
    loop {
        match send().await {
            Err(error) if tries > 1 && is_outcome_unknown(&error) => match is_done().await {
                Ok(Some(answer)) => return Ok(answer),
                Ok(None) => tries -= 1,
                Err(_) => return Err(error.into()),
            },
            answer => return Ok(answer?),
        }
    }
}

/// Checks a response to a delete, which names only what was refused.
pub(crate) fn check_deleted(operation: &Operation, answer: &BatchAnswer) -> Result<(), Error> {
    batch_item_errors::check(operation, answer)
}

/// Returns whether a call may have been applied although it failed.
pub(crate) fn is_outcome_unknown(error: &raw::Error) -> bool {
    match error {
        raw::Error::Send { kind, .. } => *kind != SendKind::Connect,
        raw::Error::Decode { .. } => true,
        // If the service names a time, the write is not sent again before it.
        raw::Error::Api(error) => {
            error.code.is_none() && error.status >= 500 && error.retry_after.is_none_or(|wait| wait.is_zero())
        }
        _ => false,
    }
}
