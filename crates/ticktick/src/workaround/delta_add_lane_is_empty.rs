//! New tasks come in the lane of changed ones; the lane that is named for them was never seen filled.

use ticktick_models::{SyncTasks, Task};

/// Takes the tasks out of both lanes, for they mean the same.
pub(crate) fn take(lanes: &mut SyncTasks) -> Vec<Task> {
    let mut tasks = std::mem::take(&mut lanes.update).into_vec();
    tasks.extend(std::mem::take(&mut lanes.add));
    tasks
}
