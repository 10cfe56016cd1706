//! The service may store a new object under another id than the client sent, and returns only the new one.

use ticktick_models::BatchAnswer;

/// Returns the key under which a single new object was stored.
pub(crate) fn stored_key<K: AsRef<str> + for<'a> From<&'a str>>(answer: &BatchAnswer, sent: &K) -> K {
    let mut ids = answer.id2etag.keys();
    match (ids.next(), ids.next()) {
        // One object was sent and one was stored, so it is this one, whatever its id.
        (Some(only), None) => K::from(only.as_str()),
        _ => K::from(sent.as_ref()),
    }
}
