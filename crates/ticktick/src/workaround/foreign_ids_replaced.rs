//! The service may give a new object another id than the client sent, and tells only the new one.

use ticktick_models::{BatchAnswer, TaskId};

/// Returns the id under which a lone new task was stored.
pub(crate) fn stored_id(answer: &BatchAnswer, sent: &TaskId) -> TaskId {
    let mut ids = answer.id2etag.keys();
    match (ids.next(), ids.next()) {
        // One task was sent and one was stored: under whatever id, it is this one.
        (Some(only), None) => TaskId::from(only.as_str()),
        _ => sent.clone(),
    }
}
