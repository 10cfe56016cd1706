//! A response with status 200 may refuse single items.

use ticktick_models::BatchAnswer;
use ticktick_raw::Operation;

use crate::Error;
use crate::error::ItemFailure;

/// Returns an error for the refused items, if any.
pub(crate) fn check(operation: &Operation, answer: &BatchAnswer) -> Result<(), Error> {
    if answer.id2error.is_empty() {
        return Ok(());
    }
    let failures = answer.id2error.iter().map(|(id, error)| ItemFailure::new(id, error)).collect();
    Err(Error::Batch { operation: operation.id, failures })
}

/// Returns an error for one item if it was refused.
pub(crate) fn check_one(operation: &Operation, answer: &BatchAnswer, id: &str) -> Result<(), Error> {
    match answer.id2error.get(id) {
        None => Ok(()),
        Some(error) => Err(Error::Batch { operation: operation.id, failures: vec![ItemFailure::new(id, error)] }),
    }
}
