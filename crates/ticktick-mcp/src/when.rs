//! Reads and prints dates in the account's zone, always with the weekday.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan, ZonedDateTime};
use ticktick::Due;
use ticktick::quick_add::{DateValue, QuickAdd};

use crate::failure::Failure;
use crate::text::{clean, reason};

/// Prints a day, such as `Thu 2026-11-26`.
pub(crate) fn day(date: Date) -> String {
    date.strftime("%a %Y-%m-%d").to_string()
}

/// Prints a date and time, such as `Thu 2026-11-26 12:14`.
pub(crate) fn moment(at: &ZonedDateTime) -> String {
    at.strftime("%a %Y-%m-%d %H:%M").to_string()
}

/// Prints when a task is due, in the account's zone.
pub(crate) fn due(due: &Due, zone: &TimeZone) -> String {
    let here = |at: &ZonedDateTime| at.with_time_zone(zone.clone());
    let foreign = || match due.zone().and_then(TimeZone::iana_name) {
        Some(name) if zone.iana_name() != Some(name) => format!(" ({name})"),
        _ => String::new(),
    };
    let from_to = |start: (Date, String), end: (Date, String)| {
        if start.0 == end.0 {
            format!("{}-{}", start.1, &end.1[end.1.len() - 5..])
        } else {
            format!("{} to {}", start.1, end.1)
        }
    };
    match due {
        Due::Day { date, .. } => day(*date),
        Due::Days { first, last, .. } => format!("{} to {}", day(*first), day(*last)),
        Due::At(at) => moment(&here(at)) + &foreign(),
        Due::Range { start, end, .. } => {
            let (start, end) = (here(start), here(end));
            from_to((start.date(), moment(&start)), (end.date(), moment(&end))) + &foreign()
        }
        Due::Floating { start, end, .. } => {
            let text = |at: &jiff::civil::DateTime| at.strftime("%a %Y-%m-%d %H:%M").to_string();
            let text =
                if start == end { text(start) } else { from_to((start.date(), text(start)), (end.date(), text(end))) };
            text + " (floating)"
        }
        other => clean(&other.to_string()),
    }
}

/// Returns the first and the last day in the account's zone, and the time of the first unless it is all-day.
pub(crate) fn place(due: &Due, zone: &TimeZone) -> (Date, Date, Option<Time>) {
    let (first, last) = due.days_in(zone).into_inner();
    let time = match due {
        Due::At(start) | Due::Range { start, .. } => Some(start.with_time_zone(zone.clone()).time()),
        Due::Floating { start, .. } => Some(start.time()),
        _ => None,
    };
    (first, last, time)
}

