//! Status 200 may hold refusals, item by item.

use ticktick_models::BatchAnswer;
use ticktick_raw::Operation;

use crate::Error;
use crate::error::ItemFailure;

/// Makes an error of the items that were refused.
pub(crate) fn check(operation: &Operation, answer: &BatchAnswer) -> Result<(), Error> {
    if answer.id2error.is_empty() {
        return Ok(());
    }
    let failures = answer.id2error.iter().map(|(id, error)| ItemFailure::new(id, error)).collect();
    Err(Error::Batch { operation: operation.id, failures })
}

/// Makes an error of one item, if it was refused.
pub(crate) fn check_one(operation: &Operation, answer: &BatchAnswer, id: &str) -> Result<(), Error> {
    match answer.id2error.get(id) {
        None => Ok(()),
        Some(error) => Err(Error::Batch { operation: operation.id, failures: vec![ItemFailure::new(id, error)] }),
    }
}
