//! The days on which a habit is due.
//!
//! The simulator deliberately has its own implementation: it is the oracle of the journey tests, which would not notice a
//! mistake that both share.

use jiff::civil::{Date, Weekday};
use jiff::{Span, tz::TimeZone};
use ticktick_models::{DayStamp, Habit, Timestamp};

use crate::Error;

/// The days on which a habit is due, read from its rule.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Schedule {
    /// First day; the habit is never due before it, and intervals count from it.
    start: Date,
    interval: i64,
    days: Days,
    week_start: Weekday,
    left_out: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Days {
    /// Every day, or only on some days of the week.
    Daily(Vec<Weekday>),
    Weekly(Vec<Weekday>),
    /// A number of times a week, on any days.
    Times(usize),
    /// Days of the month; negative ones count from its end.
    Monthly(Vec<i64>),
    Yearly,
}

impl Schedule {
    /// Reads the schedule of a habit. Without a start date it starts `today`.
    pub(crate) fn of(habit: &Habit, zone: &TimeZone, week_start: Weekday, today: Date) -> Result<Self, Error> {
        let made = habit.created_time.get().and_then(Timestamp::instant);
        let made = made.map(|made| made.to_zoned_datetime(zone.clone()).date());
        let start = habit.target_start_date.get().and_then(|day| day.date()).or(made).unwrap_or(today);
        let rule = habit.repeat_rule.as_deref().unwrap_or_default().trim();
        let unknown = |part: &str| Error::Unsupported {
            what: "counting by the schedule of a habit",
            why: format!(
                "the part `{part}` of the rule `{rule}` is unknown\nhint: use `check_ins` to read the check-ins themselves"
            ),
        };
        let mut schedule =
            Self { start, interval: 1, days: Days::Daily(Vec::new()), week_start, left_out: habit.ex_dates.to_vec() };
        let (mut weekdays, mut month_days, mut times, mut frequency) = (Vec::new(), Vec::new(), None, "DAILY");
        for part in rule.trim_start_matches("RRULE:").split(';').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').ok_or_else(|| unknown(part))?;
            match key {
                "FREQ" => frequency = value,
                "INTERVAL" => schedule.interval = number(value).ok_or_else(|| unknown(part))?,
                "TT_TIMES" => times = Some(number(value).ok_or_else(|| unknown(part))?),
                "WKST" => schedule.week_start = weekday(value).ok_or_else(|| unknown(part))?,
                "BYDAY" => weekdays = list(value, weekday).ok_or_else(|| unknown(part))?,
                "BYMONTHDAY" => month_days = list(value, |day| day.parse().ok()).ok_or_else(|| unknown(part))?,
                _ => return Err(unknown(part)),
            }
        }
        schedule.days = match (frequency, times) {
            ("WEEKLY", Some(times)) if weekdays.is_empty() && schedule.interval == 1 => {
                Days::Times(usize::try_from(times).unwrap_or(7))
            }
            ("DAILY", None) if month_days.is_empty() => Days::Daily(weekdays),
            ("WEEKLY", None) if month_days.is_empty() => Days::Weekly(weekdays),
            ("MONTHLY", None) if weekdays.is_empty() => Days::Monthly(month_days),
            ("YEARLY", None) if weekdays.is_empty() && month_days.is_empty() => Days::Yearly,
            _ => return Err(unknown(&format!("FREQ={frequency}"))),
        };
        Ok(schedule)
    }

    /// Returns the first day.
    pub(crate) fn start(&self) -> Date {
        self.start
    }

    /// Returns how many times a week the habit is due, if that may be on any days.
    pub(crate) fn times_a_week(&self) -> Option<usize> {
        match self.days {
            Days::Times(times) => Some(times),
            _ => None,
        }
    }

    /// Returns the first day of the week of a day.
    pub(crate) fn week_of(&self, day: Date) -> Date {
        plus(day, -i64::from(day.weekday().since(self.week_start)))
    }

    /// Returns whether the habit may be done on a day: it has started, and the day is not excluded.
    pub(crate) fn is_allowed(&self, day: Date) -> bool {
        day >= self.start && !self.left_out.contains(&DayStamp::from(day).to_string())
    }

    /// Returns whether the habit is due on a day; a habit with a weekly count is never due on a particular day.
    pub(crate) fn is_due(&self, day: Date) -> bool {
        self.is_allowed(day)
            && match &self.days {
                Days::Daily(weekdays) => any(weekdays, day.weekday()) && self.is_nth(between(self.start, day)),
                Days::Weekly(weekdays) => {
                    let listed = match weekdays.as_slice() {
                        [] => day.weekday() == self.start.weekday(),
                        listed => listed.contains(&day.weekday()),
                    };
                    listed && self.is_nth(between(self.week_of(self.start), self.week_of(day)) / 7)
                }
                Days::Times(_) => false,
                Days::Monthly(days) => {
                    let number = i64::from(day.day());
                    let from_end = number - i64::from(day.days_in_month()) - 1;
                    let listed = match days.as_slice() {
                        [] => day.day() == self.start.day(),
                        listed => listed.contains(&number) || listed.contains(&from_end),
                    };
                    listed && self.is_nth(months(day) - months(self.start))
                }
                Days::Yearly => {
                    (day.month(), day.day()) == (self.start.month(), self.start.day())
                        && self.is_nth(i64::from(day.year()) - i64::from(self.start.year()))
                }
            }
    }

    fn is_nth(&self, steps: i64) -> bool {
        steps % self.interval == 0
    }
}

