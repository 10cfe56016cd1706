//! Statistics of the account: score, level, and counts of tasks and focus sessions.
//!
//! All calls start at [`Client::statistics`](crate::Client::statistics) and are read-only. See [`error`](crate::error)
//! for the errors that all calls share.
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! let statistics = client.statistics().general().await?;
//! assert_eq!(statistics.today_completed.unwrap_or_default(), 0);
//! # Ok(())
//! # });
//! ```

use std::ops::RangeBounds;

use jiff::civil::Date;
use ticktick_models::Answer;
use ticktick_raw as raw;

use crate::manager::manager;
use crate::{Error, range};
#[doc(inline)]
pub use ticktick_models::{CompletionTally, GeneralStatistics, PomodoroTally, Ranking, TaskStatistics, UserStatistics};

manager! {
    /// Reads scores and counts. Returned by [`Client::statistics`](crate::Client::statistics).
    StatisticsManager
}

impl StatisticsManager<'_> {
    /// Returns score, level, and the numbers of tasks and focus sessions of recent days, weeks and months.
    ///
    /// The keys of the maps are days (`YYYYMMDD`); a week or month has the key of its first day. Durations are in
    /// minutes.
    ///
    /// `GET /api/v2/statistics/general`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let statistics = client.statistics().general().await?;
    /// assert!(statistics.total_completed > 0);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn general(self) -> Result<GeneralStatistics, Error> {
        Ok(raw::statistics::general(self.client.wire()).await?)
    }

    /// Returns how active the user is compared with all others.
    ///
    /// `GET /api/v3/user/ranking`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let ranking = client.statistics().ranking().await?;
    /// assert!(ranking.ranking.is_some());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn ranking(self) -> Result<Ranking, Error> {
        Ok(raw::statistics::ranking(self.client.wire()).await?)
    }

    /// Counts the completed and open tasks of every day of a range.
    ///
    /// `UNKNOWN_CATEGORY` among the tags counts the tasks without a tag.
    ///
    /// `GET /api/v2/task/statistics/{from}/{to}`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the range ends before it starts or has an open end.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// use jiff::civil::date;
    ///
    /// let days = client.statistics().tasks_by_day(date(2026, 2, 23)..=date(2026, 3, 1)).await?;
    /// assert_eq!(days.len(), 7);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn tasks_by_day(self, range: impl RangeBounds<Date>) -> Result<Answer<Vec<TaskStatistics>>, Error> {
        let (from, to) = range::days(&range)?;
        Ok(raw::statistics::task_statistics(self.client.wire(), &from, &to).await?)
    }

    /// Counts the account's tasks of each kind.
    ///
    /// `GET /api/v2/user/statistics`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let counters = client.statistics().counters().await?;
    /// assert!(counters.overdue_count > 0);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn counters(self) -> Result<UserStatistics, Error> {
        Ok(raw::statistics::user_statistics(self.client.wire()).await?)
    }
}
