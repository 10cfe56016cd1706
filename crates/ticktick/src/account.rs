//! A snapshot of an account: everything that a sync returns, with views by day, project and tag.
//!
//! [`Client::sync`](crate::Client::sync) creates an [`Account`] and applies changes to it. Views read the snapshot and never
//! contact the service.
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! client.task().create(ticktick::TaskDraft::new("Buy milk")).await?;
//! let account = client.sync().full().await?;
//! assert_eq!(account.inbox_tasks().len(), 1);
//! assert_eq!(account.no_date()[0].title(), "Buy milk");
//! # Ok(())
//! # });
//! ```

mod apply;
mod change;
mod days;
mod lists;
mod matching;
mod orders;
mod tasks;
mod view;

use std::fmt;
use std::sync::Arc;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use ticktick_models::{AsId, Clock, SyncAnswer, SystemClock, Task, TaskId};

pub use self::change::{Changed, Changes};
pub(crate) use self::days::Days;
use self::tasks::Tasks;
use crate::workaround::delta_add_lane_is_empty;

/// A snapshot of everything that a full sync returns.
///
/// Does not contain completed, abandoned or deleted tasks, comments, columns, habits or countdowns.
/// [`refresh`](crate::sync::SyncManager::refresh) or [`apply`](Self::apply) bring it up to date.
///
/// # Examples
///
/// ```
/// # ticktick_tests::example(async |client| {
/// let mut account = client.sync().full().await?;
/// assert!(account.today().is_empty());
///
/// client.task().create("Call Ada".into()).await?;
/// let changes = client.sync().refresh(&mut account).await?;
/// assert_eq!(changes.tasks.added.len(), 1);
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
pub struct Account {
    /// Everything except the tasks, kept complete, so that fields without an accessor are not lost.
    rest: SyncAnswer,
    tasks: Tasks,
    days: Days,
}

impl Account {
    /// Creates a snapshot from a complete response (one to checkpoint 0) and the time zone of the account.
    ///
    /// [`full`](crate::sync::SyncManager::full) does both; use this for saved responses.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::tz::TimeZone;
    /// use ticktick::Account;
    /// use ticktick::sync::SyncAnswer;
    ///
    /// let answer: SyncAnswer = serde_json::from_str(r#"{"checkPoint":7,"inboxId":"inbox1"}"#)?;
    /// let account = Account::new(answer, TimeZone::get("Europe/Berlin")?);
    /// assert_eq!(account.checkpoint(), 7);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn new(answer: SyncAnswer, zone: TimeZone) -> Self {
        Self::with_days(answer, Days { clock: Arc::new(SystemClock), zone, week_start: Weekday::Monday })
    }

    pub(crate) fn with_days(mut answer: SyncAnswer, days: Days) -> Self {
        let tasks = answer.sync_task_bean.as_mut().map(delta_add_lane_is_empty::take).unwrap_or_default();
        Self { rest: answer, tasks: Tasks::new(tasks), days }
    }

    /// Sets the clock. Defaults to the system clock.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// use ticktick::date::FixedClock;
    ///
    /// let account = account.clock(FixedClock("2026-03-02T12:00:00Z".parse()?));
    /// assert!(account.today().iter().any(|task| task.title == "Passport"));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.days.clock = Arc::new(clock);
        self
    }

    /// Sets the first day of the week, which filter rules use. Defaults to Monday.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// use ticktick::filter::{FilterDate, FilterRule};
    /// use ticktick::{FilterDraft, jiff::civil::Weekday};
    ///
    /// let this_week = FilterDraft::new("This week", FilterRule::normal().due([FilterDate::ThisWeek]));
    /// let this_week = client.filter().create(this_week).await?;
    /// // The day is the first of March 2026, a Sunday.
    /// let from_monday = account.week_start(Weekday::Monday).matching(&this_week)?.len();
    /// # let account = client.sync().full().await?;
    /// let from_sunday = account.week_start(Weekday::Sunday).matching(&this_week)?.len();
    /// assert!(from_sunday > from_monday);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn week_start(mut self, day: Weekday) -> Self {
        self.days.week_start = day;
        self
    }

    /// Returns the account's time zone.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// assert_eq!(account.zone().iana_name(), Some("Europe/London"));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.days.zone
    }

    /// Returns the current date in the account's zone.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// assert_eq!(account.date().to_string(), "2026-03-01");
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn date(&self) -> Date {
        self.days.today()
    }

    /// Returns the open tasks and notes, in no particular order.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// let notes = account.tasks().iter().filter(|task| task.is_note()).count();
    /// assert_eq!(notes, 3);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn tasks(&self) -> &[Task] {
        self.tasks.list()
    }

    /// Returns the task or note with this id.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// let task = &account.today()[0];
    /// assert_eq!(account.task(&task.id), Some(*task));
    /// assert!(account.task("65f0a1b2c3d4e5f6a7b8c9d0").is_none());
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn task(&self, id: impl AsId<TaskId>) -> Option<&Task> {
        self.tasks.get(&id.as_id())
    }

    /// Returns the first day of the week, as set by [`week_start`](Self::week_start). Defaults to Monday.
    #[must_use]
    pub const fn first_weekday(&self) -> Weekday {
        self.days.week_start
    }

    /// Returns the checkpoint at which the next [`delta`](crate::sync::SyncManager::delta) starts.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let account = client.sync().full().await?;
    /// client.task().create("Call Ada".into()).await?;
    /// let delta = client.sync().delta(account.checkpoint()).await?;
    /// assert!(delta.check_point > account.checkpoint());
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn checkpoint(&self) -> i64 {
        self.rest.check_point
    }

    /// Returns the whole snapshot as a response to checkpoint 0, for example to save it.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// use ticktick::Account;
    /// use ticktick::models::SyncAnswer;
    ///
    /// let (zone, tasks) = (account.zone().clone(), account.tasks().len());
    /// let text = serde_json::to_string(&account.into_answer())?;
    ///
    /// let answer: SyncAnswer = serde_json::from_str(&text)?;
    /// assert_eq!(Account::new(answer, zone).tasks().len(), tasks);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn into_answer(self) -> SyncAnswer {
        let mut answer = self.rest;
        let mut lanes = answer.sync_task_bean.into_option().unwrap_or_default();
        lanes.update = self.tasks.into_vec().into();
        answer.sync_task_bean = lanes.into();
        answer
    }

    /// Returns only the tasks.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// assert_eq!(account.into_tasks().len(), 40);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn into_tasks(self) -> Vec<Task> {
        self.tasks.into_vec()
    }
}

/// Shows the number of objects but not their content, which is private.
impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("checkpoint", &self.checkpoint())
            .field("tasks", &self.tasks().len())
            .field("projects", &self.projects().len())
            .field("groups", &self.folders().len())
            .field("tags", &self.tags().len())
            .field("filters", &self.filters().len())
            .finish_non_exhaustive()
    }
}
