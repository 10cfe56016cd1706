//! A call that stored nothing answers 200 as well, with maps that do not name the item.

use ticktick_models::{BatchAnswer, Etag};
use ticktick_raw::Operation;

use crate::Error;

/// Returns the etag of an item that was stored.
pub(crate) fn stored(operation: &Operation, answer: &BatchAnswer, id: &str) -> Result<Etag, Error> {
    match answer.id2etag.get(id) {
        Some(etag) => Ok(Etag::from(etag.as_str())),
        None => Err(Error::NotApplied { operation: operation.id, id: id.to_owned() }),
    }
}
