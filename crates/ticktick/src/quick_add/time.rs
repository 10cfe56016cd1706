//! Clock times, resolved and placed on a day.

use jiff::civil::Date;
use jiff::{ToSpan, ZonedDateTime};

use super::calendar::plus_days;
use super::error::QuickAddError;
use super::item::{Clock, Context, Length, Part, Sure, Tick};
use super::words;

/// Minutes of a day.
const DAY: i32 = 24 * 60;

/// When something starts and ends, in minutes from midnight. An end on the next day is later than a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) start: i32,
    pub(super) end: Option<i32>,
}

/// Resolves a clock time with the help of the part of the day.
pub(super) fn times(clock: Option<&Clock>, part: Option<Part>) -> Result<Option<Times>, QuickAddError> {
    let Some(clock) = clock else {
        let hour = part.and_then(Part::hour);
        return Ok(hour.map(|hour| Times { start: i32::from(hour) * 60, end: None }));
    };
    let start = match part {
        Some(_) if clock.midnight => clock.start,
        Some(part) => part.decide(clock.start).ok_or_else(|| disagree(clock, part))?,
        None if clock.start.sure == Sure::Bare => return Err(ambiguous(clock)),
        None => clock.start,
    };
    let shifted = start.minutes() != clock.start.minutes();
    let start = start.minutes();
    let Some(end) = clock.end else { return Ok(Some(Times { start, end: None })) };
    let end = match end.sure {
        Sure::Bare => nearest_after(start, end),
        Sure::Minutes if shifted => nearest_after(start, end),
        _ if end.minutes() > start => end.minutes(),
        _ => end.minutes() + DAY,
    };
    if end > DAY && end - start > DAY / 2 {
        let reason = format!("the end of {} would be {} hours later", clock.text, (end - start) / 60);
        return Err(QuickAddError::contradiction(reason));
    }
    Ok(Some(Times { start, end: Some(end) }))
}

/// Returns the first time after the start at this hour, in either half of the day.
fn nearest_after(start: i32, end: Tick) -> i32 {
    let early = i32::from(end.hour % 12) * 60 + i32::from(end.minute);
    let later = (0..5).map(|half| early + half * DAY / 2);
    later.into_iter().find(|end| *end > start).unwrap_or(early)
}

fn ambiguous(clock: &Clock) -> QuickAddError {
    let Tick { hour, minute, .. } = clock.start;
    let exact = format!("{hour:02}:{minute:02}");
    let text = &clock.text;
    let readings = match (text.strip_prefix("at "), hour) {
        (Some(_), 12) => ["12pm".to_owned(), "12am".to_owned(), exact],
        (Some(_), _) => [format!("{hour}am"), format!("{hour}pm"), exact],
        (None, 12) => [format!("中午{text}"), format!("晚上{text}"), exact],
        (None, _) => [format!("上午{text}"), format!("下午{text}"), exact],
    };
    let [first, second, third] = &readings;
    QuickAddError::ambiguous(format!("\"{}\" can mean {first}, {second} or {third}", clock.text)).write(readings)
}

fn disagree(clock: &Clock, part: Part) -> QuickAddError {
    let name = match part {
        Part::SmallHours => "in the small hours",
        Part::Morning => "in the morning",
        Part::Noon => "at noon",
        Part::Afternoon => "in the afternoon",
        Part::Dusk | Part::Evening => "in the evening",
        Part::Night => "at night",
        Part::Tonight => "tonight",
    };
    QuickAddError::contradiction(format!("\"{}\" is not {name}", clock.text))
}

/// Returns the exact time of a clock time on a day. A skipped time moves forward by the gap; of two, the first counts.
pub(super) fn place(date: Date, minutes: i32, context: &Context) -> Result<ZonedDateTime, QuickAddError> {
    let date = plus_days(date, i64::from(minutes / DAY));
    let (hour, minute) = (minutes % DAY / 60, minutes % 60);
    let at = date.zip(i8::try_from(hour).ok().zip(i8::try_from(minute).ok()));
    let moment = at.and_then(|(date, (hour, minute))| {
        date.at(hour, minute, 0, 0).to_zoned_datetime(context.now.time_zone().clone()).ok()
    });
    moment.ok_or_else(QuickAddError::out_of_range)
}

/// Returns the next day on which this time is not past.
pub(super) fn next(minutes: i32, context: &Context) -> Result<Date, QuickAddError> {
    if place(context.today, minutes, context)? >= context.now {
        return Ok(context.today);
    }
    plus_days(context.today, 1).ok_or_else(QuickAddError::out_of_range)
}

/// Returns the end of an event that starts at this time.
pub(super) fn end_of(start: &ZonedDateTime, length: Length) -> Result<ZonedDateTime, QuickAddError> {
    match length {
        Length::Minutes(minutes) => start.checked_add(minutes.minutes()).map_err(|_| QuickAddError::out_of_range()),
        Length::Days(_) => {
            let error = QuickAddError::contradiction("a number of days cannot follow a time");
            Err(error.write(["fri for 2 days", "fri 9am for 2 hours"]))
        }
    }
}

/// Refuses midnight in a repeat that names its days.
pub(super) fn ambiguous_midnight() -> QuickAddError {
    let error = QuickAddError::ambiguous("midnight of a repeat can mean the start or the end of its days");
    error.write(["at 00:00", "at 23:59"])
}

/// Returns the day that starts at the midnight of a date. Only the midnight of today is clear: it is the coming one.
pub(super) fn midnight_of(date: Date, context: &Context) -> Result<Date, QuickAddError> {
    let next = plus_days(date, 1).ok_or_else(QuickAddError::out_of_range)?;
    if date == context.today {
        return Ok(next);
    }
    let short = |date: Date| words::long(date.weekday()).to_lowercase().chars().take(3).collect::<String>();
    let (start, end) = (format!("{} 00:00", short(date)), format!("{} 00:00", short(next)));
    let reason = format!("midnight of {date} can mean its start or its end");
    Err(QuickAddError::ambiguous(reason).write([start, end]))
}
