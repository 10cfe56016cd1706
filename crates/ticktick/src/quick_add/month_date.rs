//! Days of a month in English: `mar 6`, `6th of march`, `dec 28-jan 3`, `the 15th`.

use jiff::civil::Date;

use super::calendar::{next_in_month, next_in_year};
use super::cursor::Cursor;
use super::error::QuickAddError;
use super::item::{Context, Days, Item, Kinds, Match, Need};
use super::words::{month, ordinal_digits};

/// Reads the phrases that start at the cursor. A bare ordinal counts only after `on`, `by` or `due`.
pub(super) fn read(cursor: Cursor<'_>, has_company: bool, context: &Context, found: &mut Vec<Match>) {
    if let Some((month, after)) = month(cursor) {
        if let Some(date) = next_in_year(context.today, month, 1) {
            found.push(Match::day(after.at, date).needs(Need::Mark));
        }
        if let Some((day, after)) = day(after.skip(&["the"])) {
            dated(month, day, after, context, found);
            to_day(month, day, after, context, found);
            to_month_day((month, day), after, context, found);
        }
    }
    let the = cursor.skip(&["the"]);
    let Some((first, after)) = day(the) else { return };
    if let Some((month, after)) = month(after.skip(&["of"])) {
        dated(month, first, after, context, found);
        to_month_day((month, first), after, context, found);
    }
    let range = after.word("-").and_then(day);
    if let Some((last, (month, end))) = range.and_then(|(last, after)| Some((last, month(after.skip(&["of"]))?))) {
        let years = with_year(end).map_or(vec![(None, end)], |(year, later)| vec![(None, end), (Some(year), later)]);
        for (year, end) in years {
            range_in_month(month, (first, last), year, end, context, found);
        }
    }
    if let Some((day, after)) = ordinal_digits(the) {
        bare_ordinal(day, after, has_company, context, found);
    }
}

/// Reads a day of a month, with or without `th`.
fn day(cursor: Cursor<'_>) -> Option<(i8, Cursor<'_>)> {
    let (day, after) = ordinal_digits(cursor).or_else(|| cursor.digits(2))?;
    Some((i8::try_from(day).ok().filter(|day| *day > 0)?, after))
}

/// Reads a year, with or without a comma before it.
fn with_year(cursor: Cursor<'_>) -> Option<(i16, Cursor<'_>)> {
    let after = cursor.sign(&[","]).unwrap_or(cursor);
    after.exactly(4).filter(|(year, after)| (1900..2200).contains(year) && !after.glued())
}

/// Adds a day of a month, once without and once with the year that follows.
fn dated(month: i8, day: i8, after: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    single(next_in_year(context.today, month, day), (month, day), after, found);
    if let Some((year, end)) = with_year(after) {
        single(Date::new(year, month, day).ok(), (month, day), end, found);
    }
}

fn single(date: Option<Date>, (month, day): (i8, i8), end: Cursor<'_>, found: &mut Vec<Match>) {
    found.push(match date {
        Some(date) => Match::new(end.at, Item::Days(Days { in_month: true, ..Days::one(date) })),
        None => no_date(end, month, day),
    });
}

fn no_date(end: Cursor<'_>, month: i8, day: i8) -> Match {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let name = usize::try_from(month - 1).ok().and_then(|index| NAMES.get(index)).unwrap_or(&"month");
    let error = QuickAddError::no_such(format!("there is no date {day} {name}"));
    Match::refused(end.at, Kinds::DATE, error).needs(Need::Mark)
}

/// Reads `-5` after `dec 1`.
fn to_day(month: i8, first: i8, after: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let Some((last, end)) = after.word("-").and_then(day) else { return };
    range_in_month(month, (first, last), None, end, context, found);
    if let Some((year, end)) = with_year(end) {
        range_in_month(month, (first, last), Some(year), end, context, found);
    }
}

fn range_in_month(
    month: i8,
    (first, last): (i8, i8),
    year: Option<i16>,
    end: Cursor<'_>,
    context: &Context,
    found: &mut Vec<Match>,
) {
    let start = match year {
        Some(year) => Date::new(year, month, first).ok(),
        None => next_in_year(context.today, month, first),
    };
    let last_date = start.and_then(|start| Date::new(start.year(), month, last).ok());
    found.push(match start.zip(last_date) {
        Some((first, last)) => days(first, last, end),
        None => no_date(end, month, if start.is_none() { first } else { last }),
    });
}

/// Reads `jan 3` or `3 jan`.
fn month_and_day(cursor: Cursor<'_>) -> Option<(i8, i8, Cursor<'_>)> {
    if let Some((month, after)) = month(cursor) {
        return day(after).map(|(day, end)| (month, day, end));
    }
    let (day, after) = day(cursor)?;
    month(after).map(|(month, end)| (month, day, end))
}

/// Reads `-jan 3` after `dec 28`, or `-3 jan` after `28 dec`, each with or without a year.
fn to_month_day(first: (i8, i8), after: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let (year, after) = with_year(after).map_or((None, after), |(year, after)| (Some(year), after));
    let Some((month, day, end)) = after.word("-").and_then(month_and_day) else { return };
    range_of_months((year, first), (None, (month, day)), end, context, found);
    if let Some((last_year, end)) = with_year(end) {
        range_of_months((year, first), (Some(last_year), (month, day)), end, context, found);
    }
}

/// Adds a range from one month to another. The year of the end is also that of the start, unless that would be later.
fn range_of_months(
    (year, first): (Option<i16>, (i8, i8)),
    (last_year, last): (Option<i16>, (i8, i8)),
    end: Cursor<'_>,
    context: &Context,
    found: &mut Vec<Match>,
) {
    let in_year = |year: i16, (month, day): (i8, i8)| Date::new(year, month, day).ok();
    let start = match (year, last_year) {
        (Some(year), _) => in_year(year, first),
        (None, Some(last_year)) => in_year(if first > last { last_year - 1 } else { last_year }, first),
        (None, None) => next_in_year(context.today, first.0, first.1),
    };
    let last_date = match last_year {
        Some(last_year) => in_year(last_year, last),
        None => start.and_then(|start| next_in_year(start, last.0, last.1)),
    };
    found.push(match start.zip(last_date) {
        Some((first, last)) => days(first, last, end),
        None if start.is_none() => no_date(end, first.0, first.1),
        None => no_date(end, last.0, last.1),
    });
}

/// Returns a range of days, which must not end before it starts.
pub(super) fn days(first: Date, last: Date, end: Cursor<'_>) -> Match {
    if first > last {
        let error = QuickAddError::contradiction(format!("the range ends on {last}, before it starts on {first}"));
        return Match::refused(end.at, Kinds::DATE, error);
    }
    Match::new(end.at, Item::Days(Days { last, in_month: true, ..Days::one(first) }))
}

fn bare_ordinal(day: i16, end: Cursor<'_>, has_company: bool, context: &Context, found: &mut Vec<Match>) {
    let date = i8::try_from(day).ok().and_then(|day| next_in_month(context.today, day));
    let need = if has_company { Need::Nothing } else { Need::Mark };
    found.push(match date {
        Some(date) => Match::new(end.at, Item::Days(Days { in_month: true, ..Days::one(date) })).needs(need),
        None => {
            let error = QuickAddError::no_such(format!("no month has a day {day}"));
            Match::refused(end.at, Kinds::DATE, error).needs(Need::Mark)
        }
    });
}
