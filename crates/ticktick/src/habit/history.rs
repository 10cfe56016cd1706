//! [`HabitHistory`]: streaks and rates, computed from check-ins.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use ticktick_models::{CheckinStatus, Habit, HabitCheckin};

use super::schedule::{Schedule, plus};
use crate::Error;

/// Streaks and completion rates of a habit, computed from its check-ins and schedule.
///
/// Returned by [`HabitManager::history`](crate::habit::HabitManager::history), or built from check-ins that you already
/// have; no method contacts the service. A streak is the number of done days without a missed day between them. A day
/// is missed if the habit was due but not done. If a habit is due several times a week, whole weeks count as missed
/// instead. Periods that are not over do not count as missed: the current week, and today unless it is marked as not
/// done.
///
/// # Examples
///
/// ```
/// use jiff::civil::{Weekday, date};
/// use jiff::tz::TimeZone;
/// use ticktick::habit::HabitHistory;
/// use ticktick::models::{CheckinStatus, Habit, HabitCheckin};
///
/// let mut habit = Habit::new("h");
/// habit.target_start_date.set(20_260_301);
/// let done = [1, 2, 4, 5].map(|day| {
///     let mut check_in = HabitCheckin::new("h", date(2026, 3, day));
///     check_in.status.set(CheckinStatus::Done);
///     check_in
/// });
/// let history = HabitHistory::new(&habit, &done, &TimeZone::UTC, Weekday::Monday, date(2026, 3, 6))?;
/// assert_eq!((history.total(), history.current_streak(), history.longest_streak()), (4, 2, 2));
/// assert_eq!(history.completion_rate(date(2026, 3, 1)..=date(2026, 3, 5)), Some(0.8));
/// # Ok::<(), ticktick::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct HabitHistory {
    schedule: Schedule,
    today: Date,
    done: BTreeSet<Date>,
    undone_today: bool,
}

impl HabitHistory {
    /// Reads the check-ins of a habit; ignores those of others.
    ///
    /// `today` is the current day of the account, `zone` its time zone, and `week_start` the first day of its weeks.
    ///
    /// Returns [`Error::Unsupported`] if the habit's rule has an unknown part.
    pub fn new<'c>(
        habit: &Habit,
        check_ins: impl IntoIterator<Item = &'c HabitCheckin>,
        zone: &TimeZone,
        week_start: Weekday,
        today: Date,
    ) -> Result<Self, Error> {
        let schedule = Schedule::of(habit, zone, week_start, today)?;
        let (mut done, mut undone_today) = (BTreeSet::new(), false);
        for check_in in check_ins.into_iter().filter(|check_in| check_in.habit_id == habit.id) {
            let Some(day) = check_in.checkin_stamp.date() else { continue };
            match check_in.status.get() {
                Some(CheckinStatus::Done) => drop(done.insert(day)),
                Some(CheckinStatus::Undone) if day == today => undone_today = true,
                _ => {}
            }
        }
        Ok(Self { schedule, today, done, undone_today })
    }

    /// Returns the number of done days.
    #[must_use]
    pub fn total(&self) -> usize {
        self.done.len()
    }

    /// Returns the current streak, or 0 if a due day was missed since.
    #[must_use]
    pub fn current_streak(&self) -> usize {
        let Some(last) = self.done.range(..=self.today).next_back() else { return 0 };
        let given_up = self.undone_today && self.is_due_on(self.today) && *last < self.today;
        if given_up || self.is_missed_between(*last, self.today) {
            0
        } else {
            self.streaks().next_back().unwrap_or_default()
        }
    }

    /// Returns the longest streak.
    #[must_use]
    pub fn longest_streak(&self) -> usize {
        self.streaks().max().unwrap_or_default()
    }

    /// Returns the completed share of what was due in a range of days, from 0 to 1, or `None` if nothing was due.
    ///
    /// Days before the start of the habit do not count. Unfinished days count like any others, so end the range
    /// yesterday to exclude today.
    #[must_use]
    pub fn completion_rate(&self, days: RangeInclusive<Date>) -> Option<f64> {
        let (from, to) = (self.schedule.start().max(*days.start()), *days.end());
        if from > to {
            return None;
        }
        let (done, due) = match self.schedule.times_a_week() {
            None => {
                let due: Vec<Date> = days_between(from, to).filter(|day| self.schedule.is_due(*day)).collect();
                (due.iter().filter(|day| self.done.contains(day)).count(), due.len())
            }
            Some(_) => {
                let mut sums = (0, 0);
                for week in self.weeks(from, to) {
                    let (first, last) = (week.max(from), plus(week, 6).min(to));
                    let due = self.due_times(first, last);
                    sums = (sums.0 + self.done.range(first..=last).count().min(due), sums.1 + due);
                }
                sums
            }
        };
        (due > 0).then(|| done as f64 / due as f64)
    }

    /// Returns the lengths of all streaks, oldest first.
    fn streaks(&self) -> std::vec::IntoIter<usize> {
        let mut streaks = Vec::new();
        let mut last = None;
        for day in self.done.range(..=self.today) {
            match streaks.last_mut() {
                Some(length) if last.is_some_and(|last| !self.is_missed_between(last, *day)) => *length += 1,
                _ => streaks.push(1),
            }
            last = Some(*day);
        }
        streaks.into_iter()
    }

    /// Returns whether a due day was missed between two consecutive done days.
    fn is_missed_between(&self, done: Date, next: Date) -> bool {
        match self.schedule.times_a_week() {
            None => days_between(plus(done, 1), plus(next, -1)).any(|day| self.schedule.is_due(day)),
            Some(_) => {
                let this_week = self.schedule.week_of(next);
                self.weeks(done, next).filter(|week| *week < this_week).any(|week| {
                    let last = plus(week, 6);
                    self.done.range(week..=last).count() < self.due_times(week, last)
                })
            }
        }
    }

    fn is_due_on(&self, day: Date) -> bool {
        self.schedule.times_a_week().is_none() && self.schedule.is_due(day)
    }

    /// Returns how often a habit with a weekly count is due within some days of one week.
    fn due_times(&self, first: Date, last: Date) -> usize {
        let allowed = days_between(first, last).filter(|day| self.schedule.is_allowed(*day)).count();
        self.schedule.times_a_week().unwrap_or_default().min(allowed)
    }

    /// Returns the first days of all weeks between two days.
    fn weeks(&self, from: Date, to: Date) -> impl Iterator<Item = Date> {
        // The last representable week has no successor.
        std::iter::successors(Some(self.schedule.week_of(from)), |week| Some(plus(*week, 7)).filter(|next| next > week))
            .take_while(move |week| *week <= to)
    }
}

/// Returns all days between two days, including both.
fn days_between(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(move |day| *day <= to)
}

#[cfg(test)]
mod tests;
