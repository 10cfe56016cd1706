//! An update of a focus session needs its etag, unlike an update of a task.

use ticktick_models::FocusRecord;

use crate::Error;

/// Rejects a session that was not read from the service.
pub(crate) fn check(record: &FocusRecord) -> Result<(), Error> {
    match record.etag.get() {
        Some(etag) if !etag.as_str().is_empty() => Ok(()),
        _ => Err(Error::invalid_input(format!(
            "session {} has no etag, which an update needs\nhint: read the session first",
            record.id
        ))),
    }
}
