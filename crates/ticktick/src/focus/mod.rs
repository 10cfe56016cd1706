//! Focus sessions: those of the past, their statistics, saved timers, and the one that runs.

mod draft;
mod live;
mod resource;
mod statistics;
mod timeline;
mod timer;

use std::collections::HashSet;

use jiff::Timestamp;
use ticktick_models::{BatchAnswer, BatchFocusRecords, FocusRecord, Task};
use ticktick_raw::{self as raw, op};

pub use self::draft::{FocusDraft, TimerDraft};
pub use self::live::FocusStart;
use self::resource::{Stored, is_stopwatch};
pub use self::timeline::FocusTimeline;
use crate::manager::manager;
use crate::workaround::{focus_delete_forms, focus_update_needs_etag};
use crate::{Error, write};

manager! {
    /// Works with focus sessions: records, statistics, and the one that runs. From [`Client::focus`](crate::Client::focus).
    FocusManager
}

impl FocusManager<'_> {
    /// Lists the sessions of both kinds that started in a range of time, the newest first.
    ///
    /// Sessions of less than five minutes are not kept by the service.
    ///
    /// `GET /api/v2/pomodoros`, `GET /api/v2/pomodoros/timing`
    ///
    /// # Errors
    ///
    /// [`Error::Build`] if the range ends before it starts.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let (from, to) = ("2026-03-01T00:00:00Z".parse()?, "2026-04-01T00:00:00Z".parse()?);
    /// for session in client.focus().records(from, to).await? {
    ///     println!("{} to {}", session.start_time, session.end_time);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn records(self, from: Timestamp, to: Timestamp) -> Result<Vec<FocusRecord>, Error> {
        if from > to {
            return Err(Error::build(format!("the range from {from} to {to} ends before it starts; swap its ends.")));
        }
        let (from, to) = (from.into(), to.into());
        let mut records = raw::focus::pomodoros(self.client.wire(), &from, &to).await?;
        records.extend(raw::focus::timings(self.client.wire(), &from, &to).await?);
        let mut seen = HashSet::new();
        records.retain(|record| seen.insert(record.id.clone()));
        records.sort_by(|one, other| other.start_time.get().cmp(&one.start_time.get()));
        Ok(records)
    }

    /// Goes through all sessions of both kinds, the newest first, as far as it is asked.
    ///
    /// `GET /api/v2/pomodoros/timeline`, once a page of about 31
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let mut sessions = client.focus().timeline();
    /// let newest = sessions.try_next().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn timeline<'a>(self) -> FocusTimeline<'a>
    where
        Self: 'a,
    {
        FocusTimeline::new(self.client)
    }

    /// Lists the sessions about a task.
    ///
    /// `GET /api/v2/pomodoros/task`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// println!("{} sessions", client.focus().by_task(&task).await?.len());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn by_task(self, task: &Task) -> Result<Vec<FocusRecord>, Error> {
        Ok(raw::focus::by_task(self.client.wire(), &task.project_id, &task.id).await?)
    }

    /// Adds a session of the past and returns it as it is stored.
    ///
    /// It carries an id that we make, so it is safe to repeat where an answer was lost.
    ///
    /// `POST /api/v2/batch/pomodoro`, or `POST /api/v2/batch/pomodoro/timing` for a stopwatch
    ///
    /// # Errors
    ///
    /// [`Error::Build`] if it ends before it starts; [`Error::Batch`] if it is refused.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use ticktick::FocusDraft;
    ///
    /// let (start, end) = ("2026-03-01T09:00:00Z".parse()?, "2026-03-01T10:30:00Z".parse()?);
    /// let session = client.focus().create(FocusDraft::new(start, end).stopwatch()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn create(self, draft: FocusDraft) -> Result<FocusRecord, Error> {
        let record = draft.into_record(&mut self.client.ids())?;
        match is_stopwatch(&record) {
            true => Ok(write::create(self.client, Stored::<true>(record)).await?.0),
            false => Ok(write::create(self.client, Stored::<false>(record)).await?.0),
        }
    }

    /// Stores a session that was read before, whole, and returns it with its new version.
    ///
    /// The service compares its etag, so a session that was changed meanwhile is refused; read it anew then.
    ///
    /// `POST /api/v2/batch/pomodoro`, or `POST /api/v2/batch/pomodoro/timing` for a stopwatch
    ///
    /// # Errors
    ///
    /// [`Error::Build`] if it has no etag; [`Error::Batch`] if it is refused; [`Error::NotApplied`] if it is gone.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, mut session: ticktick::FocusRecord) -> Result<(), ticktick::Error> {
    /// session.note = "went well".into();
    /// let session = client.focus().update(&session).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn update(self, record: &FocusRecord) -> Result<FocusRecord, Error> {
        focus_update_needs_etag::check(record)?;
        match is_stopwatch(record) {
            true => Ok(write::update(self.client, Stored::<true>(record.clone())).await?.0),
            false => Ok(write::update(self.client, Stored::<false>(record.clone())).await?.0),
        }
    }

    /// Deletes a session of the past, and reads whether it is gone, for the answer does not tell.
    ///
    /// What is gone already counts as deleted.
    ///
    /// `POST /api/v2/batch/pomodoro`, then `GET /api/v2/pomodoros`; both with `/timing` for a stopwatch
    ///
    /// # Errors
    ///
    /// [`Error::Batch`] if it is refused; [`Error::NotApplied`] if it is still there.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, session: ticktick::FocusRecord) -> Result<(), ticktick::Error> {
    /// client.focus().delete(&session).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn delete(self, record: &FocusRecord) -> Result<(), Error> {
        let mut batch = BatchFocusRecords::default();
        batch.delete.push(record.id.clone());
        let is_stopwatch = is_stopwatch(record);
        let send = || resource::send(self.client, is_stopwatch, &batch);
        let is_done = || async {
            match resource::find(self.client, record).await {
                Err(Error::NotFound { .. }) => Ok(Some(BatchAnswer::default())),
                found => found.map(|_| None),
            }
        };
        let answer = write::perform(self.client, send, is_done).await?;
        let operation = if is_stopwatch { &op::FOCUS_BATCH_TIMINGS } else { &op::FOCUS_BATCH_POMODOROS };
        write::check_deleted(operation, &answer)?;
        focus_delete_forms::check(operation, resource::find(self.client, record).await)
    }
}
