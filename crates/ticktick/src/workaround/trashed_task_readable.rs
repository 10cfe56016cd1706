//! A task in the trash can still be read like any other.

use ticktick_models::Task;

use crate::Error;

/// Returns [`Error::NotFound`] for a task in the trash.
pub(crate) fn check(task: Task) -> Result<Task, Error> {
    if task.is_deleted() { Err(Error::not_found("task", &task.id)) } else { Ok(task) }
}
