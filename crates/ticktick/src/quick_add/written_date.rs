//! Dates in digits: `2026-12-01`, `2026/12/01`, `01.12.2026`, `31/12`, with or without a time.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use super::calendar::next_in_year;
use super::cursor::Cursor;
use super::error::QuickAddError;
use super::item::{Context, DateOrder, Days, Item, Kinds, Match, Need};
use super::month_date::days;

/// Reads the phrases that start at the cursor.
pub(super) fn read(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    year_first(cursor, context, found);
    dotted(cursor, found);
    slashed(cursor, context, found);
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn day_or_refusal(date: Option<Date>, end: Cursor<'_>, text: &str) -> Match {
    match date {
        Some(date) => Match::new(end.at, Item::Days(Days { in_month: true, ..Days::one(date) })),
        None => {
            let error = QuickAddError::no_such(format!("there is no date {text}"));
            Match::refused(end.at, Kinds::DATE, error).needs(Need::Mark)
        }
    }
}

/// Reads `2026-12-01` or `2026/12/01`, a range of them, or one with a time.
fn year_first(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let Some((first, text, after)) = full(cursor) else { return };
    found.push(day_or_refusal(first, after, &text));
    let Some(first) = first else { return };
    let dots = after.sign(&["."]).and_then(|after| after.sign(&["."])).filter(|after| after.glued());
    range(first, dots.or_else(|| after.word("-")).and_then(full), found);
    with_time(first, after, context, found);
}

/// Adds a range to a day that was read.
fn range(first: Date, last: Option<(Option<Date>, String, Cursor<'_>)>, found: &mut Vec<Match>) {
    let Some((last, text, end)) = last else { return };
    found.push(last.map_or_else(|| day_or_refusal(None, end, &text), |last| days(first, last, end)));
}

/// Reads year, month and day.
fn full(cursor: Cursor<'_>) -> Option<(Option<Date>, String, Cursor<'_>)> {
    let (year, after) = cursor.exactly(4)?;
    let between = after.sign(&["-", "/"])?;
    let (month, after_month) = between.glued_digits(2)?;
    let (day, end) = after_month.sign(&[after.text()])?.glued_digits(2)?;
    Some((date(year, month, day), format!("{year}-{month:02}-{day:02}"), end))
}

/// Reads `T09:00`, or ` 09:00Z`, after a date. A time without an offset after a space is a phrase of its own, and so is
/// ` 10:00-11:00`, which is a range.
fn with_time(date: Date, after: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let t = after.sign(&["t"]);
    let start = t.filter(|after| after.glued()).unwrap_or(after);
    if t.is_none() && start.glued() {
        return;
    }
    let Some((hour, next)) = start.digits(2) else { return };
    let Some((minute, next)) = next.sign(&[":"]).and_then(|next| next.glued_digits(2)) else { return };
    let seconds = next.sign(&[":"]).and_then(|next| next.glued_digits(2));
    let next = seconds.map_or(next, |(_, next)| next);
    // Fractions of a second are dropped with the seconds.
    let fraction = || next.sign(&["."]).and_then(|next| next.glued_digits(4));
    let next = seconds.and_then(|_| fraction()).map_or(next, |(_, next)| next);
    let (Ok(hour), Ok(minute)) = (i8::try_from(hour), i8::try_from(minute)) else { return };
    if hour > 23 || minute > 59 {
        return;
    }
    let local = date.at(hour, minute, 0, 0);
    let is_range = t.is_none() && seconds.is_none() && next.sign(&["-"]).is_some();
    if let Some((offset, end)) = offset(next).filter(|_| !is_range) {
        let moment = TimeZone::fixed(offset).to_timestamp(local);
        let moment = moment.map(|moment| moment.to_zoned_datetime(context.now.time_zone().clone()));
        found.extend(moment.ok().map(|moment| Match::new(end.at, Item::Moment(moment))));
    } else if t.is_some() || seconds.is_some() {
        let moment = local.to_zoned_datetime(context.now.time_zone().clone());
        found.extend(moment.ok().map(|moment| Match::new(next.at, Item::Moment(moment))));
    }
}

/// Reads `Z`, `+01:00` or `+0100`.
fn offset(cursor: Cursor<'_>) -> Option<(Offset, Cursor<'_>)> {
    if let Some(after) = cursor.sign(&["z"]) {
        return Some((Offset::UTC, after));
    }
    let after = cursor.sign(&["+", "-"])?;
    let (hours, minutes, end) = match after.exactly(4) {
        Some((digits, end)) => (digits / 100, digits % 100, end),
        None => {
            let (hours, next) = after.exactly(2)?;
            let minutes = next.sign(&[":"]).and_then(|next| next.exactly(2));
            minutes.map_or((hours, 0, next), |(minutes, end)| (hours, minutes, end))
        }
    };
    let seconds = i32::from(hours) * 3600 + i32::from(minutes) * 60;
    let seconds = if cursor.text() == "-" { -seconds } else { seconds };
    Some((Offset::from_seconds(seconds).ok().filter(|_| after.glued() && minutes < 60)?, end))
}

/// Reads `01.12.2026` or `01.12.2026 - 05.12.2026`.
fn dotted(cursor: Cursor<'_>, found: &mut Vec<Match>) {
    let Some((first, text, end)) = full_dotted(cursor) else { return };
    found.push(day_or_refusal(first, end, &text));
    if let Some(first) = first {
        range(first, end.word("-").and_then(full_dotted), found);
    }
}

/// Reads day, month and year.
fn full_dotted(cursor: Cursor<'_>) -> Option<(Option<Date>, String, Cursor<'_>)> {
    let (day, after) = cursor.digits(2)?;
    let (month, after) = after.sign(&["."])?.glued_digits(2)?;
    let (year, end) = after.sign(&["."])?.glued_digits(4).filter(|(year, _)| *year > 999)?;
    Some((date(year, month, day), format!("{day:02}.{month:02}.{year}"), end))
}

/// Reads `31/12` or `31/12/2026`, which count only after a mark.
fn slashed(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let Some((first, after)) = cursor.digits(2) else { return };
    let Some((second, after)) = after.sign(&["/"]).and_then(|after| after.glued_digits(2)) else { return };
    let year = after.sign(&["/"]).and_then(|after| after.glued_digits(4)).filter(|(year, _)| *year > 999);
    let end = year.map_or(after, |(_, end)| end);
    let of = |day: i16, month: i16| match year {
        Some((year, _)) => date(year, month, day),
        None => next_in_year(context.today, i8::try_from(month).ok()?, i8::try_from(day).ok()?),
    };
    let (day_first, month_first) = (of(first, second), of(second, first));
    let text = format!("{first}/{second}");
    let matched = match (day_first, month_first, context.order) {
        (Some(one), Some(other), None) if one != other => {
            let error = QuickAddError::ambiguous(format!("\"{text}\" can mean {one} or {other}"));
            Match::refused(end.at, Kinds::DATE, error.write([one.to_string(), other.to_string()]))
        }
        (Some(date), None, _) | (Some(date), _, Some(DateOrder::Dmy) | None) | (None | Some(_), Some(date), _) => {
            day_or_refusal(Some(date), end, &text)
        }
        (None, None, _) => day_or_refusal(None, end, &text),
    };
    found.push(matched.needs(Need::Mark));
}
