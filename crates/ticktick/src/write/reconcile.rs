//! Reconciles updates whose responses were lost with what is stored.

use ticktick_models::Etag;

use super::stored::Stored;
use crate::Client;
use crate::fields::lost;
use crate::resource::Resource;

/// The outcome of an update whose response was lost.
pub(crate) enum Outcome {
    /// The update was applied.
    Applied(Etag),
    /// The update was not applied, and no other client changed the object.
    NotApplied,
    /// The outcome is unknown.
    Unknown,
}

/// Determines the outcome of an update whose response was lost.
///
/// If objects that were read together leave the outcome open, the object is read by itself.
pub(crate) async fn reconcile<R: Resource>(client: &Client, sent: &R, stored: &Stored<R>) -> Outcome {
    match stored.get(client, sent).await.map_or(Outcome::Unknown, |found| judge(sent, &found)) {
        Outcome::Unknown if stored.holds(sent) => {
            sent.read(client).await.map_or(Outcome::Unknown, |found| judge(sent, &found))
        }
        outcome => outcome,
    }
}

/// Compares what was sent with what is stored to decide whether the update was applied.
fn judge<R: Resource>(sent: &R, stored: &R) -> Outcome {
    match stored.etag() {
        Some(etag) if lost(sent, stored, R::SERVER).is_none() => Outcome::Applied(etag.clone()),
        // Without an etag it is unknown whether this is the version that was read.
        Some(etag) if Some(etag) == sent.etag() => Outcome::NotApplied,
        _ => Outcome::Unknown,
    }
}
