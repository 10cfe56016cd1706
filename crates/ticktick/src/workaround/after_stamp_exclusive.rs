//! `afterStamp` excludes its own day, and 0 requests everything.

use jiff::civil::Date;
use ticktick_models::{CheckinQuery, DayStamp, HabitId};

/// Builds the query for the check-ins of habits from a day on (inclusive), or for all of them.
pub(crate) fn query(habits: Vec<HabitId>, from: Option<Date>) -> CheckinQuery {
    let mut query = CheckinQuery::default();
    query.habit_ids.extend(habits);
    let before = from.and_then(|day| day.yesterday().ok());
    query.after_stamp = before.map_or(DayStamp(0), DayStamp::from).into();
    query
}
