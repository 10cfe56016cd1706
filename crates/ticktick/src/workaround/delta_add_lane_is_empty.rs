//! New tasks arrive in the list of changed ones; the list of new ones was never seen filled.

use ticktick_models::{SyncTasks, Task};

/// Takes the tasks out of both lists, because they mean the same.
pub(crate) fn take(lanes: &mut SyncTasks) -> Vec<Task> {
    let mut tasks = std::mem::take(&mut lanes.update).into_vec();
    tasks.extend(std::mem::take(&mut lanes.add));
    tasks
}
