//! Recording a check-in does not update the habit's counters; clients have to do that.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use ticktick_models::{CheckinStatus, Field, Habit, HabitCheckin};

use crate::habit::history::HabitHistory;

/// Returns the habit with counters that match its check-ins, or `None` if they already match.
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
    // The streak of an unknown rule cannot be computed, so it is left unchanged.
    if let Ok(history) = HabitHistory::new(habit, check_ins, zone, week_start, today) {
        counted.current_streak = counter(history.current_streak());
    }
    (counted != *habit).then_some(counted)
}

fn counter(number: usize) -> Field<i64> {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}
