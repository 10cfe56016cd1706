//! Deleted tasks come as objects or as bare ids.

use ticktick_models::{DeletedTask, TaskId};

/// Returns the task that was deleted; what has another shape tells none.
pub(crate) fn id(entry: &DeletedTask) -> Option<&TaskId> {
    match entry {
        DeletedTask::Key(key) => Some(&key.task_id),
        DeletedTask::Id(id) => Some(id),
        _ => None,
    }
}
