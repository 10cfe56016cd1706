//! Combines the phrases of a line: date, time, repeat and reminders.

use jiff::civil::Date;
use ticktick_models::Due;

use super::calendar::plus_days;
use super::error::QuickAddError;
use super::item::{Clock, Context, Days, Early, Item, Length, Part, Rule};
use super::parsed::{DateValue, QuickReminder, Repeat};
use super::time::{self, Times};
use super::{series, words};

/// The fields that flags set.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    pub(super) due: Option<DateValue>,
    pub(super) repeat: Option<Repeat>,
}

/// The fields that the phrases set.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    pub(super) due: Option<DateValue>,
    pub(super) repeat: Option<Repeat>,
    pub(super) reminders: Vec<QuickReminder>,
}

/// The phrases of a line, by kind.
#[derive(Default)]
struct Sorted<'a> {
    days: Vec<Days>,
    moment: Option<&'a jiff::ZonedDateTime>,
    clock: Option<&'a Clock>,
    part: Option<Part>,
    rule: Option<Rule>,
    limits: Vec<&'a Rule>,
    length: Option<Length>,
    reminders: Vec<Early>,
}

/// Combines the phrases of a line.
pub(super) fn compose(items: &[&Item], given: Given, context: &Context) -> Result<Fields, QuickAddError> {
    let mut sorted = sort(items)?;
    if let Some(rule) = &mut sorted.rule {
        sorted.limits.iter().try_for_each(|limit| rule.merge(limit))?;
    }
    let starting = sorted.rule.as_ref().and_then(|rule| rule.starting);
    let mut repeat = sorted.rule.as_ref().map(series::repeat).transpose()?.or(given.repeat);
    let due = match given.due {
        Some(DateValue::Clear) => None,
        Some(DateValue::Due(due)) => Some(due),
        None => due(&sorted, repeat.as_ref(), starting, context)?,
    };
    if let Some((rule, due)) = sorted.rule.as_mut().zip(due.as_ref()) {
        rule.end_from(due.start_date())?;
        repeat = Some(series::repeat(rule)?);
    }
    if let Some(repeat) = &repeat {
        let due = due.as_ref().ok_or_else(|| QuickAddError::missing("a repeating task needs a date"))?;
        series::check(repeat, due.start_date(), starting)?;
    }
    let reminders = reminders(&sorted.reminders, due.as_ref(), context)?;
    Ok(Fields { due: due.map(DateValue::Due), repeat, reminders })
}

fn sort<'a>(items: &[&'a Item]) -> Result<Sorted<'a>, QuickAddError> {
    let mut sorted = Sorted::default();
    for item in items {
        match item {
            Item::Days(days) => sorted.days.push(days.clone()),
            Item::Moment(moment) => {
                sorted.days.push(Days::one(moment.date()));
                sorted.moment = Some(moment);
            }
            Item::Clock(clock) => sorted.clock = Some(clock),
            Item::Part(part) => sorted.part = Some(*part),
            Item::DayPart(date, part) => {
                sorted.days.push(Days::one(*date));
                sorted.part = Some(*part);
            }
            Item::Repeat(rule) => sorted.rule = Some(rule.clone()),
            Item::Limit(limit) => sorted.limits.push(limit),
            Item::Length(length) => sorted.length = Some(*length),
            Item::Remind(early) => sorted.reminders.extend(early),
            Item::Refused(_, error) => return Err(error.clone()),
        }
    }
    Ok(sorted)
}

/// Returns the one date that all dates of the line agree on.
fn agree(days: &[Days]) -> Result<Option<Days>, QuickAddError> {
    let dates = || days.iter().filter(|days| days.weekday.is_none());
    let Some(first) = dates().next().or(days.first()) else { return Ok(None) };
    let span = |days: &Days| {
        if days.first == days.last { days.first.to_string() } else { format!("{} to {}", days.first, days.last) }
    };
    for other in days {
        let (date, name) = (first.first, words::long(first.first.weekday()));
        match other.weekday {
            Some(weekday) if weekday != date.weekday() && first.weekday.is_none() => {
                let reason = format!("{date} is a {name}, not a {}", words::long(weekday));
                return Err(
                    QuickAddError::contradiction(reason).write([date.to_string(), words::long(weekday).to_lowercase()])
                );
            }
            Some(_) if first.weekday.is_none() => {}
            _ if (other.first, other.last) != (first.first, first.last) => {
                let (one, other) = (span(first), span(other));
                return Err(QuickAddError::contradiction(format!("the line has two dates, {one} and {other}")));
            }
            _ => {}
        }
    }
    Ok(Some(first.clone()))
}

