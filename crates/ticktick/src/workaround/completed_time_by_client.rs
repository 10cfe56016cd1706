//! When and by whom a task was closed comes from the client, and so does that it is open again.

use jiff::Timestamp;
use ticktick_models::{Task, TaskStatus};

use crate::change::Change;

/// Closes a task; `user` is left as it is where nobody knows who we are.
pub(crate) fn close(task: &mut Task, status: TaskStatus, now: Timestamp, user: Option<i64>) {
    task.status = status.into();
    task.completed_time = ticktick_models::Timestamp::from(now).into();
    if let Some(user) = user {
        task.completed_user_id = user.into();
    }
}

/// Opens a task again.
pub(crate) fn reopen(task: &mut Task) {
    task.status = TaskStatus::Open.into();
    Change::Clear.apply(&mut task.completed_time);
    Change::Clear.apply(&mut task.completed_user_id);
}
