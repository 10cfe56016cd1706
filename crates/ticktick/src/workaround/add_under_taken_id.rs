//! A new object that is sent again may be refused or ignored, because a call whose response was lost has stored it.

use ticktick_models::BatchAnswer;

use crate::Client;
use crate::resource::Resource;

/// Reads what a repeated call did not store, and adds what an earlier call has stored to the response.
pub(crate) async fn confirm<R: Resource>(client: &Client, objects: &[R], answer: &mut BatchAnswer) {
    for object in objects {
        let key = object.key().to_string();
        // A single object that is stored under another id was not stored before.
        if answer.id2etag.contains_key(&key) || (objects.len() == 1 && !answer.id2etag.is_empty()) {
            continue;
        }
        if let Ok(stored) = object.read(client).await {
            answer.id2error.remove(&key);
            answer.id2etag.insert(key, stored.etag().map(ToString::to_string).unwrap_or_default());
        }
    }
}