fn due(
    sorted: &Sorted<'_>,
    repeat: Option<&Repeat>,
    starting: Option<Date>,
    context: &Context,
) -> Result<Option<Due>, QuickAddError> {
    let days = agree(&sorted.days)?;
    if let Some(moment) = sorted.moment {
        let end = sorted.length.map(|length| time::end_of(moment, length)).transpose()?;
        return end.map_or(Ok(Due::at(moment.clone())), |end| range(moment.clone(), end)).map(Some);
    }
    let times = time::times(sorted.clock, sorted.part)?;
    if let Some(days) = days.as_ref().filter(|days| days.first < days.last) {
        if times.is_some() || sorted.length.is_some() {
            return Err(QuickAddError::contradiction("a range of days has no time"));
        }
        return Due::days(days.first..=days.last).map(Some).map_err(|_| QuickAddError::out_of_range());
    }
    let date = days.map(|days| days.first);
    match times {
        Some(times) => timed(sorted, times, date, repeat, starting, context),
        None => {
            let first = || repeat.map(|repeat| series::first(repeat, starting, None, context)).transpose();
            all_day(sorted, date.map_or_else(first, |date| Ok(Some(date)))?)
        }
    }
}

fn all_day(sorted: &Sorted<'_>, date: Option<Date>) -> Result<Option<Due>, QuickAddError> {
    match (date, sorted.length) {
        (Some(date), Some(Length::Days(amount))) => {
            let last = amount.after(date).and_then(|end| plus_days(end, -1)).ok_or_else(QuickAddError::out_of_range)?;
            Due::days(date..=last).map(Some).map_err(|_| QuickAddError::out_of_range())
        }
        (_, Some(_)) => {
            let error = QuickAddError::missing("a duration needs a start time");
            Err(error.write(["tomorrow 9am for 20m"]))
        }
        (date, None) => Ok(date.map(Due::day)),
    }
}

fn timed(
    sorted: &Sorted<'_>,
    times: Times,
    date: Option<Date>,
    repeat: Option<&Repeat>,
    starting: Option<Date>,
    context: &Context,
) -> Result<Option<Due>, QuickAddError> {
    if sorted.part == Some(Part::Tonight) && sorted.clock.is_none() && sorted.length.is_none() {
        let evening = time::place(context.today, times.start, context)?;
        if context.now > evening {
            return Ok(date.map(Due::day));
        }
    }
    let midnight = sorted.clock.is_some_and(|clock| clock.midnight);
    let date = match (date, repeat) {
        (None, Some(repeat)) if midnight && series::is_on_certain_days(repeat) => {
            return Err(time::ambiguous_midnight());
        }
        (Some(date), _) if midnight => time::midnight_of(date, context)?,
        (None, None) if midnight => plus_days(context.today, 1).ok_or_else(QuickAddError::out_of_range)?,
        (Some(date), _) => date,
        (None, Some(repeat)) => series::first(repeat, starting, Some(times.start), context)?,
        (None, None) => time::next(times.start, context)?,
    };
    let start = time::place(date, times.start, context)?;
    let end = match (times.end, sorted.length) {
        (Some(_), Some(_)) => return Err(QuickAddError::contradiction("the line has both a duration and an end time")),
        (Some(end), None) => Some(time::place(date, end, context)?),
        (None, Some(length)) => Some(time::end_of(&start, length)?),
        (None, None) => None,
    };
    end.map_or(Ok(Due::at(start.clone())), |end| range(start, end)).map(Some)
}

fn range(start: jiff::ZonedDateTime, end: jiff::ZonedDateTime) -> Result<Due, QuickAddError> {
    Due::range(start, end).map_err(|_| QuickAddError::contradiction("the end is before the start"))
}

fn reminders(early: &[Early], due: Option<&Due>, context: &Context) -> Result<Vec<QuickReminder>, QuickAddError> {
    let mut found: Vec<QuickReminder> = Vec::new();
    for early in early {
        let all_day = due.ok_or_else(|| QuickAddError::missing("a reminder needs a date"))?.is_all_day();
        let reminder = match *early {
            Early::Before { days, hours: 0, minutes: 0 } if all_day && days > 0 => {
                QuickReminder::OnDay { days, at: context.day_reminder }
            }
            Early::Before { .. } if all_day => {
                let reason = "a task without a time cannot have a reminder in minutes or hours before it";
                return Err(QuickAddError::contradiction(reason).write([
                    "remind 9am",
                    "remind 1d 6pm",
                    "fri 9am remind 10m",
                ]));
            }
            Early::OnDay { .. } if !all_day => {
                let reason = "a task with a time needs a reminder before it, not at a time of day";
                return Err(QuickAddError::contradiction(reason).write(["remind 10m", "remind 1d"]));
            }
            Early::Before { days, hours, minutes } => QuickReminder::Before { days, hours, minutes },
            Early::OnDay { days, at } => QuickReminder::OnDay { days, at },
        };
        if !found.contains(&reminder) {
            found.push(reminder);
        }
    }
    Ok(found)
}
