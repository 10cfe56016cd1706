//! Deleted tasks are objects or plain ids.

use ticktick_models::{DeletedTask, TaskId};

/// Returns the id of a deleted task, or `None` for another shape.
pub(crate) fn id(entry: &DeletedTask) -> Option<&TaskId> {
    match entry {
        DeletedTask::Key(key) => Some(&key.task_id),
        DeletedTask::Id(id) => Some(id),
        _ => None,
    }
}
