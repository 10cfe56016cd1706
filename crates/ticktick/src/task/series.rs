//! Recurring tasks: completing or skipping one occurrence.

use jiff::tz::TimeZone;
use ticktick_models::{AsId, Due, Task, TaskId, TaskStatus};

use super::step::Step;
use super::{Closed, TaskManager, send};
use crate::resource::Resource;
use crate::turn::Claim;
use crate::workaround::{completed_time_by_client, series_completion};
use crate::{Client, Error, id, write};

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
        let id = &id::of(task)?;
        let skip = async || self.skip_now(id).await.map(Closed::for_good);
        self.client.once().run(("skip", id.to_string()), skip).await.map(Task::from)
    }

    async fn skip_now(self, id: &TaskId) -> Result<Task, Error> {
        let _turn = self.client.turn(Claim::one::<Task>(id)).await;
        let task = self.open_series(id).await?;
        let zone = zone(self.client, &task).await?;
        match series_completion::next(&task, &zone, self.client.now())? {
            Some(next) => {
                let moved = series_completion::moved_on(&task, &next, &zone)?;
                write::update(self.client, &task, moved).await
            }
            None => Err(unsupported("this is the last occurrence\nhint: complete the task, or delete it")),
        }
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
        let id = &id::of(task)?;
        let complete = async || {
            let _turn = self.client.turn(Claim::one::<Task>(id)).await;
            let (task, moved) = self.moved_by_hand(id, &due).await?;
            let step = finished(self.client, &task, moved, TaskStatus::Completed);
            Ok(Closed { task: send::one(self.client, step).await?, next: Some(due.clone()) })
        };
        self.client.once().run(("complete and move", format!("{id} {due:?}")), complete).await
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
        let id = &id::of(task)?;
        let skip = async || {
            let _turn = self.client.turn(Claim::one::<Task>(id)).await;
            let (task, moved) = self.moved_by_hand(id, &due).await?;
            write::update(self.client, &task, moved).await.map(Closed::for_good)
        };
        self.client.once().run(("skip and move", format!("{id} {due:?}")), skip).await.map(Task::from)
    }

    /// Reads a recurring task and moves it to a date, without sending anything.
    async fn moved_by_hand(self, id: &TaskId, due: &Due) -> Result<(Task, Task), Error> {
        let task = self.open_series(id).await?;
        let zone = zone_for(self.client, due).await?;
        let moved = series_completion::moved_by_hand(&task, due, &zone)?;
        Ok((task, moved))
    }

    /// Reads a recurring task. Rejects a task that is closed or does not repeat.
    async fn open_series(self, task: &TaskId) -> Result<Task, Error> {
        let task = self.get(task).await?;
        if task.is_open() && series_completion::is_series(&task) {
            Ok(task)
        } else {
            Err(unsupported("it does not repeat, or is closed\nhint: complete it, or reopen it first"))
        }
    }
}

fn unsupported(why: &str) -> Error {
    Error::Unsupported { what: "moving this task on to another occurrence", why: why.into() }
}

/// Returns the step that finishes one occurrence, with the next due date, or `None` if the task itself must be closed.
///
/// The task itself is closed if it does not repeat, or if this is its last occurrence.
pub(super) async fn finish(client: &Client, task: &Task, status: TaskStatus) -> Result<Option<(Step, Due)>, Error> {
    if !task.is_open() || !series_completion::is_series(task) {
        return Ok(None);
    }
    let zone = zone(client, task).await?;
    let Some(next) = series_completion::next(task, &zone, client.now())? else { return Ok(None) };
    let moved = series_completion::moved_on(task, &next, &zone)?;
    Ok(Some((finished(client, task, moved, status), next)))
}

/// Builds the step that moves a recurring task on and stores the finished copy of its current occurrence.
fn finished(client: &Client, task: &Task, moved: Task, status: TaskStatus) -> Step {
    let mut copy = series_completion::occurrence(task, &mut client.ids());
    completed_time_by_client::close(&mut copy, status, client.now(), client.known_user_id());
    copy.touch(client.now());
    Step::finish(client, moved, copy)
}

/// Returns the account's zone if the date has none. Otherwise the zone is not needed, and UTC is returned.
async fn zone_for(client: &Client, due: &Due) -> Result<TimeZone, Error> {
    match due.zone() {
        None => client.time_zone().await,
        Some(_) => Ok(TimeZone::UTC),
    }
}

/// Returns the account's zone if the task has none or an unknown one. Otherwise the zone is not needed, and UTC is
/// returned.
async fn zone(client: &Client, task: &Task) -> Result<TimeZone, Error> {
    match task.time_zone.as_deref() {
        Some(text) if !text.is_empty() && task.unknown_zone().is_none() => Ok(TimeZone::UTC),
        _ => client.time_zone().await,
    }
}
