//! [`HabitHistory`]: streaks and rates, computed from check-ins.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use ticktick_models::{CheckinStatus, Habit, HabitCheckin};

use super::schedule::{Schedule, plus};
use crate::Error;

/// What the check-ins of a habit say, by its schedule: streaks and rates.
///
/// From [`HabitManager::history`](crate::habit::HabitManager::history), or made of check-ins at hand; nothing here asks the
/// service. A streak is the number of days done without a miss between them. A day is missed if the habit was due on
/// it, and one that is due some times a week is missed by whole weeks. What is not over yet is no miss: today, unless it
/// is marked as not done, and this week.
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
    /// Reads the check-ins of a habit; those of others are passed over.
    ///
    /// `today` is the account's day, `zone` its zone, and `week_start` the first day of its weeks.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] if the habit's rule has a part that is not known here.
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

    /// Returns the number of days done.
    #[must_use]
    pub fn total(&self) -> usize {
        self.done.len()
    }

    /// Returns the streak that still holds; 0 if a due day was missed since.
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

    /// Returns the longest streak ever.
    #[must_use]
    pub fn longest_streak(&self) -> usize {
        self.streaks().max().unwrap_or_default()
    }

    /// Returns the share of what was due in a range of days that was done, from 0 to 1; nothing if nothing was due.
    ///
    /// Days before the habit began do not count. Days that are not over count like any others, so end the range
    /// yesterday to leave today out.
    #[must_use]
    pub fn completion_rate(&self, days: RangeInclusive<Date>) -> Option<f64> {
        let (from, to) = (self.schedule.start().max(*days.start()), *days.end());
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

    /// Returns the lengths of all streaks, the oldest first.
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

    /// Tells whether something due was missed after one day and before another, with nothing done between.
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

    /// Returns how often a habit with so many times a week is due within days of one week.
    fn due_times(&self, first: Date, last: Date) -> usize {
        let allowed = days_between(first, last).filter(|day| self.schedule.is_allowed(*day)).count();
        self.schedule.times_a_week().unwrap_or_default().min(allowed)
    }

    /// Returns the first days of the weeks from that of one day to that of another.
    fn weeks(&self, from: Date, to: Date) -> impl Iterator<Item = Date> {
        // The last week that there is has none after it.
        std::iter::successors(Some(self.schedule.week_of(from)), |week| Some(plus(*week, 7)).filter(|next| next > week))
            .take_while(move |week| *week <= to)
    }
}

/// Returns the days from one to another, both included.
fn days_between(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(move |day| *day <= to)
}

#[cfg(test)]
mod tests;
