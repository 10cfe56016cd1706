//! Focus statistics: how long, when and on what.

use std::collections::BTreeMap;
use std::ops::RangeBounds;

use jiff::civil::Date;
use ticktick_models::{Answer, FocusClockDay, FocusDay, FocusDistribution, FocusOverview, Number};
use ticktick_raw as raw;

use super::FocusManager;
use crate::{Error, range};

impl FocusManager<'_> {
    /// Returns the focus totals of today and of all time: sessions and minutes.
    ///
    /// `GET /api/v2/pomodoros/statistics/generalForDesktop`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let overview = client.focus().overview().await?;
    /// assert!(overview.today_pomo_duration > 0);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn overview(self) -> Result<FocusOverview, Error> {
        Ok(raw::focus::statistics_general(self.client.wire()).await?)
    }

    /// Returns the minutes focused on every day of a range.
    ///
    /// `GET /api/v2/pomodoros/statistics/heatmap/{from}/{to}`
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
    /// let days = client.focus().heat_map(date(2026, 3, 1)..=date(2026, 3, 31)).await?;
    /// assert!(days[0].duration > 0);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn heat_map(self, range: impl RangeBounds<Date>) -> Result<Answer<Vec<FocusDay>>, Error> {
        let (from, to) = range::days(&range)?;
        Ok(raw::focus::heatmap(self.client.wire(), &from, &to).await?)
    }

    /// Returns the minutes focused in a range of days, by the names of projects, tags and tasks.
    ///
    /// Sessions without such a name are counted under `UNKNOWN_CATEGORY` or `HABIT_CATEGORY`.
    ///
    /// `GET /api/v2/pomodoros/statistics/dist/{from}/{to}`
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
    /// let march = client.focus().distribution(date(2026, 3, 1)..=date(2026, 3, 31)).await?;
    /// assert!(!march.project_durations.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn distribution(self, range: impl RangeBounds<Date>) -> Result<FocusDistribution, Error> {
        let (from, to) = range::days(&range)?;
        Ok(raw::focus::distribution(self.client.wire(), &from, &to).await?)
    }

    /// Returns the minutes focused in a range of days, by the hour of the day, `0` to `23`.
    ///
    /// `GET /api/v2/pomodoros/statistics/dist/clock/{from}/{to}`
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
    /// let minutes = client.focus().by_hour(date(2026, 2, 1)..=date(2026, 3, 1)).await?;
    /// assert!(minutes.contains_key("9"));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn by_hour(self, range: impl RangeBounds<Date>) -> Result<Answer<BTreeMap<String, Number>>, Error> {
        let (from, to) = range::days(&range)?;
        Ok(raw::focus::distribution_by_clock(self.client.wire(), &from, &to).await?)
    }

    /// Returns the minutes focused on every day of a range, by the hour of the day.
    ///
    /// `GET /api/v2/pomodoros/statistics/dist/clockByDay/{from}/{to}`
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
    /// let days = client.focus().by_day_and_hour(date(2026, 2, 1)..=date(2026, 3, 1)).await?;
    /// assert!(days.iter().any(|day| day.time_durations.contains_key("9")));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn by_day_and_hour(self, range: impl RangeBounds<Date>) -> Result<Answer<Vec<FocusClockDay>>, Error> {
        let (from, to) = range::days(&range)?;
        Ok(raw::focus::distribution_by_clock_day(self.client.wire(), &from, &to).await?)
    }
}
