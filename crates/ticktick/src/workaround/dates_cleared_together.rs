//! A date that is cleared alone is restored from the other one, so the dates and the repeat rule are cleared together.

use ticktick_models::Task;

use crate::change::Change;

/// Removes the dates of a task and everything relative to them.
pub(crate) fn clear(task: &mut Task) {
    if task.start_date.get().is_some() || task.due_date.get().is_some() {
        task.clear_due();
    }
    clear_rule(task);
}

/// Removes the repeat rule and its first occurrence.
pub(crate) fn clear_rule(task: &mut Task) {
    if task.repeat_flag.as_deref().is_some_and(|rule| !rule.is_empty()) {
        task.repeat_flag.clear();
        Change::Clear.apply(&mut task.repeat_first_date);
    }
}
