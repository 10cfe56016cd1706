//! Reading the text of a rule.

use jiff::civil::{Date, Weekday};

use super::error::RecurrenceError;
use super::rule::{Form, Frequency, NthWeekday, Reading, RecurrenceRule, Until, Workday};

const NUMBER: &str = "write a whole number from 1 on";
const WEEKDAYS: &str = "write weekdays as MO, TU, WE, TH, FR, SA, SU";
const WEEKDAY_NAMES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// Reads a rule, and lists the parts that are not known.
pub(super) fn read(text: &str) -> Result<Reading, RecurrenceError> {
    let (head, body) = split(text);
    if is_rule(head) {
        read_rule(body)
    } else if head.eq_ignore_ascii_case("ERULE") {
        read_listed(text, body)
    } else {
        Ok(Reading { form: Form::Other, unknown: vec![text.into()] })
    }
}

/// Splits off the name of the kind, such as `RRULE`; it may be missing.
pub(super) fn split(text: &str) -> (&str, &str) {
    let is_name = |head: &str| head.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    text.split_once(':').filter(|(head, _)| !head.is_empty() && is_name(head)).unwrap_or(("", text))
}

/// Returns whether a name means a rule of RFC 5545.
pub(super) fn is_rule(head: &str) -> bool {
    head.is_empty() || head.eq_ignore_ascii_case("RRULE")
}

pub(super) fn parts(body: &str) -> impl Iterator<Item = &str> {
    body.split(';').filter(|part| !part.is_empty())
}

fn read_rule(body: &str) -> Result<Reading, RecurrenceError> {
    let (mut rule, mut has_frequency) = (RecurrenceRule::new(Frequency::Daily), false);
    let (mut known, mut unknown, mut by_clock) = (Vec::new(), Vec::new(), false);
    for part in parts(body) {
        let wrong = |reason| RecurrenceError::new(part, reason);
        let (key, value) = part.split_once('=').ok_or_else(|| wrong("write a name, `=` and a value"))?;
        let (key, value) = (key.to_ascii_uppercase(), value.to_ascii_uppercase());
        if known.contains(&key) {
            return Err(wrong("write it once"));
        }
        if key == "FREQ" {
            has_frequency = true;
            by_clock = ["HOURLY", "MINUTELY", "SECONDLY"].contains(&&*value);
            if !by_clock {
                rule.frequency = frequency(&value).map_err(wrong)?;
                known.push(key);
                continue;
            }
        }
        if read_part(&mut rule, &key, &value).map_err(wrong)? {
            known.push(key);
        } else {
            unknown.push(part.into());
        }
    }
    if !has_frequency {
        return Err(RecurrenceError::new(body, "say how often: FREQ=DAILY, WEEKLY, MONTHLY or YEARLY"));
    }
    if by_clock {
        return Ok(Reading { form: Form::Other, unknown });
    }
    check(&rule).map_err(|(key, reason)| RecurrenceError::new(part_named(body, key), reason))?;
    Ok(Reading { form: Form::Rule(rule), unknown })
}

/// Reads a part; one that is not known is left alone.
fn read_part(rule: &mut RecurrenceRule, key: &str, value: &str) -> Result<bool, &'static str> {
    match key {
        "INTERVAL" => rule.interval = positive(value)?,
        "COUNT" => rule.count = Some(positive(value)?),
        "UNTIL" => rule.until = Some(until(value).ok_or("write a day, such as 20261231, or a time on it")?),
        "WKST" => rule.week_start = weekday(value).ok_or(WEEKDAYS)?,
        "BYMONTH" => {
            rule.months =
                list(value, |text| number(text, 12).filter(|month| *month > 0)).ok_or("write months as 1 to 12")?;
        }
        "BYWEEKNO" => rule.weeks = list(value, |text| number(text, 53)).ok_or("write weeks as 1 to 53 or -53 to -1")?,
        "BYYEARDAY" => {
            rule.year_days = list(value, |text| number(text, 366)).ok_or("write days as 1 to 366 or -366 to -1")?;
        }
        "BYMONTHDAY" => {
            rule.month_days = list(value, |text| number(text, 31)).ok_or("write days as 1 to 31 or -31 to -1")?;
        }
        "BYSETPOS" => {
            rule.positions =
                list(value, |text| number(text, 366)).ok_or("write positions as 1 to 366 or -366 to -1")?;
        }
        "BYDAY" => rule.weekdays = list(value, nth_weekday).ok_or(WEEKDAYS)?,
        "TT_SKIP" if value == "WEEKEND" => rule.skips_weekends = true,
        "TT_WORKDAY" if value == "1" => rule.workday = Some(Workday::First),
        "TT_WORKDAY" if value == "-1" => rule.workday = Some(Workday::Last),
        "TT_TIMES" => rule.times_a_week = Some(positive(value)?),
        _ => return Ok(false),
    }
    Ok(true)
}

