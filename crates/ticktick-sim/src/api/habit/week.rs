//! The numbers of due and completed habits of the current week.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::world::account::Account;
use crate::world::day::{key, plus, stamp, week_of};
use crate::world::fields::Fields;
use crate::world::habit::schedule::Schedule;

/// Counts by day, as text `YYYYMMDD`.
pub(super) fn statistics(account: &Account, now: Timestamp) -> Map<String, Value> {
    let start = account.week_start();
    let monday = week_of(account.today(now), start);
    let week: Vec<Date> = (0..7).map(|days| plus(monday, days)).collect();
    let mut counts = vec![(0, 0); week.len()];
    let zone = account.tz();
    for row in account.habit.habits.live() {
        let habit = row.object();
        if habit.int("status") != Some(0) {
            continue;
        }
        let schedule = Schedule::of(&habit, &zone, start);
        let days: Vec<i64> = account
            .habit
            .check_ins
            .live()
            .filter(|check_in| check_in.head.done && check_in.head.habit == row.id)
            .map(|check_in| check_in.head.stamp)
            .collect();
        let mut done_before = 0;
        for (day, (due, done)) in week.iter().zip(&mut counts) {
            let is_done = days.contains(&stamp(*day));
            // A completed habit counts even if it was not due.
            *due += i64::from(is_done || schedule.is_due(*day, done_before));
            *done += i64::from(is_done);
            done_before += usize::from(is_done);
        }
    }
    let count = |(due, done): (i64, i64)| json!({ "totalHabitCount": due, "completedHabitCount": done });
    week.into_iter().map(key).zip(counts.into_iter().map(count)).collect()
}
