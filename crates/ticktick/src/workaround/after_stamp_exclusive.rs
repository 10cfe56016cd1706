//! `afterStamp` leaves its own day out, and 0 asks for everything.

use jiff::civil::Date;
use ticktick_models::{CheckinQuery, DayStamp, HabitId};

/// Asks for the check-ins of habits from a day on, that day included, or for all.
pub(crate) fn query(habits: Vec<HabitId>, from: Option<Date>) -> CheckinQuery {
    let mut query = CheckinQuery::default();
    query.habit_ids.extend(habits);
    let before = from.and_then(|day| day.yesterday().ok());
    query.after_stamp = before.map_or(DayStamp(0), DayStamp::from).into();
    query
}
