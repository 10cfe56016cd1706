//! Duplicating a task.

use ticktick_models::{AsId, ChecklistItemId, Field, IdSource, List, ReminderId, Task, TaskId, TaskStatus, Timestamp};

use super::TaskManager;
use crate::{Error, id, write};

impl TaskManager<'_> {
    /// Creates an open copy of a task in the same project and column and returns it.
    ///
    /// The task, its checklist items and its reminders get new ids. The copy is not pinned and has no parent, subtasks,
    /// comments, attachments or focus times. Everything else is copied, including fields that this version does not
    /// know. The service chooses its position, as for any new task.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// Returns [`Error::Batch`] if the service refuses the copy, for example because the account has reached its limit.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Report".into()).await?;
    /// let copy = client.task().duplicate(&task).await?;
    /// assert_ne!(copy.id, task.id);
    /// assert_eq!(copy.title, task.title);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn duplicate(self, task: impl AsId<TaskId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let mut task = self.get(task).await?;
        make_new(&mut task, &mut self.client.ids(), self.client.now());
        write::create(self.client, task).await
    }
}

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
fn make_new(task: &mut Task, ids: &mut IdSource, now: jiff::Timestamp) {
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
