//! The client sets when and by whom a task was closed, and clears both when it reopens a task.

use jiff::Timestamp;
use ticktick_models::{Task, TaskStatus};

use crate::change::Change;

/// Closes a task; `user` is left unchanged if the client does not know the user's id.
pub(crate) fn close(task: &mut Task, status: TaskStatus, now: Timestamp, user: Option<i64>) {
    task.status = status.into();
    task.completed_time = ticktick_models::Timestamp::from(now).into();
    if let Some(user) = user {
        task.completed_user_id = user.into();
    }
}

/// Reopens a task.
pub(crate) fn reopen(task: &mut Task) {
    task.status = TaskStatus::Open.into();
    Change::Clear.apply(&mut task.completed_time);
    Change::Clear.apply(&mut task.completed_user_id);
}
