//! Recurring tasks: completing or skipping one occurrence.

use ticktick_models::{AsId, Due, Task, TaskId};

use super::closed::Closed;
use super::{TaskManager, occurrence};
use crate::{Error, id};

impl TaskManager<'_> {
    /// Skips the current occurrence of a recurring task and returns the task, now due at its next date.
    ///
    /// The next date is the one that [`complete`](Self::complete) would choose. The skipped occurrence leaves no
    /// finished copy, unlike with [`complete`](Self::complete) and [`wont_do`](Self::wont_do). Its checklist is reset.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`. The first time that a task names no zone, also `GET
    /// /api/v2/user/preferences/settings`
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
    /// complete one occurrence.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`. The first time that the date names no zone,
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
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`. The first time that the date names no zone,
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
}
