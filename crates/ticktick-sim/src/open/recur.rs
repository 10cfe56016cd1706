//! When a repeat rule comes round next, counted in days of the calendar.
//!
//! It knows the rules that people make in the app: every so many days, weeks on some weekdays,
//! months on some days of them, years. Of any other rule it says nothing.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// Periods that are looked through; even a leap day every seven years comes sooner.
const PERIODS: i64 = 100;

/// A rule that is understood.
#[derive(Debug, PartialEq)]
pub(super) struct Rule {
    every: Every,
    interval: i64,
    count: Option<u32>,
    until: Option<Date>,
}

#[derive(Debug, PartialEq)]
enum Every {
    Day,
    Week {
        days: Vec<Weekday>,
        first: Weekday,
    },
    Month(Vec<MonthDay>),
    /// The months, or that of the task.
    Year(Vec<i8>, Vec<MonthDay>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum MonthDay {
    /// Counted from the end of the month where it is negative.
    Number(i8),
    Nth(i8, Weekday),
}

/// What the parts of a rule say.
struct Parts<'a> {
    freq: &'a str,
    first: Weekday,
    /// Weekdays with their ordinal, or 0.
    weekdays: Vec<(i8, Weekday)>,
    numbers: Vec<i8>,
    months: Vec<i8>,
}

impl Rule {
    /// Reads a rule; the zone tells on which day an instant lies.
    pub(super) fn read(text: &str, zone: &TimeZone) -> Option<Self> {
        let mut parts =
            Parts { freq: "", first: Weekday::Monday, weekdays: Vec::new(), numbers: Vec::new(), months: Vec::new() };
        let (mut interval, mut count, mut until) = (1, None, None);
        for part in text.strip_prefix("RRULE:").unwrap_or(text).split(';').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=')?;
            match key {
                "FREQ" => parts.freq = value,
                "INTERVAL" => interval = value.parse::<u32>().ok().filter(|number| *number > 0)?.into(),
                "COUNT" => count = Some(value.parse::<u32>().ok().filter(|number| *number > 0)?),
                "UNTIL" => until = Some(last_day(value, zone)?),
                "WKST" => parts.first = weekday(value)?,
                "BYDAY" => parts.weekdays = all(value, ordinal_weekday)?,
                "BYMONTHDAY" => parts.numbers = all(value, |text| number(text, 31))?,
                "BYMONTH" => parts.months = all(value, |text| number(text, 12).filter(|month| *month > 0))?,
                _ => return None,
            }
        }
        Some(Self { every: parts.every()?, interval, count, until })
    }

    /// Returns the next day after one, or nothing when the series is over.
    pub(super) fn after(&self, day: Date) -> Option<Date> {
        if self.count == Some(1) {
            return None;
        }
        for period in 0..PERIODS {
            let days = self.every.days(day, period.checked_mul(self.interval)?)?;
            if let Some(next) = days.into_iter().filter(|next| *next > day).min() {
                return Some(next).filter(|next| self.until.is_none_or(|until| *next <= until));
            }
        }
        None
    }
}

/// Writes a rule with one time less to come.
pub(super) fn counted_down(text: &str) -> String {
    let part = |part: &str| {
        let count = part.strip_prefix("COUNT=").and_then(|count| count.parse::<u32>().ok());
        count.map_or_else(|| part.to_owned(), |count| format!("COUNT={}", count.saturating_sub(1)))
    };
    let (head, rule) = if let Some(rule) = text.strip_prefix("RRULE:") { ("RRULE:", rule) } else { ("", text) };
    format!("{head}{}", rule.split(';').map(part).collect::<Vec<_>>().join(";"))
}

impl Parts<'_> {
    fn every(self) -> Option<Every> {
        let plain = self.weekdays.is_empty() && self.numbers.is_empty() && self.months.is_empty();
        match self.freq {
            "DAILY" if plain => Some(Every::Day),
            "WEEKLY" if self.numbers.is_empty() && self.months.is_empty() => {
                // An ordinal makes no sense within a week.
                let days = self.weekdays.iter().map(|(nth, day)| (*nth == 0).then_some(*day));
                Some(Every::Week { days: days.collect::<Option<_>>()?, first: self.first })
            }
            "MONTHLY" if self.months.is_empty() => Some(Every::Month(self.month_days()?)),
            // Without a month, weekdays would be counted through the year.
            "YEARLY" if self.weekdays.is_empty() || !self.months.is_empty() => {
                let days = self.month_days()?;
                Some(Every::Year(self.months, days))
            }
            _ => None,
        }
    }

    /// Returns days of a month: numbers or ordinal weekdays, as both at once would narrow each other.
    fn month_days(&self) -> Option<Vec<MonthDay>> {
        if !self.numbers.is_empty() && !self.weekdays.is_empty() {
            return None;
        }
        let numbers = self.numbers.iter().map(|number| Some(MonthDay::Number(*number)));
        let weekdays = self.weekdays.iter().map(|(nth, day)| (*nth != 0).then_some(MonthDay::Nth(*nth, *day)));
        numbers.chain(weekdays).collect()
    }
}

