//! Synchronization: reads the whole account once, then only the changes.
//!
//! All calls start at [`Client::sync`](crate::Client::sync). See [`error`](crate::error) for the errors that all calls
//! share.
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! let mut account = client.sync().full().await?;
//! let milk = client.task().create(ticktick::TaskDraft::new("Buy milk")).await?;
//! let changes = client.sync().refresh(&mut account).await?;
//! assert_eq!(changes.tasks.added, [milk.id]);
//! # Ok(())
//! # });
//! ```

use crate::arrival;
use crate::manager::manager;
use crate::workaround::delta_lags_behind_writes;
use crate::{Account, Changes, Error};
#[doc(inline)]
pub use ticktick_models::{
    ColumnChanges, DeletedColumn, DeletedColumnKey, DeletedItem, DeletedTask, DeletedTaskKey, OrderChanges, OrderEntry,
    OrderEntryKind, Orders, OrdersV3, SyncAnswer, SyncTasks, TaskOrders,
};

/// The checkpoint of a full sync.
const START: i64 = 0;

manager! {
    /// Reads the whole account, or what has changed in it. Returned by [`Client::sync`](crate::Client::sync).
    SyncManager
}

impl SyncManager<'_> {
    /// Returns a snapshot of the account and moves the client's [`checkpoint`](Self::checkpoint) to it.
    ///
    /// Views such as [`today`](Account::today) need the account's time zone and first day of the week. The client reads
    /// both each time, because they can change on another device. If the zone is not in the time zone database, the
    /// client uses UTC. Views read the client's clock each time they are called.
    ///
    /// `GET /api/v2/user/preferences/settings`, then `GET /api/v3/batch/check/0`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let account = client.sync().full().await?;
    /// assert_eq!(account.tasks().len(), 40);
    /// assert!(account.today().iter().any(|task| task.title == "Buy groceries"));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn full(self) -> Result<Account, Error> {
        let days = self.client.days_now().await?;
        let answer = self.everything().await?;
        self.set_checkpoint(answer.check_point);
        Ok(Account::with_days(answer, days))
    }

    /// Returns the changes since the given checkpoint. Does not move the client's own checkpoint.
    ///
    /// A null member means that nothing has changed. If a list of projects, folders, tags or filters is present, it is
    /// the complete new list.
    ///
    /// `GET /api/v3/batch/check/{checkpoint}`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let last = client.sync().full().await?.checkpoint();
    /// client.task().create("Call Ada".into()).await?;
    /// let changes = client.sync().delta(last).await?;
    /// assert!(changes.check_point > last);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn delta(self, checkpoint: i64) -> Result<SyncAnswer, Error> {
        let answer = arrival::check(self.client, checkpoint).await?;
        self.client.remember_inbox(answer.inbox_id.get());
        Ok(answer)
    }

    /// Returns the changes since the client's [`checkpoint`](Self::checkpoint) and advances it.
    ///
    /// Without a checkpoint, returns everything. The checkpoint advances only if the call succeeds, if something has
    /// changed, and if no other call has moved it in the meantime. Clones of the client share it. To keep a snapshot up
    /// to date, use [`refresh`](Self::refresh), which uses the snapshot's own checkpoint.
    ///
    /// `GET /api/v3/batch/check/{checkpoint}`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::TaskDraft;
    ///
    /// client.sync().full().await?;
    /// client.task().create(TaskDraft::new("Call Ada")).await?;
    /// let changes = client.sync().changes().await?;
    /// assert_eq!(changes.sync_task_bean.get().map(|tasks| tasks.update.len()), Some(1));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn changes(self) -> Result<SyncAnswer, Error> {
        let since = self.checkpoint();
        let answer = self.delta(since).await?;
        self.client.move_checkpoint(since, delta_lags_behind_writes::next(since, &answer));
        Ok(answer)
    }

    /// Brings a snapshot up to date from its own checkpoint and returns what has changed.
    ///
    /// If the call fails, the snapshot is not changed.
    ///
    /// `GET /api/v3/batch/check/{checkpoint}`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::TaskDraft;
    ///
    /// let mut account = client.sync().full().await?;
    /// let task = client.task().create(TaskDraft::new("Call Ada")).await?;
    /// let changes = client.sync().refresh(&mut account).await?;
    /// assert_eq!(changes.tasks.added, [task.id]);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn refresh(self, account: &mut Account) -> Result<Changes, Error> {
        Ok(account.apply(self.delta(account.checkpoint()).await?))
    }

    /// Returns the checkpoint from which [`changes`](Self::changes) continues; 0 means the start.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// client.sync().full().await?;
    /// let keep = client.sync().checkpoint();
    /// assert!(keep > 0);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn checkpoint(self) -> i64 {
        self.client.checkpoint().unwrap_or(START)
    }

    /// Sets the checkpoint from which [`changes`](Self::changes) continues; 0 means the start.
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

    /// Returns everything without a zone, for calls that need only one of its lists.
    pub(crate) async fn everything(self) -> Result<SyncAnswer, Error> {
        self.delta(START).await
    }
}
