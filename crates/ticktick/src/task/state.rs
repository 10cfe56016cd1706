//! Completing, abandoning, skipping, reopening and pinning tasks.

use ticktick_models::{AsId, Due, Task, TaskId, TaskStatus};

use super::change::change;
use super::closed::Closed;
use super::{TaskManager, close, occurrence, pin};
use crate::workaround::task_unpin_minus_one;
use crate::{Error, id};

impl TaskManager<'_> {
    /// Completes a task and returns it, together with its next due date if it repeats.
    ///
    /// The client reads the task first, so that changes made elsewhere are not undone. If the task is already
    /// completed, it is not changed.
    ///
    /// If the task repeats, its current occurrence is completed the way the web app does it: the recurring task keeps
    /// its id, moves to the next date and resets its checklist. The call returns a completed copy, whose
    /// `repeat_task_id` refers to the recurring task. [`RepeatFrom`](crate::task::RepeatFrom) determines the next date:
    /// by default it is the first one after today. Completing the last occurrence completes the recurring task itself.
    /// Subtasks are not changed.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`. The first time that a recurring task has no time
    /// zone, also `GET /api/v2/user/preferences/settings`
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
    /// If the task already has this state, it is not changed. If the task repeats, only its current occurrence is
    /// closed, as in [`complete`](Self::complete).
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

    /// Skips the current occurrence of a recurring task and returns the task, now due at its next date.
    ///
    /// The next date is the one that [`complete`](Self::complete) would choose. The skipped occurrence leaves no
    /// finished copy, unlike with [`complete`](Self::complete) and [`wont_do`](Self::wont_do). Its checklist is reset.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`. The first time that a task has no time zone, also
    /// `GET /api/v2/user/preferences/settings`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] if the task does not repeat or is closed, if this is the last occurrence, or if
    /// the next date cannot be computed. In the last case, choose the date with
    /// [`skip_and_move_to`](Self::skip_and_move_to).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use jiff::civil::date;
    /// use ticktick::{Due, Recurrence, TaskDraft};
    ///
    /// let draft = TaskDraft::new("Water").due(Due::day(date(2026, 3, 1))).repeat(Recurrence::daily().every(2)?);
    /// let task = client.task().create(draft).await?;
    /// let series = client.task().skip(&task).await?;
    /// assert!(series.due(&client.time_zone().await?).unwrap().date() > date(2026, 3, 1));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn skip(self, task: impl AsId<TaskId>) -> Result<Task, Error> {
        occurrence::skip(self.client, &id::of(task)?).await
    }

    /// Completes the current occurrence of a recurring task, moves the task to the given date, and returns the finished
    /// copy.
    ///
    /// Use this for tasks whose next date cannot be computed, for example because they skip holidays or follow the
    /// lunar calendar. A `COUNT` in the rule is reduced by one. Several simultaneous calls for the same task and date
    /// complete only one occurrence.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`. The first time that a date has no time zone, also
    /// `GET /api/v2/user/preferences/settings`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] if the task does not repeat or is closed, [`Error::InvalidInput`] if the date is
    /// invalid, and [`Error::Unfinished`] like [`complete`](Self::complete).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::TaskDraft;
    /// # let rent = TaskDraft::new("Rent").due(Due::day(date(2026, 2, 1))).repeat("RRULE:FREQ=MONTHLY");
    /// # let rent = client.task().create(rent).await?;
    /// use ticktick::{Due, jiff::civil::date};
    ///
    /// let closed = client.task().complete_and_move_to(&rent, Due::day(date(2026, 2, 17))).await?;
    /// assert!(closed.is_completed());
    /// assert_eq!(closed.next.map(|next| next.date()), Some(date(2026, 2, 17)));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn complete_and_move_to(self, task: impl AsId<TaskId>, due: Due) -> Result<Closed, Error> {
        occurrence::complete_and_move_to(self.client, &id::of(task)?, &due).await
    }

    /// Skips the current occurrence of a recurring task, moves the task to the given date, and returns it.
    ///
    /// Use this for tasks whose next date cannot be computed, like
    /// [`complete_and_move_to`](Self::complete_and_move_to).
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`. The first time that a date has no time zone, also
    /// `GET /api/v2/user/preferences/settings`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] if the task does not repeat or is closed, and [`Error::InvalidInput`] if the date
    /// is invalid.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::TaskDraft;
    /// # let rent = TaskDraft::new("Rent").due(Due::day(date(2026, 2, 1))).repeat("RRULE:FREQ=MONTHLY");
    /// # let rent = client.task().create(rent).await?;
    /// use ticktick::{Due, jiff::civil::date};
    ///
    /// let rent = client.task().skip_and_move_to(&rent, Due::day(date(2026, 2, 17))).await?;
    /// let due = rent.due(&client.time_zone().await?);
    /// assert_eq!(due.map(|due| due.date()), Some(date(2026, 2, 17)));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn skip_and_move_to(self, task: impl AsId<TaskId>, due: Due) -> Result<Task, Error> {
        occurrence::skip_and_move_to(self.client, &id::of(task)?, &due).await
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
            close::reopen(task);
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
        let now = self.client.now();
        let pin = |task: &mut Task| {
            pin::pin(task, now);
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
