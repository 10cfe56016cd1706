//! Copies of a task.

use ticktick_models::{AsId, ChecklistItemId, Field, IdSource, List, ReminderId, Task, TaskId, TaskStatus, Timestamp};

use super::TaskManager;
use crate::{Error, id, write};

impl TaskManager<'_> {
    /// Creates a copy of a task, open, in the same project and column, and returns it.
    ///
    /// Task, checklist items and reminders get new ids. The copy is not pinned and has no parent, children, comments,
    /// attachments or focus times; everything else is copied, also what this version does not know. The service puts
    /// it where it puts new tasks.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the task is gone; [`Error::Batch`] if the copy is refused, such as for want of room.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// let copy = client.task().duplicate(&task).await?;
    /// assert_ne!(copy.id, task.id);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn duplicate(self, task: impl AsId<TaskId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let mut task = self.get(task).await?;
        make_new(&mut task, &mut self.client.ids(), self.client.now());
        write::create(self.client, task).await
    }
}

/// Gives a task and its parts ids of their own.
pub(crate) fn give_new_ids(task: &mut Task, ids: &mut IdSource) {
    task.id = TaskId::new_with(ids);
    for item in &mut task.items {
        item.id = ChecklistItemId::new_with(ids);
    }
    for reminder in &mut task.reminders {
        reminder.id = ReminderId::new_with(ids).into();
    }
}

/// Makes another task of one: new ids, and nothing of what happened to the first.
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
