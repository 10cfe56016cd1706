//! Completing, abandoning, reopening and pinning tasks.

use ticktick_models::{AsId, Task, TaskId, TaskStatus, Timestamp};

use super::change::change;
use super::closed::Closed;
use super::{TaskManager, close};
use crate::workaround::{completed_time_by_client, task_unpin_minus_one};
use crate::{Error, id};

impl TaskManager<'_> {
    /// Completes a task and returns it, together with its next due date if it repeats.
    ///
    /// The task is read first, so that changes made elsewhere are not undone. A completed task is not changed.
    ///
    /// If the task repeats, its current occurrence is completed the way the web app does it: the recurring task keeps
    /// its id, moves to the next date and resets its checklist. A completed copy, which is returned, refers to the
    /// recurring task in `repeat_task_id`. [`RepeatFrom`](crate::task::RepeatFrom) determines the next date: by default it is
    /// the first one after today. Completing the last occurrence completes the recurring task itself. Subtasks are not
    /// changed.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`. The first time that a recurring task names no zone,
    /// also `GET /api/v2/user/preferences/settings`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`], and changes nothing, if the next date of a recurring task cannot be computed;
    /// choose the date with [`complete_and_move_to`](Self::complete_and_move_to). Returns [`Error::Unfinished`] if the
    /// service stored only one of the recurring task and its finished copy.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Call Ada".into()).await?;
    /// let closed = client.task().complete(&task).await?;
    /// assert!(closed.is_completed());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn complete(self, task: impl AsId<TaskId>) -> Result<Closed, Error> {
        let task = id::of(task)?;
        close::close(self.client, &task, TaskStatus::Completed).await
    }

    /// Marks a task as won't do and returns it, together with its next due date if it repeats.
    ///
    /// A task with this state is not changed. If the task repeats, its current occurrence is closed, like in
    /// [`complete`](Self::complete).
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`complete`](Self::complete).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Call Ada".into()).await?;
    /// let closed = client.task().wont_do(&task).await?;
    /// assert!(closed.is_wont_do());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn wont_do(self, task: impl AsId<TaskId>) -> Result<Closed, Error> {
        let task = id::of(task)?;
        close::close(self.client, &task, TaskStatus::WontDo).await
    }

    /// Reopens a closed task and returns the updated task. An open task is not changed.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Call Ada".into()).await?;
    /// client.task().complete(&task).await?;
    /// assert!(client.task().reopen(&task).await?.is_open());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn reopen(self, task: impl AsId<TaskId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let reopen = |task: &mut Task| {
            if !task.is_open() {
                completed_time_by_client::reopen(task);
            }
            Ok(())
        };
        change(self.client, &task, reopen).await
    }

    /// Pins a task to the top of its project and returns the updated task. A pinned task is not changed.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Call Ada".into()).await?;
    /// let task = client.task().pin(&task).await?;
    /// assert!(task.is_pinned());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn pin(self, task: impl AsId<TaskId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let now = Timestamp::from(self.client.now());
        let pin = |task: &mut Task| {
            if !task.is_pinned() {
                task.pinned_time = now.into();
            }
            Ok(())
        };
        change(self.client, &task, pin).await
    }

    /// Unpins a task and returns the updated task.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// for task in client.task().list().await?.iter().filter(|task| task.is_pinned()) {
    ///     client.task().unpin(task).await?;
    /// }
    /// assert!(!client.task().list().await?.iter().any(|task| task.is_pinned()));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn unpin(self, task: impl AsId<TaskId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let unpin = |task: &mut Task| {
            task_unpin_minus_one::unpin(task);
            Ok(())
        };
        change(self.client, &task, unpin).await
    }
}
