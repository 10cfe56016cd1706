//! Pins tasks.

use jiff::Timestamp;
use ticktick_models::Task;

/// Pins a task, unless it is pinned.
pub(super) fn pin(task: &mut Task, now: Timestamp) {
    if !task.is_pinned() {
        task.pinned_time = ticktick_models::Timestamp::from(now).into();
    }
}
