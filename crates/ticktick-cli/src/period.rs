//! Parses days in the past: `--since "last monday"`.

use std::ops::RangeInclusive;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::args::Globals;
use crate::error::Error;
use crate::ui::agenda::week_of;
use crate::{past, when};

/// Parses the first day of a period.
pub(crate) fn since(text: &str, today: Date, starts_on: Weekday) -> Result<Date, Error> {
    let words = text.trim().to_lowercase();
    let day = named(&words, today, starts_on).or_else(|| ago(&words, today)).or_else(|| calendar(&words));
    day.ok_or_else(|| {
        Error::usage(format!("`{text}` is not a day in the past")).hint(
            "write yesterday, monday, \"last monday\", \"3 days ago\", 2w, week, \"last week\", month, year, 2026-03 or 2026-03-01",
        )
    })
}

/// Parses a period. It ends today unless an end is given.
pub(crate) fn period(
    first: Option<&str>,
    last: Option<&str>,
    today: Date,
    starts_on: Weekday,
    usual: Date,
) -> Result<RangeInclusive<Date>, Error> {
    let first = first.map(|text| since(text, today, starts_on)).transpose()?.unwrap_or(usual);
    let last = last.map(|text| since(text, today, starts_on)).transpose()?.unwrap_or(today);
    ordered(first, last)
}

/// Parses a period of records: by default, the last 7 days. It can end in the future.
pub(crate) fn recent(
    globals: &Globals,
    first: Option<&str>,
    last: Option<&str>,
    today: Date,
) -> Result<RangeInclusive<Date>, Error> {
    let starts_on = when::first_weekday(globals, Weekday::Monday);
    let day = |text: &str| {
        since(text, today, starts_on).or_else(|error| past::parse_any_day(globals, text, today).map_err(|_| error))
    };
    let first = first.map(day).transpose()?.or_else(|| today.checked_sub(7.days()).ok()).unwrap_or(today);
    ordered(first, last.map(day).transpose()?.unwrap_or(today))
}

fn ordered(first: Date, last: Date) -> Result<RangeInclusive<Date>, Error> {
    if first > last {
        return Err(Error::usage(format!("the period ends on {last}, before it starts on {first}")));
    }
    Ok(first..=last)
}

/// Reads words such as "last monday" and "this month".
fn named(words: &str, today: Date, starts_on: Weekday) -> Option<Date> {
    let (last, word) = match words.split_once(' ') {
        Some(("last", word)) => (true, word),
        Some(("this", word)) => (false, word),
        Some(_) => return None,
        None => (false, words),
    };
    let week = week_of(today, starts_on);
    match word {
        "today" => Some(today),
        "yesterday" => today.yesterday().ok(),
        "week" if last => week.checked_sub(1.week()).ok(),
        "week" => Some(week),
        "month" if last => today.first_of_month().checked_sub(1.month()).ok(),
        "month" => Some(today.first_of_month()),
        "year" if last => today.first_of_year().checked_sub(1.year()).ok(),
        "year" => Some(today.first_of_year()),
        // The last such day before today.
        name => weekday(name).and_then(|weekday| today.nth_weekday(-1, weekday).ok()),
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let place = names.iter().position(|name| word.len() >= 3 && name.starts_with(word))?;
    Weekday::from_monday_zero_offset(i8::try_from(place).ok()?).ok()
}

/// Reads "3 days ago", "3d" and "-3d".
fn ago(words: &str, today: Date) -> Option<Date> {
    let words = words.strip_suffix("ago").unwrap_or(words).trim().trim_start_matches('-');
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (count, unit) = words.split_at(digits);
    let count: i32 = count.parse().ok().filter(|count| *count <= 36_500)?;
    let span = match unit.trim() {
        "d" | "day" | "days" => count.days(),
        "w" | "week" | "weeks" => count.weeks(),
        "m" | "month" | "months" => count.months(),
        "y" | "year" | "years" => count.years(),
        _ => return None,
    };
    today.checked_sub(span).ok()
}

/// Reads `2026-03-01` and `2026-03`.
fn calendar(words: &str) -> Option<Date> {
    let dashes = words.bytes().filter(|byte| *byte == b'-').count();
    match (words.len(), dashes) {
        (10, 2) => words.parse().ok(),
        (7, 1) => format!("{words}-01").parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 26);

    #[test]
    fn words_name_days_in_the_past() {
        for (text, day) in [
            ("today", TODAY),
            ("Yesterday", date(2026, 11, 25)),
            ("last monday", date(2026, 11, 23)),
            ("mon", date(2026, 11, 23)),
            ("thursday", date(2026, 11, 19)),
            ("week", date(2026, 11, 23)),
            ("last week", date(2026, 11, 16)),
            ("this month", date(2026, 11, 1)),
            ("last month", date(2026, 10, 1)),
            ("year", date(2026, 1, 1)),
            ("last year", date(2025, 1, 1)),
            ("3 days ago", date(2026, 11, 23)),
            ("2w", date(2026, 11, 12)),
            ("-1d", date(2026, 11, 25)),
            ("1 month ago", date(2026, 10, 26)),
            ("2026-03", date(2026, 3, 1)),
            ("2026-03-09", date(2026, 3, 9)),
        ] {
            assert_eq!(since(text, TODAY, Weekday::Monday).unwrap(), day, "{text}");
        }
        assert_eq!(since("week", TODAY, Weekday::Sunday).unwrap(), date(2026, 11, 22));
    }

    #[test]
    fn what_names_no_day_is_refused() {
        for text in
            ["", "last", "soon", "d", "99999999999d", "36501d", "2026-13", "2026-1-1", "20260101", "last 3d", "ago"]
        {
            assert!(since(text, TODAY, Weekday::Monday).is_err(), "{text}");
        }
        assert!(period(Some("yesterday"), Some("week"), TODAY, Weekday::Monday, TODAY).is_err());
        let days = period(None, None, TODAY, Weekday::Monday, date(2026, 11, 1)).unwrap();
        assert_eq!(days, date(2026, 11, 1)..=TODAY);
    }
}
