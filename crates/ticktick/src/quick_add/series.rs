//! Repeats: the rule, and the first date of a series.

use jiff::civil::Date;
use ticktick_models::{Recurrence, RepeatFrom};

use super::calendar::plus_days;
use super::error::QuickAddError;
use super::item::{Context, End, From, Rule};
use super::parsed::Repeat;
use super::{time, words};

/// Converts a rule as written.
pub(super) fn repeat(rule: &Rule) -> Result<Repeat, QuickAddError> {
    let from = match rule.from {
        Some(From::Due) => RepeatFrom::DueDate,
        Some(From::Completion) => RepeatFrom::Completion,
        None => RepeatFrom::Calendar,
    };
    let limited = || {
        let recurrence = Recurrence::parse(&format!("RRULE:{}", rule.parts))?;
        match rule.end {
            Some(End::Count(count)) => recurrence.times(count),
            Some(End::Until(until)) => recurrence.until(until),
            // The last day is not known yet.
            Some(End::After(_)) | None => Ok(recurrence),
        }
    };
    let rule = limited().map_err(|error| QuickAddError::unknown(format!("invalid repeat: {error}")))?;
    Ok(Repeat { rule, from })
}

/// Returns whether a repeat names its days, so that the day of a midnight matters.
pub(super) fn is_on_certain_days(repeat: &Repeat) -> bool {
    repeat.rule.as_str().contains(";BY")
}

/// Returns the first date on or after a day that the rule without interval and limits matches.
fn matching(repeat: &Repeat, from: Date) -> Option<Date> {
    let parts = repeat.rule.as_str().split(';').filter(|part| {
        let name = part.split('=').next().unwrap_or_default();
        !["INTERVAL", "COUNT", "UNTIL"].contains(&name)
    });
    let every = Recurrence::parse(&parts.collect::<Vec<_>>().join(";")).ok()?;
    every.occurrences(from).ok()?.next()
}

/// Returns the first date that is not in the past.
pub(super) fn first(
    repeat: &Repeat,
    starting: Option<Date>,
    minutes: Option<i32>,
    context: &Context,
) -> Result<Date, QuickAddError> {
    let none = || QuickAddError::no_such("the repeat has no date").write(["starting dec 1"]);
    let earliest = starting.unwrap_or(context.today).max(context.today);
    let date = matching(repeat, earliest).ok_or_else(none)?;
    match minutes {
        Some(minutes) if time::place(date, minutes, context)? < context.now => {
            matching(repeat, plus_days(date, 1).ok_or_else(none)?).ok_or_else(none)
        }
        _ => Ok(date),
    }
}

/// Checks that a series can start on a date.
pub(super) fn check(repeat: &Repeat, date: Date, starting: Option<Date>) -> Result<(), QuickAddError> {
    if let Some(starting) = starting.filter(|starting| *starting > date) {
        return Err(QuickAddError::contradiction(format!("the date {date} is before the start {starting}")));
    }
    // Rules that cannot be computed are left to the service.
    if let Some(next) = matching(repeat, date).filter(|next| *next != date) {
        let (day, next_day) = (words::long(date.weekday()), words::long(next.weekday()));
        let reason = format!("{day} {date} is not an occurrence of \"{}\"", repeat.rule.describe());
        return Err(QuickAddError::contradiction(reason).write([format!("{next} ({next_day})")]));
    }
    let ends = repeat.rule.rule().and_then(|rule| rule.until);
    if let Some(until) = ends.map(|until| until.last_day(&jiff::tz::TimeZone::UTC)).filter(|until| *until < date) {
        return Err(QuickAddError::contradiction(format!("the repeat ends on {until}, before its first date {date}")));
    }
    Ok(())
}
