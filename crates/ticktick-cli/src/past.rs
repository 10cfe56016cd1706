//! Parses days and times of records, which are mostly in the past.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{ToSpan, ZonedDateTime};
use ticktick::Due;

use crate::args::Globals;
use crate::error::Error;
use crate::when;

/// Parses a day as typed, which may be in the past.
pub(crate) fn parse_any_day(globals: &Globals, text: &str, today: Date) -> Result<Date, Error> {
    let word = text.trim().to_lowercase();
    let ago = || {
        let count = word.strip_prefix('-')?;
        let (count, unit) = count.split_at_checked(count.len().checked_sub(1)?)?;
        let count: i32 = count.parse().ok().filter(|count| (0..=36_500).contains(count))?;
        match unit {
            "d" => today.checked_sub(count.days()).ok(),
            "w" => today.checked_sub(count.weeks()).ok(),
            _ => None,
        }
    };
    let to_come = || {
        // The zone does not matter for a day.
        let now = today.to_zoned_datetime(TimeZone::UTC).ok()?;
        let quick = when::quick(globals, &now, Weekday::Monday);
        when::parse_with(&quick, &word).ok().filter(Due::is_all_day).map(|due| due.start_date())
    };
    let day = if word == "yesterday" { today.yesterday().ok() } else { ago().or_else(to_come) };
    day.ok_or_else(|| {
        Error::usage(format!("`{text}` is not a day"))
            .hint("write today, yesterday, -3d, -2w, a weekday to come, +3d or 2026-03-01")
    })
}

/// Parses a time of a given day, or a day and a time.
pub(crate) fn parse_moment(
    globals: &Globals,
    text: &str,
    day: Date,
    now: &ZonedDateTime,
) -> Result<ZonedDateTime, Error> {
    let wrong =
        || Error::usage(format!("`{text}` is not a time")).hint("write 09:30, \"yesterday 09:30\" or 2026-03-01T09:30");
    let text = text.trim();
    let (date, time) = match text.rsplit_once([' ', 'T', 't']) {
        Some((date, time)) => (parse_any_day(globals, date, now.date()).map_err(|_| wrong())?, time),
        None => (day, text),
    };
    let at = date.to_datetime(parse_time(time).ok_or_else(wrong)?);
    at.to_zoned_datetime(now.time_zone().clone()).map_err(|_| wrong())
}

fn parse_time(word: &str) -> Option<Time> {
    let (hour, minute) = word.split_once(':')?;
    let digits = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hour) || minute.len() != 2 || !digits(minute) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use clap::FromArgMatches;

    use super::*;

    #[test]
    fn days_and_times_of_the_past_are_understood() {
        let program = crate::args::program(String::new(), false);
        let globals = Globals::from_arg_matches(&program.get_matches_from(["ticktick"])).unwrap();
        let now: ZonedDateTime = "2026-11-23T08:50[Europe/Berlin]".parse().unwrap();
        for (text, wanted) in [
            ("yesterday", "2026-11-22"),
            ("-3d", "2026-11-20"),
            ("-1w", "2026-11-16"),
            ("Today", "2026-11-23"),
            ("2026-01-02", "2026-01-02"),
            ("+1d", "2026-11-24"),
        ] {
            assert_eq!(parse_any_day(&globals, text, now.date()).unwrap().to_string(), wanted, "{text}");
        }
        for text in ["", "-", "-d", "-3y", "soon", "today 09:00"] {
            assert!(parse_any_day(&globals, text, now.date()).is_err(), "{text}");
        }
        let at = |text: &str| parse_moment(&globals, text, now.date(), &now).unwrap().to_string();
        assert_eq!(at("9:05"), "2026-11-23T09:05:00+01:00[Europe/Berlin]");
        assert_eq!(at("yesterday 09:05"), "2026-11-22T09:05:00+01:00[Europe/Berlin]");
        assert_eq!(at("2026-03-01T09:05"), "2026-03-01T09:05:00+01:00[Europe/Berlin]");
        for text in ["", "9", "25:00", "soon 09:00", "today"] {
            assert!(parse_moment(&globals, text, now.date(), &now).is_err(), "{text}");
        }
    }
}
