//! The account as a whole.

use ticktick_models::SyncAnswer;
use ticktick_raw as raw;

use crate::manager::manager;
use crate::{Account, Error};

/// The checkpoint that asks for everything.
const START: i64 = 0;

manager! {
    /// Reads the whole account, or what changed in it. From [`Client::sync`](crate::Client::sync).
    SyncManager
}

impl SyncManager<'_> {
    /// Returns everything that a sync holds.
    ///
    /// `GET /api/v3/batch/check/0`
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
    /// # client.login("me@example.com", &"secret".into()).await?;
    /// let account = client.sync().full().await?;
    /// println!("{} tasks in {} projects", account.tasks().len(), account.projects().len());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn full(self) -> Result<Account, Error> {
        Ok(Account::new(self.delta(START).await?))
    }

    /// Returns what changed since a checkpoint.
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
}
