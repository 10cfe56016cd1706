//! Responses that name an object, compared with what is stored if writes are verified.

use ticktick_models::BatchAnswer;

use crate::fields::{kept, lost};
use crate::resource::Resource;
use crate::workaround::batch_empty_maps;
use crate::{Client, Error};

/// Takes the new etag from a response and, if writes are verified, compares what is stored.
pub(super) async fn accept<R: Resource>(
    client: &Client,
    before: Option<&R>,
    mut object: R,
    answer: &BatchAnswer,
) -> Result<R, Error> {
    let etag = batch_empty_maps::stored(&R::BATCH, answer, object.key().as_ref())?;
    object.set_etag(etag);
    if client.verifies_writes() {
        let stored = object.read(client).await?;
        compare(before, &object, &stored)?;
        if before.is_none() {
            // Includes what the service added to a new object; otherwise a later update would seem to omit it.
            return Ok(stored);
        }
    }
    Ok(object)
}

/// Compares what was sent with what is stored, including fields that were stored before and omitted.
pub(crate) fn compare<R: Resource>(before: Option<&R>, sent: &R, stored: &R) -> Result<(), Error> {
    let kept = || kept(before?, sent, stored, R::SERVER);
    match lost(sent, stored, R::SERVER).or_else(kept) {
        None => Ok(()),
        Some(lost) => Err(Error::FieldLost {
            operation: R::BATCH.id,
            id: sent.key().to_string(),
            field: lost.field,
            sent: lost.sent,
            stored: lost.stored,
        }),
    }
}
