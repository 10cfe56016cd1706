//! A snapshot of an account: everything that a sync returns, with views by day, project and tag.
//!
//! [`Client::sync`](crate::Client::sync) creates an [`Account`] and applies changes to it. Views read the snapshot and never
//! contact the service.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
//! # let me = ticktick::session::Credentials::new("me@example.com", "secret");
//! # let client = ticktick::Client::builder().base_url(sim.base_url()).credentials(me).build()?;
//! client.task().create(ticktick::TaskDraft::new("Buy milk")).await?;
//! let account = client.sync().full().await?;
//! assert_eq!(account.inbox_tasks().len(), 1);
//! assert_eq!(account.no_date()[0].title(), "Buy milk");
//! # Ok(())
//! # }
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
/// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
/// let mut account = client.sync().full().await?;
/// for task in account.today() {
///     println!("{}", task.title);
/// }
/// let changes = client.sync().refresh(&mut account).await?;
/// println!("{} new tasks", changes.tasks.added.len());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Account {
    /// Everything except the tasks, kept whole, so that fields without an accessor are not lost.
    rest: SyncAnswer,
    tasks: Tasks,
    days: Days,
}

impl Account {
    /// Creates a snapshot from a complete answer (one to checkpoint 0) and the time zone of the account.
    ///
    /// [`full`](crate::sync::SyncManager::full) does both; use this for saved answers.
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
    /// # fn example(account: ticktick::Account) -> Result<(), jiff::Error> {
    /// use ticktick::date::FixedClock;
    ///
    /// let account = account.clock(FixedClock("2026-03-01T12:00:00Z".parse()?));
    /// println!("{} tasks on that day", account.today().len());
    /// # Ok(())
    /// # }
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
    /// # fn example(account: ticktick::Account) {
    /// let account = account.week_start(jiff::civil::Weekday::Sunday);
    /// # }
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
    /// # fn example(account: ticktick::Account) {
    /// let zone = account.zone().iana_name();
    /// # }
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
    /// # fn example(account: ticktick::Account) {
    /// println!("{}: {} tasks", account.date(), account.today().len());
    /// # }
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
    /// # fn example(account: ticktick::Account) {
    /// let notes = account.tasks().iter().filter(|task| task.is_note()).count();
    /// # }
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
    /// # fn example(account: ticktick::Account, id: ticktick::TaskId) {
    /// let is_open = account.task(&id).is_some();
    /// # }
    /// ```
    #[must_use]
    pub fn task(&self, id: impl AsId<TaskId>) -> Option<&Task> {
        self.tasks.get(&id.as_id())
    }

    /// Returns the checkpoint at which the next [`delta`](crate::sync::SyncManager::delta) starts.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, account: ticktick::Account) -> Result<(), ticktick::Error> {
    /// let delta = client.sync().delta(account.checkpoint()).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn checkpoint(&self) -> i64 {
        self.rest.check_point
    }

    /// Returns the whole snapshot as an answer to checkpoint 0, for example to save it.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn example(account: ticktick::Account) -> Result<(), serde_json::Error> {
    /// let text = serde_json::to_string(&account.into_answer())?;
    /// # Ok(())
    /// # }
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
    /// # fn example(account: ticktick::Account) {
    /// let tasks = account.into_tasks();
    /// # }
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
