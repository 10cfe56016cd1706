//! Status 200 may hold refusals, item by item.

use ticktick_models::BatchAnswer;
use ticktick_raw::Operation;

use crate::{Error, ItemFailure};

/// Makes an error of the items that were refused.
pub(crate) fn check(operation: &Operation, answer: &BatchAnswer) -> Result<(), Error> {
    if answer.id2error.is_empty() {
        return Ok(());
    }
    let failures = answer.id2error.iter().map(|(id, error)| ItemFailure::new(id, error)).collect();
    Err(Error::Batch { operation: operation.id, failures })
}
