//! Check-ins, notes, statistics and preferences of habits.

use std::collections::BTreeMap;
use std::ops::RangeBounds;

use jiff::civil::Date;
use ticktick_models::{
    Answer, AsId, DayStamp, Habit, HabitCheckin, HabitDayCount, HabitId, HabitPreferences, HabitRecord,
};
use ticktick_raw as raw;

use super::history::HabitHistory;
use super::{HabitManager, check_ins};
use crate::workaround::after_stamp_exclusive;
use crate::{Error, id, range};

impl HabitManager<'_> {
    /// Lists the check-ins of habits from the given day on, or all of them if no day is given.
    ///
    /// The days are those of the account. Days without a record have no check-in.
    ///
    /// `POST /api/v2/habitCheckins/query`; then `GET /api/v2/habits` if the response is empty
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotFound`] if there are no check-ins and one of the habits does not exist, and
    /// [`Error::Unsupported`] if the response has an unknown shape.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// use jiff::civil::date;
    ///
    /// let habits = client.habit().active().await?;
    /// let check_ins = client.habit().check_ins(&habits, date(2026, 2, 1)..).await?;
    /// assert!(check_ins.iter().any(|check_in| check_in.checkin_stamp.date() == Some(date(2026, 3, 1))));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn check_ins(
        self,
        habits: impl IntoIterator<Item = impl AsId<HabitId>>,
        range: impl RangeBounds<Date>,
    ) -> Result<Vec<HabitCheckin>, Error> {
        let habits = habits.into_iter().map(id::of).collect::<Result<Vec<_>, _>>()?;
        let (first, last) = (range::first_day(&range)?, range::last_day(&range)?.map(DayStamp::from));
        let mut check_ins = check_ins::query(self.client, habits.clone(), first).await?;
        check_ins::check_empty(self.client, &habits, &check_ins).await?;
        check_ins.retain(|check_in| last.is_none_or(|last| check_in.checkin_stamp <= last));
        Ok(check_ins)
    }

    /// Reads all check-ins of a habit and computes its streaks and rates.
    ///
    /// Uses the account's day and first day of the week, which are read once and cached.
    ///
    /// `POST /api/v2/habitCheckins/query`
    ///
    /// Returns [`Error::Unsupported`] if this version does not understand a part of the habit's rule.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// use jiff::civil::date;
    ///
    /// let habits = client.habit().active().await?;
    /// let history = client.habit().history(&habits[1]).await?;
    /// assert_eq!(history.current_streak(), 3);
    /// assert!(history.completion_rate(date(2026, 2, 1)..=date(2026, 2, 28)).is_some_and(|rate| rate > 0.7));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn history(self, habit: &Habit) -> Result<HabitHistory, Error> {
        let (zone, week_start) = (self.client.time_zone().await?, self.client.week_start().await?);
        let today = self.client.now().to_zoned_datetime(zone.clone()).date();
        let check_ins = check_ins::query(self.client, vec![id::of(habit)?], None).await?;
        HabitHistory::new(habit, &check_ins, &zone, week_start, today)
    }

    /// Lists the notes on check-ins of habits from the given day on, or all of them if no day is given.
    ///
    /// `POST /api/v2/getHabitRecords`; then `GET /api/v2/habits` if the response is empty
    ///
    /// Returns [`Error::NotFound`] if there are no notes and one of the habits does not exist.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let habits = client.habit().list().await?;
    /// let notes = client.habit().records(&habits, ..).await?;
    /// assert_eq!(notes[0].content, "Two chapters.");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn records(
        self,
        habits: impl IntoIterator<Item = impl AsId<HabitId>>,
        range: impl RangeBounds<Date>,
    ) -> Result<Vec<HabitRecord>, Error> {
        let habits = habits.into_iter().map(id::of).collect::<Result<Vec<HabitId>, _>>()?;
        if habits.is_empty() {
            return Ok(Vec::new());
        }
        let (first, last) = (range::first_day(&range)?, range::last_day(&range)?.map(DayStamp::from));
        let query = after_stamp_exclusive::query(habits.clone(), first);
        let records = raw::habit::records(self.client.wire(), &query).await?;
        let mut records: Vec<HabitRecord> = records.habit_records.into_map().into_values().flatten().collect();
        check_ins::check_empty(self.client, &habits, &records).await?;
        records.retain(|record| last.is_none_or(|last| record.stamp.get().is_none_or(|stamp| *stamp <= last)));
        Ok(records)
    }

    /// Returns the settings that control where the app shows habits.
    ///
    /// `GET /api/v2/user/preferences/habit`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let preferences = client.habit().preferences().await?;
    /// assert_eq!(preferences.enabled, true);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn preferences(self) -> Result<HabitPreferences, Error> {
        Ok(raw::habit::preferences(self.client.wire(), "web").await?)
    }

    /// Returns how many habits were due and done on each day of this week, by day (`YYYYMMDD`).
    ///
    /// `GET /api/v2/habits/statistics/week/current`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let days = client.habit().week_statistics().await?;
    /// assert!(days.values().any(|day| day.completed_habit_count > 0));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn week_statistics(self) -> Result<Answer<BTreeMap<String, HabitDayCount>>, Error> {
        Ok(raw::habit::week_statistics(self.client.wire()).await?)
    }

    /// Exports all habits and check-ins as a spreadsheet file.
    ///
    /// The service allows only a few exports a day, and the client never retries this call.
    ///
    /// `GET /api/v2/data/export/habits`
    ///
    /// # Errors
    ///
    /// Returns an error with [`Error::is_rate_limited`] if there were too many exports; try again the next day.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let table = client.habit().export().await?;
    /// assert!(!table.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn export(self) -> Result<Vec<u8>, Error> {
        Ok(raw::habit::export(self.client.wire()).await?)
    }
}