impl Every {
    /// Lists the days of the period that is some periods after that of a day.
    fn days(&self, day: Date, periods: i64) -> Option<Vec<Date>> {
        match self {
            Self::Day => Some(vec![day.checked_add(Span::new().try_days(periods).ok()?).ok()?]),
            Self::Week { days, first } => {
                let into = |weekday: Weekday| i64::from(weekday.since(*first));
                let start = periods.checked_mul(7)?.checked_sub(into(day.weekday()))?;
                let days = if days.is_empty() { &[day.weekday()][..] } else { days };
                let at = |weekday: &Weekday| day.checked_add(Span::new().try_days(start + into(*weekday)).ok()?).ok();
                days.iter().map(at).collect()
            }
            Self::Month(days) => {
                let month = day.first_of_month().checked_add(Span::new().try_months(periods).ok()?).ok()?;
                Some(in_month(month, days, day))
            }
            Self::Year(months, days) => {
                let year = i64::from(day.year()).checked_add(periods).and_then(|year| i16::try_from(year).ok())?;
                let months = if months.is_empty() { &[day.month()][..] } else { months };
                let firsts = months.iter().map(|month| Date::new(year, *month, 1).ok()).collect::<Option<Vec<_>>>()?;
                Some(firsts.into_iter().flat_map(|month| in_month(month, days, day)).collect())
            }
        }
    }
}

/// Lists the days that a month has of those named; without any, the day of the task.
fn in_month(month: Date, days: &[MonthDay], day: Date) -> Vec<Date> {
    let own = [MonthDay::Number(day.day())];
    let days = if days.is_empty() { &own } else { days };
    let at = |day: &MonthDay| match *day {
        MonthDay::Number(number) if number < 0 => month.with().day(month.days_in_month() + 1 + number).build().ok(),
        MonthDay::Number(number) => month.with().day(number).build().ok(),
        MonthDay::Nth(nth, weekday) => month.nth_weekday_of_month(nth, weekday).ok(),
    };
    days.iter().filter_map(at).collect()
}

fn all<T>(list: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    list.split(',').map(read).collect()
}

/// Reads a number that is not 0 and at most so far from it.
fn number(text: &str, most: i8) -> Option<i8> {
    text.parse::<i8>().ok().filter(|number| *number != 0 && (-most..=most).contains(number))
}

