//! The service silently drops the repeat rule of a task without a date.

use ticktick_models::Task;

use crate::Error;

/// Rejects a rule without a date.
pub(crate) fn check(rule: Option<&str>, has_date: bool) -> Result<(), Error> {
    match rule {
        Some(rule) if !has_date && !rule.trim().is_empty() => {
            Err(Error::invalid_input("a repeating task needs a date: set a due date, or clear the repeat rule"))
        }
        _ => Ok(()),
    }
}

/// Rejects a task that has a rule but no date.
pub(crate) fn check_task(task: &Task) -> Result<(), Error> {
    let dates = [&task.start_date, &task.due_date];
    let has_date = dates.iter().any(|date| date.get().is_some_and(|date| date.instant().is_some()));
    check(task.repeat_flag.as_deref(), has_date)
}
