//! Finishing one occurrence of a series is the client's work, and needs the date of the next one.

use ticktick_models::Task;

use crate::Error;

/// Refuses what would end a series while one occurrence is meant.
pub(crate) fn refuse(what: &'static str, task: &Task) -> Result<(), Error> {
    let rule = task.repeat_flag.as_deref().unwrap_or_default().trim();
    if rule.is_empty() {
        return Ok(());
    }
    Err(Error::Unsupported {
        what,
        why: "It would end the whole series, because the next date is the client's to compute, \
              which this version does not do yet. Complete it in the app."
            .into(),
    })
}
