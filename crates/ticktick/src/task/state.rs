//! Open, completed, won't do; pinned or not.

use ticktick_models::{AsId, Task, TaskId, TaskStatus, Timestamp};

use super::{Closed, TaskManager, send, series};
use crate::turn::Claim;
use crate::workaround::{completed_time_by_client, task_unpin_minus_one};
use crate::{Error, id, write};

impl TaskManager<'_> {
    /// Completes a task and returns it, with the date on which it comes back if it repeats.
    ///
    /// The task is read first, so that no change made elsewhere is undone. A completed task stays as it is.
    ///
    /// If the task repeats, its present occurrence is completed as the web app does it: the series keeps its id, moves on
    /// to the next date and starts its checklist over, and a completed copy, which is returned, names the series in
    /// `repeat_task_id`. Which date is next follows its [`RepeatFrom`](crate::task::RepeatFrom): by default the first one after
    /// today. The last occurrence completes the series itself. Subtasks are left as they are.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`. The first time that a series names no zone,
    /// `GET /api/v2/user/preferences/settings`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if it is gone; [`Error::Unsupported`] if the next date of a series cannot be computed, in which
    /// case nothing is changed and [`complete_and_move_to`](Self::complete_and_move_to) takes the date from you;
    /// [`Error::NotApplied`] if the service accepted the call and stored nothing; [`Error::Unfinished`] if it stored only
    /// one of the series and its finished copy.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// for task in client.task().list().await? {
    ///     client.task().complete(&task).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn complete(self, task: impl AsId<TaskId>) -> Result<Closed, Error> {
        let task = id::of(task)?;
        self.close(&task, TaskStatus::Completed).await
    }

    /// Closes a task that won't be done and returns it, with the date on which it comes back if it repeats.
    ///
    /// A task that is closed so already stays as it is. If the task repeats, its present occurrence is closed, as by
    /// [`complete`](Self::complete).
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Those of [`complete`](Self::complete).
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// let closed = client.task().wont_do(&task).await?;
    /// assert!(closed.is_wont_do());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn wont_do(self, task: impl AsId<TaskId>) -> Result<Closed, Error> {
        let task = id::of(task)?;
        self.close(&task, TaskStatus::WontDo).await
    }

    /// Opens a closed task again and returns it as it is now; an open one stays as it is.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if it is gone; [`Error::NotApplied`] if the service took the call and stored nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// client.task().complete(&task).await?;
    /// assert!(client.task().reopen(&task).await?.is_open());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn reopen(self, task: impl AsId<TaskId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let reopen = |task: &mut Task| {
            if !task.is_open() {
                completed_time_by_client::reopen(task);
            }
            Ok(())
        };
        self.change(&task, reopen).await
    }

    /// Pins a task to the top of its project and returns it as it is now; a pinned one stays as it is.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if it is gone; [`Error::NotApplied`] if the service took the call and stored nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// assert!(client.task().pin(&task).await?.is_pinned());
    /// assert!(!client.task().unpin(&task).await?.is_pinned());
    /// # Ok(())
    /// # }
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
        self.change(&task, pin).await
    }

    /// Takes the pin off a task and returns it as it is now.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if it is gone; [`Error::NotApplied`] if the service took the call and stored nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// for task in client.task().list().await?.iter().filter(|task| task.is_pinned()) {
    ///     client.task().unpin(task).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn unpin(self, task: impl AsId<TaskId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let unpin = |task: &mut Task| {
            task_unpin_minus_one::unpin(task);
            Ok(())
        };
        self.change(&task, unpin).await
    }

    async fn close(self, task: &TaskId, status: TaskStatus) -> Result<Closed, Error> {
        let verb = if status == TaskStatus::Completed { "complete" } else { "won't do" };
        // Calls at the same time mean the same occurrence of a series, not one after the other.
        self.client.once().run((verb, task.to_string()), || self.close_now(task, status)).await
    }

    async fn close_now(self, task: &TaskId, status: TaskStatus) -> Result<Closed, Error> {
        let _turn = self.client.turn(Claim::one::<Task>(task)).await;
        let before = self.get(task).await?;
        let is_so = match status {
            TaskStatus::Completed => before.is_completed(),
            _ => before.status == status,
        };
        if is_so {
            return Ok(Closed::for_good(before));
        }
        if let Some((step, next)) = series::finish(self.client, &before, status).await? {
            return Ok(Closed { task: send::one(self.client, step).await?, next: Some(next) });
        }
        let mut task = before.clone();
        completed_time_by_client::close(&mut task, status, self.client.now(), self.client.known_user_id());
        write::update(self.client, &before, task).await.map(Closed::for_good)
    }
}
