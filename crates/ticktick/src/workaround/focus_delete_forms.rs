//! There are three ways to delete a focus session, and none is proven, so the session is read to find out whether it is
//! gone.

use ticktick_models::FocusRecord;
use ticktick_raw::Operation;

use crate::Error;

/// Returns an error if the session can still be read.
pub(crate) fn check(operation: &Operation, found: Result<FocusRecord, Error>) -> Result<(), Error> {
    match found {
        Err(Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error),
        Ok(record) => Err(Error::NotApplied { operation: operation.id, id: record.id.to_string() }),
    }
}
