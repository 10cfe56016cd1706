//! The service drops the rule of a task without a date in silence.

use ticktick_models::Task;

use crate::Error;

/// Refuses a rule without a date.
pub(crate) fn check(task: &Task) -> Result<(), Error> {
    let has_rule = task.repeat_flag.as_deref().is_some_and(|rule| !rule.trim().is_empty());
    let dates = [&task.start_date, &task.due_date];
    if !has_rule || dates.iter().any(|date| date.get().is_some_and(|date| date.instant().is_some())) {
        return Ok(());
    }
    Err(Error::build("a task that recurs needs a date: set when it is due, or clear its rule"))
}