/// Adds a number of days to a day; a negative number subtracts.
pub(crate) fn plus(day: Date, days: i64) -> Date {
    Span::new().try_days(days).map_or(day, |span| day.saturating_add(span))
}

/// Counts the days from one day to another.
fn between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

fn months(day: Date) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month())
}

fn any(weekdays: &[Weekday], day: Weekday) -> bool {
    weekdays.is_empty() || weekdays.contains(&day)
}

/// Parses a number that is at least 1.
fn number(text: &str) -> Option<i64> {
    text.parse().ok().filter(|number| *number >= 1)
}

fn list<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    text.split(',').map(read).collect()
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
    use jiff::civil::date;

    use super::*;

    /// Made on Monday, 2 March 2026.
    pub(crate) fn habit(rule: &str) -> Habit {
        let mut habit = Habit::new("h");
        habit.created_time.set("2026-03-01T23:30:00.000+0000");
        habit.repeat_rule.set(rule);
        habit.ex_dates.push("20260304".into());
        habit
    }

    fn schedule(rule: &str) -> Result<Schedule, Error> {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        Schedule::of(&habit(rule), &zone, Weekday::Monday, date(2026, 3, 20))
    }

    fn due(rule: &str) -> Vec<i8> {
        let schedule = schedule(rule).unwrap();
        (1..=15).filter(|day| schedule.is_due(date(2026, 3, *day))).collect()
    }

    #[test]
    fn rules_are_read() {
        assert_eq!(due(""), [2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
        assert_eq!(due("RRULE:FREQ=DAILY;INTERVAL=3"), [2, 5, 8, 11, 14]);
        assert_eq!(due("RRULE:FREQ=DAILY;BYDAY=SA,SU"), [7, 8, 14, 15]);
        assert_eq!(due("RRULE:FREQ=WEEKLY;BYDAY=WE,SU"), [8, 11, 15]);
        assert_eq!(due("RRULE:FREQ=WEEKLY;INTERVAL=2"), [2]);
        assert_eq!(due("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU"), [15]);
        assert_eq!(due("RRULE:FREQ=MONTHLY;BYMONTHDAY=5,-20"), [5, 12]);
        assert_eq!(due("RRULE:FREQ=MONTHLY"), [2]);
        assert_eq!(due("RRULE:FREQ=YEARLY"), [2]);
        let times = schedule("RRULE:FREQ=WEEKLY;INTERVAL=1;TT_TIMES=3").unwrap();
        assert_eq!(times.times_a_week(), Some(3));
        assert!(
            times.is_allowed(date(2026, 3, 3))
                && !times.is_allowed(date(2026, 3, 4))
                && !times.is_due(date(2026, 3, 3))
        );
    }

    #[test]
    fn rules_that_are_not_known_are_named() {
        for rule in ["RRULE:FREQ=HOURLY", "ERULE:NAME=CUSTOM;BYDATE=20260301", "RRULE:FREQ=WEEKLY;BYDAY=1MO", "x"] {
            let error = schedule(rule).unwrap_err();
            assert!(matches!(error, Error::Unsupported { .. }), "{error:?}");
            assert!(error.to_string().contains(rule), "{error}");
        }
        for rule in [
            "RRULE:INTERVAL=0",
            "RRULE:FREQ=DAILY;COUNT=3",
            "RRULE:FREQ=WEEKLY;TT_TIMES=-1",
            "RRULE:FREQ=WEEKLY;INTERVAL=2;TT_TIMES=3",
        ] {
            assert!(schedule(rule).is_err(), "{rule}");
        }
    }
}
