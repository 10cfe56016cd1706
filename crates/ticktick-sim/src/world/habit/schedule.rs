//! The days on which a habit is due.
//!
//! Tests compare the client with this schedule, so they share no code: tests would not notice a mistake in
//! both.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use ticktick_models::{DayStamp, Object};

use crate::world::day::{day_of, days_between, key, week_of};
use crate::world::fields::Fields;

/// The schedule of a habit, read from its rule.
pub(crate) struct Schedule {
    frequency: String,
    interval: i64,
    weekdays: Vec<Weekday>,
    month_days: Vec<i64>,
    /// Number of times per week, on any days.
    times: Option<usize>,
    start: Option<Date>,
    left_out: Vec<String>,
    week_start: Weekday,
}

impl Schedule {
    pub(crate) fn of(habit: &Object, zone: &TimeZone, week_start: Weekday) -> Self {
        let rule = habit.text("repeatRule").unwrap_or_default().to_uppercase();
        let rule = rule.trim_start_matches("RRULE:").to_owned();
        let part = |name: &str| {
            rule.split(';')
                .filter_map(|part| part.split_once('='))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value)
        };
        let list = |name| part(name).unwrap_or_default().split(',');
        let target = habit.int("targetStartDate").and_then(|stamp| DayStamp(stamp).date());
        Self {
            frequency: part("FREQ").unwrap_or_default().to_owned(),
            interval: part("INTERVAL").and_then(|text| text.parse().ok()).unwrap_or(1).max(1),
            weekdays: list("BYDAY").filter_map(weekday).collect(),
            month_days: list("BYMONTHDAY").filter_map(|day| day.parse().ok()).collect(),
            times: part("TT_TIMES").and_then(|text| text.parse().ok()),
            start: target.or_else(|| habit.instant("createdTime").map(|made| day_of(made, zone))),
            left_out: habit.texts("exDates"),
            week_start,
        }
    }

    /// Returns `true` if the habit is due on a day, given how often it was done earlier in the same week.
    pub(crate) fn is_due(&self, day: Date, done_this_week: usize) -> bool {
        let start = self.start.unwrap_or(day);
        if day < start || self.left_out.contains(&key(day)) {
            return false;
        }
        if let Some(times) = self.times {
            return done_this_week < times;
        }
        match self.frequency.as_str() {
            "WEEKLY" => self.is_in_week(start, day),
            "MONTHLY" => self.is_in_month(start, day),
            "YEARLY" => (day.month(), day.day()) == (start.month(), start.day()),
            _ => {
                let listed = self.weekdays.is_empty() || self.weekdays.contains(&day.weekday());
                listed && days_between(start, day) % self.interval == 0
            }
        }
    }

    fn is_in_week(&self, start: Date, day: Date) -> bool {
        let weeks = days_between(week_of(start, self.week_start), week_of(day, self.week_start)) / 7;
        let listed = match self.weekdays.as_slice() {
            [] => day.weekday() == start.weekday(),
            days => days.contains(&day.weekday()),
        };
        listed && weeks % self.interval == 0
    }

    fn is_in_month(&self, start: Date, day: Date) -> bool {
        let months = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
        let number = i64::from(day.day());
        // Negative days count from the end of the month.
        let from_end = number - i64::from(day.days_in_month()) - 1;
        let listed = match self.month_days.as_slice() {
            [] => day.day() == start.day(),
            days => days.contains(&number) || days.contains(&from_end),
        };
        listed && (months(day) - months(start)) % self.interval == 0
    }
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::world::day::plus;

    /// Days of March 2026, which begins on a Sunday, on which a habit is due.
    fn due(rule: &str) -> Vec<i8> {
        let habit = json!({
            "repeatRule": rule,
            "createdTime": "2026-03-02T10:00:00.000+0000",
            "exDates": ["20260304"],
        });
        let schedule = Schedule::of(&Object::encode(&habit).unwrap(), &TimeZone::UTC, Weekday::Monday);
        let first = Date::constant(2026, 3, 1);
        (0..15).map(|days| plus(first, days)).filter(|day| schedule.is_due(*day, 1)).map(Date::day).collect()
    }

    #[test]
    fn rules_are_read() {
        assert_eq!(due("RRULE:FREQ=DAILY;INTERVAL=1"), [2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
        assert_eq!(due("RRULE:FREQ=DAILY;INTERVAL=3"), [2, 5, 8, 11, 14]);
        assert_eq!(due("RRULE:FREQ=WEEKLY;BYDAY=WE,SU"), [8, 11, 15]);
        assert_eq!(due("RRULE:FREQ=WEEKLY;INTERVAL=2"), [2]);
        assert_eq!(due("RRULE:FREQ=MONTHLY;BYMONTHDAY=5,-20"), [5, 12]);
        assert_eq!(due("RRULE:FREQ=YEARLY"), [2]);
    }

    #[test]
    fn times_a_week_are_due_until_they_are_done() {
        assert_eq!(due("RRULE:FREQ=WEEKLY;TT_TIMES=2").len(), 13);
        assert!(due("RRULE:FREQ=WEEKLY;TT_TIMES=1").is_empty());
    }
}
