//! Null and the empty string leave a task pinned; only the string `-1` unpins it.

use ticktick_models::{Task, Timestamp};

/// Unpins a task.
pub(crate) fn unpin(task: &mut Task) {
    if task.is_pinned() {
        task.pinned_time = Timestamp::from("-1").into();
    }
}
