//! The VTIMEZONE components of an iCalendar file.

use jiff::tz::{Offset, TimeZone};

use crate::ical::Component;
use crate::zones;

/// Reads a zone definition: its name in `X-LIC-LOCATION`, its yearly rules, or else the offset of its standard time.
pub(super) fn read(component: &Component) -> Option<(String, TimeZone)> {
    let name = component.text("TZID")?;
    if let Some(zone) = component.text("X-LIC-LOCATION").and_then(|name| zones::named(&name)) {
        return Some((name, zone));
    }
    if let Some(zone) = with_summer_time(component) {
        return Some((name, zone));
    }
    let standard = component.inner.iter().rfind(|inner| inner.name == "STANDARD").or(component.inner.last())?;
    let offset = Offset::from_seconds(seconds_after_utc(standard)?).ok()?;
    Some((name, TimeZone::fixed(offset)))
}

fn seconds_after_utc(part: &Component) -> Option<i32> {
    let text = part.text("TZOFFSETTO")?;
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.trim_start_matches('+')),
    };
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..4)?.parse().ok()?;
    Some(sign * (hours * 3600 + minutes * 60))
}

/// Reads a zone in which standard and summer time each begin by a rule without an end.
fn with_summer_time(component: &Component) -> Option<TimeZone> {
    let current = |name: &str| component.inner.iter().filter(|inner| inner.name == name).find_map(begin);
    let (standard, standard_from) = current("STANDARD")?;
    let (summer, summer_from) = current("DAYLIGHT")?;
    TimeZone::posix(&format!("<STD>{standard}<DST>{summer},{summer_from},{standard_from}")).ok()
}

/// Returns the offset of a part of the year and when it begins, as POSIX writes them.
fn begin(part: &Component) -> Option<(String, String)> {
    let rule = part.get("RRULE")?.value.to_uppercase();
    let value = |name: &str| rule.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    if value("FREQ") != Some("YEARLY") || value("UNTIL").is_some() || value("COUNT").is_some() {
        return None;
    }
    let month: u8 = value("BYMONTH")?.parse().ok()?;
    let by_day = value("BYDAY")?;
    let (number, day) = by_day.split_at_checked(by_day.len().checked_sub(2)?)?;
    let week = match number.parse::<i8>().ok()? {
        -1 => 5,
        week @ 1..=4 => week,
        _ => return None,
    };
    let day = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"].iter().position(|name| *name == day)?;
    let start = part.text("DTSTART")?;
    let (hour, minute) = (start.get(9..11)?, start.get(11..13)?);
    let seconds = seconds_after_utc(part)?;
    // POSIX counts the offset from the local time to UTC.
    let sign = if seconds > 0 { "-" } else { "" };
    let (hours, minutes) = (seconds.abs() / 3600, seconds.abs() / 60 % 60);
    Some((format!("{sign}{hours:02}:{minutes:02}"), format!("M{month}.{week}.{day}/{hour}:{minute}")))
}
