//! There are three ways to delete a focus session, and none is proven: only reading tells whether it is gone.

use ticktick_models::FocusRecord;
use ticktick_raw::Operation;

use crate::Error;

/// Refuses to call a session deleted that can still be read.
pub(crate) fn check(operation: &Operation, found: Result<FocusRecord, Error>) -> Result<(), Error> {
    match found {
        Err(Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error),
        Ok(record) => Err(Error::NotApplied { operation: operation.id, id: record.id.to_string() }),
    }
}