fn ordinal_weekday(text: &str) -> Option<(i8, Weekday)> {
    let (nth, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let nth = if nth.is_empty() { 0 } else { number(nth, 5)? };
    Some((nth, weekday(name)?))
}

fn weekday(name: &str) -> Option<Weekday> {
    let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let offset = names.iter().position(|known| *known == name)?;
    Weekday::from_monday_zero_offset(i8::try_from(offset).ok()?).ok()
}

/// Reads the last day of a series: a day, a time without a zone, or an instant.
fn last_day(text: &str, zone: &TimeZone) -> Option<Date> {
    match text.strip_suffix('Z') {
        Some(_) => Some(text.parse::<Timestamp>().ok()?.to_zoned_datetime(zone.clone()).date()),
        None => Date::strptime("%Y%m%d", text.split('T').next()?).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts on from a day, as often as the rule lets it.
    fn run(rule: &str, from: &str, times: usize) -> Vec<String> {
        let rule = Rule::read(rule, &TimeZone::UTC).unwrap();
        let next = std::iter::successors(Some(from.parse().unwrap()), |day| rule.after(*day));
        next.skip(1).take(times).map(|day: Date| day.to_string()).collect()
    }

    #[test]
    fn days_go_on() {
        assert_eq!(run("RRULE:FREQ=DAILY;INTERVAL=1", "2026-02-28", 2), ["2026-03-01", "2026-03-02"]);
        assert_eq!(run("FREQ=DAILY;INTERVAL=10", "2026-12-25", 1), ["2027-01-04"]);
    }

    #[test]
    fn weeks_have_days() {
        // The 1st of March 2026 is a Sunday.
        assert_eq!(run("RRULE:FREQ=WEEKLY", "2026-03-01", 2), ["2026-03-08", "2026-03-15"]);
        let days = run("RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,WE,FR", "2026-03-02", 4);
        assert_eq!(days, ["2026-03-04", "2026-03-06", "2026-03-09", "2026-03-11"]);
        let days = run("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU", "2026-03-03", 3);
        assert_eq!(days, ["2026-03-08", "2026-03-17", "2026-03-22"]);
        let days = run("RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU", "2026-03-03", 3);
        assert_eq!(days, ["2026-03-15", "2026-03-17", "2026-03-29"]);
    }

    #[test]
    fn months_skip_days_that_they_lack() {
        assert_eq!(run("RRULE:FREQ=MONTHLY", "2026-01-31", 2), ["2026-03-31", "2026-05-31"]);
        let days = run("RRULE:FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=1,15,-1", "2026-02-01", 4);
        assert_eq!(days, ["2026-02-15", "2026-02-28", "2026-03-01", "2026-03-15"]);
        let days = run("RRULE:FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=30", "2025-11-30", 2);
        assert_eq!(days, ["2026-05-30", "2026-08-30"]);
        assert_eq!(run("RRULE:FREQ=MONTHLY;BYDAY=2TU,-1FR", "2026-03-01", 2), ["2026-03-10", "2026-03-27"]);
    }

    #[test]
    fn years_wait_for_leap_days() {
        assert_eq!(run("RRULE:FREQ=YEARLY;INTERVAL=1", "2026-03-01", 1), ["2027-03-01"]);
        assert_eq!(run("RRULE:FREQ=YEARLY", "2096-02-29", 1), ["2104-02-29"]);
        let days = run("RRULE:FREQ=YEARLY;BYMONTH=5,11;BYMONTHDAY=3", "2026-03-01", 3);
        assert_eq!(days, ["2026-05-03", "2026-11-03", "2027-05-03"]);
        assert_eq!(run("RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2026-03-01", 1), ["2026-11-26"]);
    }

    #[test]
    fn series_end() {
        let last = |text, zone: &str| Rule::read(text, &TimeZone::get(zone).unwrap()).unwrap().until.unwrap();
        assert_eq!(run("RRULE:FREQ=DAILY;UNTIL=20260303", "2026-03-01", 9), ["2026-03-02", "2026-03-03"]);
        assert_eq!(run("RRULE:FREQ=DAILY;UNTIL=20260303T090000", "2026-03-02", 9), ["2026-03-03"]);
        assert!(run("RRULE:FREQ=DAILY;COUNT=1", "2026-03-01", 9).is_empty());
        let day = last("FREQ=DAILY;UNTIL=20260302T160000Z", "Asia/Shanghai");
        assert_eq!(day.to_string(), "2026-03-03", "midnight there");
        assert!(run("RRULE:FREQ=DAILY", "9999-12-31", 9).is_empty());
        assert!(run("RRULE:FREQ=YEARLY;INTERVAL=4294967295", "2026-03-01", 9).is_empty());
    }

    #[test]
    fn counts_go_down() {
        assert_eq!(counted_down("RRULE:FREQ=DAILY;COUNT=30;INTERVAL=1"), "RRULE:FREQ=DAILY;COUNT=29;INTERVAL=1");
        assert_eq!(counted_down("FREQ=DAILY"), "FREQ=DAILY");
    }

    #[test]
    fn other_rules_are_left_alone() {
        for text in [
            "",
            "RRULE:",
            "ERULE:NAME=CUSTOM;BYDATE=20260301,20260405",
            "LUNAR:FREQ=YEARLY",
            "RRULE:FREQ=HOURLY",
            "RRULE:FREQ=DAILY;TT_SKIP=WEEKEND",
            "RRULE:FREQ=DAILY;INTERVAL=0",
            "RRULE:FREQ=DAILY;COUNT=0",
            "RRULE:FREQ=DAILY;UNTIL=soon",
            "RRULE:FREQ=DAILY;BYDAY=MO",
            "RRULE:FREQ=WEEKLY;BYDAY=",
            "RRULE:FREQ=WEEKLY;BYDAY=1MO",
            "RRULE:FREQ=WEEKLY;BYDAY=é",
            "RRULE:FREQ=MONTHLY;BYDAY=MO",
            "RRULE:FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=1",
            "RRULE:FREQ=MONTHLY;BYMONTHDAY=32",
            "RRULE:FREQ=YEARLY;BYDAY=1MO",
            "RRULE:FREQ=YEARLY;BYMONTH=-1",
            "FREQ=DAILY;FREQ",
        ] {
            assert_eq!(Rule::read(text, &TimeZone::UTC), None, "{text}");
        }
    }
}
