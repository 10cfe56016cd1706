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
    /// Lists the check-ins of habits from the given day on, or all of them without a day.
    ///
    /// The days are those of the account. Days without a record have no check-in.
    ///
    /// `POST /api/v2/habitCheckins/query`
    ///
    /// Returns [`Error::Unsupported`] if the answer has an unknown shape.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// use jiff::civil::date;
    ///
    /// let habits = client.habit().active().await?;
    /// for check_in in client.habit().check_ins(&habits, date(2026, 1, 1)..).await? {
    ///     println!("{} {} {}", check_in.habit_id, check_in.checkin_stamp, check_in.value);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn check_ins(
        self,
        habits: impl IntoIterator<Item = impl AsId<HabitId>>,
        range: impl RangeBounds<Date>,
    ) -> Result<Vec<HabitCheckin>, Error> {
        let habits = habits.into_iter().map(id::of).collect::<Result<_, _>>()?;
        let (first, last) = (range::first_day(&range)?, range::last_day(&range)?.map(DayStamp::from));
        let mut check_ins = check_ins::query(self.client, habits, first).await?;
        check_ins.retain(|check_in| last.is_none_or(|last| check_in.checkin_stamp <= last));
        Ok(check_ins)
    }

    /// Reads all check-ins of a habit and computes its streaks and rates.
    ///
    /// Uses the account's day and first day of the week, which are read once and cached.
    ///
    /// `POST /api/v2/habitCheckins/query`
    ///
    /// Returns [`Error::Unsupported`] if the habit's rule has an unknown part.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// use jiff::civil::date;
    ///
    /// for habit in client.habit().active().await? {
    ///     let history = client.habit().history(&habit).await?;
    ///     let march = history.completion_rate(date(2026, 3, 1)..=date(2026, 3, 31));
    ///     println!("{}: {} in a row, {march:?} of March", habit.name, history.current_streak());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn history(self, habit: &Habit) -> Result<HabitHistory, Error> {
        let (zone, week_start) = (self.client.time_zone().await?, self.client.week_start().await?);
        let today = self.client.now().to_zoned_datetime(zone.clone()).date();
        let check_ins = self.check_ins([habit], ..).await?;
        HabitHistory::new(habit, &check_ins, &zone, week_start, today)
    }

    /// Lists the notes on check-ins of habits from the given day on, or all of them without a day.
    ///
    /// `POST /api/v2/getHabitRecords`
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let habits = client.habit().list().await?;
    /// for note in client.habit().records(&habits, ..).await? {
    ///     println!("{}", note.content);
    /// }
    /// # Ok(())
    /// # }
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
        let query = after_stamp_exclusive::query(habits, first);
        let records = raw::habit::records(self.client.wire(), &query).await?;
        let records = records.habit_records.into_map().into_values().flatten();
        let in_range =
            |record: &HabitRecord| last.is_none_or(|last| record.stamp.get().is_none_or(|stamp| *stamp <= last));
        Ok(records.filter(in_range).collect())
    }

    /// Returns the settings that control where the app shows habits.
    ///
    /// `GET /api/v2/user/preferences/habit`
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// if client.habit().preferences().await?.enabled == true {
    ///     println!("habits are in use");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn preferences(self) -> Result<HabitPreferences, Error> {
        Ok(raw::habit::preferences(self.client.wire(), "web").await?)
    }

    /// Returns, for every day of this week (`YYYYMMDD`), how many habits were due and how many were done.
    ///
    /// `GET /api/v2/habits/statistics/week/current`
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// for (day, count) in client.habit().week_statistics().await? {
    ///     println!("{day}: {} of {}", count.completed_habit_count, count.total_habit_count);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn week_statistics(self) -> Result<Answer<BTreeMap<String, HabitDayCount>>, Error> {
        Ok(raw::habit::week_statistics(self.client.wire()).await?)
    }

    /// Exports all habits and check-ins as a spreadsheet file.
    ///
    /// The service allows few exports a day, and the client never retries this call.
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
    /// # async fn example(client: ticktick::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// std::fs::write("habits.xlsx", client.habit().export().await?)?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn export(self) -> Result<Vec<u8>, Error> {
        Ok(raw::habit::export(self.client.wire()).await?)
    }
}