/// Checks what RFC 5545 forbids together; names the part to blame.
fn check(rule: &RecurrenceRule) -> Result<(), (&'static str, &'static str)> {
    let by_year = rule.frequency == Frequency::Yearly;
    let by_month = by_year || rule.frequency == Frequency::Monthly;
    if !rule.weeks.is_empty() && !by_year {
        return Err(("BYWEEKNO", "weeks of the year go with FREQ=YEARLY only"));
    }
    if !rule.year_days.is_empty() && !by_year {
        return Err(("BYYEARDAY", "days of the year go with FREQ=YEARLY only"));
    }
    if !rule.month_days.is_empty() && rule.frequency == Frequency::Weekly {
        return Err(("BYMONTHDAY", "days of the month do not go with FREQ=WEEKLY"));
    }
    let counted = rule.weekdays.iter().any(|weekday| weekday.nth.is_some());
    if counted && (!by_month || !rule.weeks.is_empty()) {
        return Err(("BYDAY", "counted weekdays go with months and years only, and not with BYWEEKNO"));
    }
    if !rule.positions.is_empty() && !rule.names_days() && rule.months.is_empty() {
        return Err(("BYSETPOS", "positions need days to choose from, such as BYDAY"));
    }
    Ok(())
}

/// Reads a rule that lists its dates; other kinds of such rules are kept as they are.
fn read_listed(text: &str, body: &str) -> Result<Reading, RecurrenceError> {
    let (mut is_custom, mut dates, mut unknown) = (false, None, Vec::new());
    for part in parts(body) {
        match part.split_once('=') {
            Some((key, value)) if key.eq_ignore_ascii_case("NAME") => is_custom = value.eq_ignore_ascii_case("CUSTOM"),
            Some((key, value)) if key.eq_ignore_ascii_case("BYDATE") => dates = Some((part, list(value, day))),
            _ => unknown.push(part.into()),
        }
    }
    if !is_custom {
        return Ok(Reading { form: Form::Other, unknown: vec![text.into()] });
    }
    let (part, dates) = dates.ok_or_else(|| RecurrenceError::new(body, "list the dates: BYDATE=20260301,20260405"))?;
    let mut dates = dates.ok_or_else(|| RecurrenceError::new(part, "write dates as 20260301"))?;
    dates.sort_unstable();
    dates.dedup();
    Ok(Reading { form: Form::Listed(dates), unknown })
}

/// Finds a part by its name.
fn part_named<'a>(body: &'a str, key: &str) -> &'a str {
    let has_name = |part: &&str| part.split_once('=').is_some_and(|(name, _)| name.eq_ignore_ascii_case(key));
    parts(body).find(has_name).unwrap_or(body)
}

fn frequency(value: &str) -> Result<Frequency, &'static str> {
    match value {
        "DAILY" => Ok(Frequency::Daily),
        "WEEKLY" => Ok(Frequency::Weekly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "YEARLY" => Ok(Frequency::Yearly),
        _ => Err("write DAILY, WEEKLY, MONTHLY or YEARLY"),
    }
}

fn positive(text: &str) -> Result<u32, &'static str> {
    text.parse().ok().filter(|number| *number > 0).ok_or(NUMBER)
}

/// Reads a number that is not 0 and at most so far from it.
fn number(text: &str, most: i16) -> Option<i16> {
    text.parse().ok().filter(|number| *number != 0 && (-most..=most).contains(number))
}

fn list<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    text.split(',').map(read).collect()
}

fn weekday(name: &str) -> Option<Weekday> {
    let offset = WEEKDAY_NAMES.iter().position(|known| *known == name)?;
    Weekday::from_monday_zero_offset(i8::try_from(offset).ok()?).ok()
}

/// Writes a weekday as a rule does.
pub(super) fn weekday_name(weekday: Weekday) -> &'static str {
    WEEKDAY_NAMES[usize::from(weekday.to_monday_zero_offset().unsigned_abs())]
}

fn nth_weekday(text: &str) -> Option<NthWeekday> {
    let (nth, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let nth = if nth.is_empty() { None } else { Some(number(nth, 53)?) };
    Some(NthWeekday { nth, weekday: weekday(name)? })
}

/// Reads eight digits.
pub(crate) fn day(text: &str) -> Option<Date> {
    let is_stamp = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_stamp.then(|| text.parse().ok())?
}

fn until(text: &str) -> Option<Until> {
    if text.ends_with('Z') {
        text.parse().ok().map(Until::Instant)
    } else if text.contains('T') {
        text.parse().ok().map(Until::Local)
    } else {
        day(text).map(Until::Day)
    }
}
