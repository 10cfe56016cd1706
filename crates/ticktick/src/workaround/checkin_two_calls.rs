//! Recording a check-in leaves the habit's counters as they are: they are the work of clients.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use ticktick_models::{CheckinStatus, Field, Habit, HabitCheckin};

use crate::habit::HabitHistory;

/// Returns the habit with counters that fit its check-ins, or nothing if they do already.
pub(crate) fn recount<'c>(
    habit: &Habit,
    check_ins: impl Iterator<Item = &'c HabitCheckin> + Clone,
    zone: &TimeZone,
    week_start: Weekday,
    today: Date,
) -> Option<Habit> {
    let done = |check_in: &&HabitCheckin| check_in.habit_id == habit.id && check_in.status == CheckinStatus::Done;
    let days: BTreeSet<_> = check_ins.clone().filter(done).map(|check_in| check_in.checkin_stamp).collect();
    let mut counted = habit.clone();
    counted.total_check_ins = counter(days.len());
    // A streak by a rule that is not known here cannot be told, so it stays as others left it.
    if let Ok(history) = HabitHistory::new(habit, check_ins, zone, week_start, today) {
        counted.current_streak = counter(history.current_streak());
    }
    (counted != *habit).then_some(counted)
}

fn counter(number: usize) -> Field<i64> {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}
