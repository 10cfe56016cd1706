//! Synchronization: the whole account at once, then only what changed.
//!
//! All calls start at [`Client::sync`](crate::Client::sync). Calls fail as [`error`](crate::error) describes.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
//! # let me = ticktick::session::Credentials::new("me@example.com", "secret");
//! # let client = ticktick::Client::builder().base_url(sim.base_url()).credentials(me).build()?;
//! let mut account = client.sync().full().await?;
//! let milk = client.task().create(ticktick::TaskDraft::new("Buy milk")).await?;
//! let changes = client.sync().refresh(&mut account).await?;
//! assert_eq!(changes.tasks.added, [milk.id]);
//! # Ok(())
//! # }
//! ```

use ticktick_raw as raw;

use crate::manager::manager;
use crate::workaround::delta_lags_behind_writes;
use crate::{Account, Changes, Error};
#[doc(inline)]
pub use ticktick_models::{
    ColumnChanges, DeletedColumn, DeletedColumnKey, DeletedItem, DeletedTask, DeletedTaskKey, OrderChanges, OrderEntry,
    OrderEntryKind, Orders, OrdersV3, SyncAnswer, SyncTasks, TaskOrders,
};

/// The checkpoint that asks for everything.
const START: i64 = 0;

manager! {
    /// Reads the whole account, or what changed in it. From [`Client::sync`](crate::Client::sync).
    SyncManager
}

impl SyncManager<'_> {
    /// Returns everything that a sync holds, and moves the client's [`checkpoint`](Self::checkpoint) there.
    ///
    /// The account's zone and first day of the week, for views such as [`today`](Account::today), are read each time,
    /// because they can be changed on another device. If the account's zone is not in the time zone database, UTC is
    /// used. Views take the day from the client's clock whenever they are asked for.
    ///
    /// `GET /api/v2/user/preferences/settings`, then `GET /api/v3/batch/check/0`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// # let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
    /// # client.login("me@example.com", "secret").await?.into_session()?;
    /// let account = client.sync().full().await?;
    /// println!("{} tasks in {} projects", account.tasks().len(), account.projects().len());
    /// for task in account.today() {
    ///     println!("{}", task.title);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn full(self) -> Result<Account, Error> {
        let days = self.client.days_now().await?;
        let answer = self.everything().await?;
        self.set_checkpoint(answer.check_point);
        Ok(Account::with_days(answer, days))
    }

    /// Returns what changed since a checkpoint; the client's own does not move.
    ///
    /// A member that is null did not change; a list of projects, folders, tags or filters that is
    /// there is the complete new one.
    ///
    /// `GET /api/v3/batch/check/{checkpoint}`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, last: i64) -> Result<(), ticktick::Error> {
    /// let changes = client.sync().delta(last).await?;
    /// let next = changes.check_point;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn delta(self, checkpoint: i64) -> Result<SyncAnswer, Error> {
        let answer = raw::sync::check(self.client.wire(), checkpoint).await?;
        self.client.remember_inbox(answer.inbox_id.get());
        Ok(answer)
    }

    /// Returns what changed since the client's [`checkpoint`](Self::checkpoint), and moves it on.
    ///
    /// Without one this is everything. It moves only if the call succeeds, if something changed, and if
    /// nobody moved it meanwhile; clones of the client share it. To keep a snapshot up to date, use
    /// [`refresh`](Self::refresh), which needs no such memory.
    ///
    /// `GET /api/v3/batch/check/{checkpoint}`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// # let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
    /// # client.login("me@example.com", "secret").await?.into_session()?;
    /// use ticktick::TaskDraft;
    ///
    /// client.sync().full().await?;
    /// client.task().create(TaskDraft::new("Call Ada")).await?;
    /// let changes = client.sync().changes().await?;
    /// assert_eq!(changes.sync_task_bean.get().map(|tasks| tasks.update.len()), Some(1));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn changes(self) -> Result<SyncAnswer, Error> {
        let since = self.checkpoint();
        let answer = self.delta(since).await?;
        self.client.move_checkpoint(since, delta_lags_behind_writes::next(since, &answer));
        Ok(answer)
    }

    /// Brings a snapshot up to date, from its own checkpoint, and tells what changed.
    ///
    /// If the call fails, the snapshot stays as it is.
    ///
    /// `GET /api/v3/batch/check/{checkpoint}`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// # let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
    /// # client.login("me@example.com", "secret").await?.into_session()?;
    /// use ticktick::TaskDraft;
    ///
    /// let mut account = client.sync().full().await?;
    /// let task = client.task().create(TaskDraft::new("Call Ada")).await?;
    /// let changes = client.sync().refresh(&mut account).await?;
    /// assert_eq!(changes.tasks.added, [task.id]);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn refresh(self, account: &mut Account) -> Result<Changes, Error> {
        Ok(account.apply(self.delta(account.checkpoint()).await?))
    }

    /// Returns from where [`changes`](Self::changes) goes on; 0 stands for the start.
    ///
    /// # Examples
    ///
    /// ```
    /// # fn example(client: ticktick::Client) {
    /// let keep = client.sync().checkpoint();
    /// # }
    /// ```
    #[must_use]
    pub fn checkpoint(self) -> i64 {
        self.client.checkpoint().unwrap_or(START)
    }

    /// Sets from where [`changes`](Self::changes) goes on; 0 stands for the start.
    ///
    /// # Examples
    ///
    /// ```
    /// let client = ticktick::Client::builder().token("0123ABCD").build()?;
    /// client.sync().set_checkpoint(1_772_366_400_000);
    /// assert_eq!(client.clone().sync().checkpoint(), 1_772_366_400_000);
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn set_checkpoint(self, checkpoint: i64) {
        self.client.set_checkpoint(checkpoint);
    }

    /// Returns everything, without a zone for views; for calls that need one list of it.
    pub(crate) async fn everything(self) -> Result<SyncAnswer, Error> {
        self.delta(START).await
    }
}
