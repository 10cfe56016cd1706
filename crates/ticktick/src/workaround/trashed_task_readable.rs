//! A task in the trash can still be read like any other.

use ticktick_models::Task;

use crate::Error;

/// Takes a task in the trash for one that is not found.
pub(crate) fn check(task: Task) -> Result<Task, Error> {
    if task.is_deleted() { Err(Error::not_found("task", &task.id)) } else { Ok(task) }
}
