//! An update of a focus session needs its etag, unlike that of a task.

use ticktick_models::FocusRecord;

use crate::Error;

/// Refuses a session that was made by hand, not read.
pub(crate) fn check(record: &FocusRecord) -> Result<(), Error> {
    match record.etag.get() {
        Some(etag) if !etag.as_str().is_empty() => Ok(()),
        _ => Err(Error::invalid_input(format!(
            "session {} has no etag, and is refused without; read it first.",
            record.id
        ))),
    }
}
