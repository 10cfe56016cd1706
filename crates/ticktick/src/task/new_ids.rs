//! Turns a task that was read into a new one.

use ticktick_models::{ChecklistItemId, Field, IdSource, List, ReminderId, Task, TaskId, TaskStatus, Timestamp};

/// Gives a task, its checklist items and its reminders new ids.
pub(crate) fn give_new_ids(task: &mut Task, ids: &mut IdSource) {
    task.id = TaskId::new_with(ids);
    for item in &mut task.items {
        item.id = ChecklistItemId::new_with(ids);
    }
    for reminder in &mut task.reminders {
        reminder.id = ReminderId::new_with(ids).into();
    }
}

/// Turns a task into a new one: new ids, and no history.
pub(super) fn make_new(task: &mut Task, ids: &mut IdSource, now: jiff::Timestamp) {
    give_new_ids(task, ids);
    task.status = TaskStatus::Open.into();
    task.created_time = Timestamp::from(now).into();
    task.modified_time = Timestamp::from(now).into();
    task.sort_order = Field::Absent;
    task.completed_time = Field::Absent;
    task.completed_user_id = Field::Absent;
    task.repeat_task_id = Field::Absent;
    task.remind_time = Field::Absent;
    task.pinned_time = Field::Absent;
    task.progress = Field::Absent;
    task.creator = Field::Absent;
    task.etag = Field::Absent;
    task.parent_id = Field::Absent;
    task.child_ids = List::default();
    task.comment_count = Field::Absent;
    task.attachments = List::default();
    task.focus_summaries = List::default();
    task.pomodoro_summaries = List::default();
}
