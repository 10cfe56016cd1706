//! A success and a refusal may be combined in one body with status 500.

use ticktick_models::{BatchAnswer, Json};
use ticktick_raw as raw;

/// Returns the success if it names everything that was sent, because then all of it was stored.
pub(crate) fn named_half(answer: Result<BatchAnswer, raw::Error>, sent: &[&str]) -> Result<BatchAnswer, raw::Error> {
    answer.or_else(|error| good_half(&error, sent).ok_or(error))
}

fn good_half(error: &raw::Error, sent: &[&str]) -> Option<BatchAnswer> {
    let text = error.as_api()?.partial.as_ref()?;
    let answer: BatchAnswer = text.parse::<Json>().ok()?.decode().ok()?;
    sent.iter().all(|id| answer.id2etag.contains_key(*id)).then_some(answer)
}
