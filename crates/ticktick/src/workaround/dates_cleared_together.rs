//! A date that is cleared alone is restored from the other one, and the rule of a series goes with them.

use ticktick_models::Task;

use crate::change::Change;

/// Takes away the dates of a task and what counts from them.
pub(crate) fn clear(task: &mut Task) {
    if task.start_date.get().is_some() || task.due_date.get().is_some() {
        task.clear_due();
    }
    clear_rule(task);
}

/// Ends a series: its rule goes, and the first occurrence that it counted from.
pub(crate) fn clear_rule(task: &mut Task) {
    if task.repeat_flag.as_deref().is_some_and(|rule| !rule.is_empty()) {
        task.repeat_flag.clear();
        Change::Clear.apply(&mut task.repeat_first_date);
    }
}
