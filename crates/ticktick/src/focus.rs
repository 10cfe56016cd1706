//! Focus sessions: past records, statistics, saved timers, and the session that is running.
//!
//! All calls start at [`Client::focus`](crate::Client::focus). See [`error`](crate::error) for the errors that all
//! calls share.
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! use ticktick::focus::FocusDraft;
//!
//! let start = "2026-03-02T09:00:00Z".parse()?;
//! let end = "2026-03-02T09:25:00Z".parse()?;
//! let record = client.focus().create(FocusDraft::new(start, end).note("Wrote the report")).await?;
//! assert_eq!(record.note, "Wrote the report");
//! # Ok(())
//! # });
//! ```

// Public methods by topic, and the types that they take and return.
mod draft;
mod live;
mod start;
mod statistics;
mod timeline;
mod timer;

// What the methods call.
mod change;
mod operate;
mod resource;

use std::collections::HashSet;
use std::ops::RangeBounds;

use jiff::Timestamp;
use ticktick_models::{Answer, Task};
use ticktick_raw as raw;

#[cfg(feature = "mirror")]
pub(crate) use self::change::store_new;
pub use self::draft::{FocusDraft, TimerDraft};
pub use self::start::FocusStart;
pub use self::timeline::FocusTimeline;
use crate::manager::manager;
use crate::write::Newer;
use crate::{Error, range};
#[doc(inline)]
pub use ticktick_models::{
    FocusBreak, FocusClockDay, FocusDay, FocusDistribution, FocusId, FocusKind, FocusOnLog, FocusOverview, FocusPause,
    FocusPauseKind, FocusRecord, FocusRecordStatus, FocusRecordTask, FocusState, FocusTask, Timer, TimerId, TimerKind,
    TimerOverview,
};

manager! {
    /// Manages focus sessions: records, statistics and the live timer. Returned by
    /// [`Client::focus`](crate::Client::focus).
    FocusManager
}

