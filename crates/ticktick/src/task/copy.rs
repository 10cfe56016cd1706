//! Duplicating a task.

use ticktick_models::{AsId, Task, TaskId};

use super::{TaskManager, new_ids};
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
        new_ids::make_new(&mut task, &mut self.client.ids(), self.client.now());
        write::create(self.client, task).await
    }
}