/// Returns the first and the last day or time, as [`read`] accepts them.
pub(crate) fn ends(due: &Due, zone: &TimeZone) -> (String, String) {
    let here = |at: &ZonedDateTime| at.with_time_zone(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    let plain = |at: &jiff::civil::DateTime| at.strftime("%Y-%m-%d %H:%M").to_string();
    match due {
        Due::At(at) => (here(at), here(at)),
        Due::Range { start, end, .. } => (here(start), here(end)),
        Due::Floating { start, end, .. } => (plain(start), plain(end)),
        other => {
            let days = other.days_in(zone);
            (days.start().to_string(), days.end().to_string())
        }
    }
}

/// Parses a date, or `none`. A range may have the form in which answers print it.
pub(crate) fn read(text: &str, quick_add: &QuickAdd) -> Result<Option<Due>, Failure> {
    match quick_add.parse_date(text.trim()) {
        Ok(DateValue::Clear) => Ok(None),
        Ok(DateValue::Due(due)) => Ok(Some(due)),
        Err(error) => match text.split_once(" to ") {
            Some((start, end)) if reads(start, quick_add) && reads(end, quick_add) => span(start, end, quick_add),
            _ => Err(unreadable(text, &error.to_string())),
        },
    }
}

fn reads(text: &str, quick_add: &QuickAdd) -> bool {
    quick_add.parse_date(text.trim()).is_ok()
}

fn unreadable(text: &str, why: &str) -> Failure {
    let (text, why) = (clean(text), reason(why));
    Failure::new(format!(
        "The date \"{text}\" is not accepted: {why}. Use YYYY-MM-DD or YYYY-MM-DD HH:MM. Nothing was done."
    ))
}

/// Parses a range from its two ends.
pub(crate) fn span(start: &str, end: &str, quick_add: &QuickAdd) -> Result<Option<Due>, Failure> {
    let (Some(from), Some(to)) = (read(start, quick_add)?, read(end, quick_add)?) else {
        return Err(unreadable(start, "a span needs a start and an end"));
    };
    let due = match (from, to) {
        (Due::At(from), Due::At(to)) => Due::range(from, to),
        (Due::Day { date: from, .. }, Due::Day { date: to, .. }) if from == to => Ok(Due::day(from)),
        (Due::Day { date: from, .. }, Due::Day { date: to, .. }) => Due::days(from..=to),
        _ => return Err(unreadable(start, "start and due must both be days or both be times")),
    };
    due.map(Some).map_err(|error| unreadable(start, &error.to_string()))
}

/// Parses a range of days: one day, `FROM..TO`, `today`, `week`, `month`.
pub(crate) fn days(text: &str, quick_add: &QuickAdd, now: &ZonedDateTime) -> Result<(Date, Date), Failure> {
    let (text, today) = (text.trim(), now.date());
    let back = |days: i32| today.saturating_sub(days.days());
    match text.to_lowercase().as_str() {
        "week" | "next 7 days" => return Ok((today, today.saturating_add(6.days()))),
        "month" | "next 30 days" => return Ok((today, today.saturating_add(29.days()))),
        "last 7 days" | "last week" | "past week" => return Ok((back(6), today)),
        "last 30 days" | "last month" | "past month" => return Ok((back(29), today)),
        "this month" | "本月" | "这个月" => return Ok((today.first_of_month(), today.last_of_month())),
        "next month" | "下个月" | "下月" => {
            let next = today.last_of_month().saturating_add(1.day());
            return Ok((next, next.last_of_month()));
        }
        _ => {}
    }
    if let Some(days) = week(text, quick_add, now)? {
        return Ok(days);
    }
    let one = |text: &str| {
        let due = read(text, quick_add)?.ok_or_else(|| unreadable(text, "it is not a day"))?;
        Ok::<_, Failure>(due.days_in(now.time_zone()))
    };
    let Some((from, to)) = text.split_once("..").or_else(|| text.split_once(" to ")) else {
        return one(text).map(|days| (*days.start(), *days.end()));
    };
    let first = if from.trim().is_empty() { Date::MIN } else { *one(from)?.start() };
    let last = if to.trim().is_empty() { Date::MAX } else { *one(to)?.end() };
    if first > last {
        return Err(unreadable(text, "it ends before it begins"));
    }
    Ok((first, last))
}

/// Parses a calendar week or weekend.
fn week(text: &str, quick_add: &QuickAdd, now: &ZonedDateTime) -> Result<Option<(Date, Date)>, Failure> {
    let (of, back, days) = match text.to_lowercase().as_str() {
        "this week" | "本周" | "这周" => ("next week", 7, 7),
        "next week" | "下周" => ("next week", 0, 7),
        "weekend" | "this weekend" | "the weekend" | "周末" | "本周末" => ("weekend", 0, 2),
        _ => return Ok(None),
    };
    let Some(first) = read(of, quick_add)? else { return Ok(None) };
    let first = first.days_in(now.time_zone()).start().saturating_sub(back.days());
    Ok(Some((first, first.saturating_add((days - 1).days()))))
}

/// Moves a date to another one. If the new date has no time, keeps the time of day and the length.
pub(crate) fn moved(old: Option<&Due>, new: &Due, zone: &TimeZone) -> Result<Due, Failure> {
    let failed = |error: &dyn ToString| {
        Failure::new(format!("The date cannot be used: {}. Nothing was done.", clean(&error.to_string())))
    };
    match (old, new) {
        (Some(old), Due::Day { date, .. }) => old.moved_to(*date, zone).map_err(|error| failed(&error)),
        (Some(Due::Range { start, end, .. }), Due::At(at)) => {
            let end = at.checked_add(start.duration_until(end)).map_err(|error| failed(&error))?;
            Due::range(at.clone(), end).map_err(|error| failed(&error))
        }
        _ => Ok(new.clone()),
    }
}

/// Moves a date by a step such as `1 day`, `-2w` or `3 hours`.
pub(crate) fn shifted(old: &Due, by: &str, zone: &TimeZone) -> Result<Due, Failure> {
    let failed = |why: &dyn ToString| {
        let (by, why) = (clean(by), clean(&why.to_string()));
        Failure::new(format!(
            "The step \"{by}\" cannot be used: {why}. Write it as 1 day, -2 weeks or 3 hours. Nothing was done."
        ))
    };
    let span: Span = by.trim().parse().map_err(|error: jiff::Error| failed(&error))?;
    let is_short = span.get_hours() != 0 || span.get_minutes() != 0 || span.get_seconds() != 0;
    if !is_short {
        let from = *old.days_in(zone).start();
        let to = from.checked_add(span).map_err(|error| failed(&error))?;
        return old.moved_to(to, zone).map_err(|error| failed(&error));
    }
    match old {
        Due::At(at) => at.checked_add(span).map(Due::At).map_err(|error| failed(&error)),
        Due::Range { start, end, .. } => {
            let moved = start.checked_add(span).and_then(|start| Ok((start, end.checked_add(span)?)));
            let (start, end) = moved.map_err(|error| failed(&error))?;
            Due::range(start, end).map_err(|error| failed(&error))
        }
        _ => Err(failed(&"the task has no clock time in a zone")),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn now() -> ZonedDateTime {
        "2026-11-26T12:14[Europe/London]".parse().unwrap()
    }

    fn at(text: &str) -> ZonedDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn dates_are_printed_with_the_weekday_in_the_zone_of_the_account() {
        let zone = now().time_zone().clone();
        let tokyo = Due::range(at("2026-11-27T10:00[Asia/Tokyo]"), at("2026-11-27T11:00[Asia/Tokyo]")).unwrap();
        assert_eq!(due(&tokyo, &zone), "Fri 2026-11-27 01:00-02:00 (Asia/Tokyo)");
        assert_eq!(due(&Due::day(date(2026, 11, 29)), &zone), "Sun 2026-11-29");
        assert_eq!(
            due(&Due::days(date(2027, 1, 5)..=date(2027, 1, 9)).unwrap(), &zone),
            "Tue 2027-01-05 to Sat 2027-01-09"
        );
        assert_eq!(due(&Due::floating(date(2026, 12, 1).at(7, 30, 0, 0)), &zone), "Tue 2026-12-01 07:30 (floating)");
    }

    #[test]
    fn a_day_keeps_the_time_and_a_time_keeps_the_length() {
        let (now, zone) = (now(), now().time_zone().clone());
        let talk = Due::range(at("2026-11-25T17:00[Europe/London]"), at("2026-11-25T18:30[Europe/London]")).unwrap();
        let read = |text: &str| read(text, &QuickAdd::new(&now)).unwrap().unwrap();
        for (new, wanted) in
            [("2026-11-30", "Mon 2026-11-30 17:00-18:30"), ("2026-11-30 09:00", "Mon 2026-11-30 09:00-10:30")]
        {
            assert_eq!(due(&moved(Some(&talk), &read(new), &zone).unwrap(), &zone), wanted);
        }
        for (by, wanted) in [
            ("1 day", "Thu 2026-11-26 17:00-18:30"),
            ("-1w", "Wed 2026-11-18 17:00-18:30"),
            ("3 hours", "Wed 2026-11-25 20:00-21:30"),
        ] {
            assert_eq!(due(&shifted(&talk, by, &zone).unwrap(), &zone), wanted);
        }
        assert!(shifted(&talk, "soon", &zone).is_err());
    }

    #[test]
    fn spans_of_days_are_read() {
        let (now, quick_add) = (now(), QuickAdd::new(&now()));
        for (text, first, last) in [
            ("today", date(2026, 11, 26), date(2026, 11, 26)),
            ("2026-11-01..2026-11-30", date(2026, 11, 1), date(2026, 11, 30)),
            ("last 7 days", date(2026, 11, 20), date(2026, 11, 26)),
            ("..2026-11-30", Date::MIN, date(2026, 11, 30)),
        ] {
            assert_eq!(days(text, &quick_add, &now).unwrap(), (first, last), "{text}");
        }
        assert!(days("2026-11-30..2026-11-01", &quick_add, &now).is_err());
    }
}