impl FocusManager<'_> {
    /// Lists the pomodoros and stopwatch sessions that started in a time range, newest first. An open end means now.
    ///
    /// The service does not keep sessions shorter than five minutes.
    ///
    /// `GET /api/v2/pomodoros`, `GET /api/v2/pomodoros/timing`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the range ends before it starts.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// use ticktick::jiff::Timestamp;
    ///
    /// let march: Timestamp = "2026-03-01T00:00:00Z".parse()?;
    /// let sessions = client.focus().records(march..).await?;
    /// assert!(!sessions.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn records(self, range: impl RangeBounds<Timestamp>) -> Result<Vec<FocusRecord>, Error> {
        let (from, to) = range::times(&range, (Some(Timestamp::UNIX_EPOCH), Some(self.client.now())))?;
        let (from, to) = (from.into(), to.into());
        let mut records = raw::focus::pomodoros(self.client.wire(), &from, &to).await?.into_inner();
        records.extend(raw::focus::timings(self.client.wire(), &from, &to).await?);
        let mut seen = HashSet::new();
        records.retain(|record| seen.insert(record.id.clone()));
        records.sort_by(|one, other| other.start_time.get().cmp(&one.start_time.get()));
        Ok(records)
    }

    /// Returns all pomodoros and stopwatch sessions, newest first, one page at a time.
    ///
    /// `GET /api/v2/pomodoros/timeline`, once for each page of about 31
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let mut sessions = client.focus().timeline();
    /// let mut count = 0;
    /// while sessions.try_next().await?.is_some() {
    ///     count += 1;
    /// }
    /// assert!(count > 31, "more than one page");
    /// # Ok(())
    /// # });
    /// ```
    pub fn timeline<'a>(self) -> FocusTimeline<'a>
    where
        Self: 'a,
    {
        FocusTimeline::new(self.client)
    }

    /// Lists the sessions that belong to a task.
    ///
    /// `GET /api/v2/pomodoros/task`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let tasks = client.task().list().await?;
    /// # let task = tasks.iter().find(|task| task.title == "Write the landing page").expect("part of the demo");
    /// let sessions = client.focus().by_task(task).await?;
    /// assert!(sessions.len() > 1);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn by_task(self, task: &Task) -> Result<Answer<Vec<FocusRecord>>, Error> {
        Ok(raw::focus::by_task(self.client.wire(), &task.project_id, &task.id).await?)
    }

    /// Adds a past session and returns it as stored.
    ///
    /// The client chooses the id, so that a retry after a lost response never stores the session twice. To repeat the
    /// call yourself after an error, first set the draft's [`id`](FocusDraft::id).
    ///
    /// `POST /api/v2/batch/pomodoro`, or `POST /api/v2/batch/pomodoro/timing` for a stopwatch
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the session ends before it starts.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::FocusDraft;
    ///
    /// let (start, end) = ("2026-03-01T09:00:00Z".parse()?, "2026-03-01T10:30:00Z".parse()?);
    /// let session = client.focus().create(FocusDraft::new(start, end).stopwatch()).await?;
    /// assert_eq!(client.focus().records(..).await?[0].id, session.id);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn create(self, draft: FocusDraft) -> Result<FocusRecord, Error> {
        change::create(self.client, draft).await
    }

    /// Replaces the stored focus session with the given one and returns it with its new etag.
    ///
    /// The stored session is read first, so that changes made elsewhere are not overwritten.
    ///
    /// `GET /api/v2/pomodoros`, then `POST /api/v2/batch/pomodoro`; for a stopwatch `GET /api/v2/pomodoros/timing`, then
    /// `POST /api/v2/batch/pomodoro/timing`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Conflict`] with both versions if the stored session has changed since the given one was read,
    /// and [`Error::InvalidInput`] if the given one has no etag or ends before it starts.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::FocusDraft;
    /// # let (start, end) = ("2026-03-01T09:00:00Z".parse()?, "2026-03-01T10:30:00Z".parse()?);
    /// # let mut session = client.focus().create(FocusDraft::new(start, end)).await?;
    /// session.note = "went well".into();
    /// let session = client.focus().update(&session).await?;
    /// assert_eq!(session.note, "went well");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn update(self, record: &FocusRecord) -> Result<FocusRecord, Error> {
        change::replace(self.client, record, Newer::Refuse).await
    }

    /// Replaces the stored focus session with the given one, even if it has changed elsewhere since it was read.
    ///
    /// `GET /api/v2/pomodoros`, then `POST /api/v2/batch/pomodoro`; for a stopwatch `GET /api/v2/pomodoros/timing`, then
    /// `POST /api/v2/batch/pomodoro/timing`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`update`](Self::update) except [`Error::Conflict`].
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::FocusDraft;
    /// # let (start, end) = ("2026-03-01T09:00:00Z".parse()?, "2026-03-01T10:30:00Z".parse()?);
    /// # let mut mine = client.focus().create(FocusDraft::new(start, end)).await?;
    /// # client.focus().update(&mine).await?;
    /// mine.note = "went well".into();
    /// let session = client.focus().overwrite(&mine).await?;
    /// assert_eq!(session.note, "went well");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn overwrite(self, record: &FocusRecord) -> Result<FocusRecord, Error> {
        change::replace(self.client, record, Newer::Overwrite).await
    }

    /// Deletes a past session.
    ///
    /// The client reads the session before and after, because the response does not say whether it was deleted.
    ///
    /// `GET /api/v2/pomodoros`, `POST /api/v2/batch/pomodoro`, then `GET /api/v2/pomodoros`; all with `/timing` for a
    /// stopwatch
    ///
    /// Returns [`Error::NotApplied`] if the session still exists afterwards.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::FocusDraft;
    /// # let (start, end) = ("2026-03-01T09:00:00Z".parse()?, "2026-03-01T10:30:00Z".parse()?);
    /// # let session = client.focus().create(FocusDraft::new(start, end)).await?;
    /// client.focus().delete(&session).await?;
    /// assert!(client.focus().records(..).await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn delete(self, record: &FocusRecord) -> Result<(), Error> {
        change::delete(self.client, record).await
    }
}
