//! Days of a month in Chinese: `12月1日`, `下个月15号`, `12月1日到5日`, `12月底`.

use jiff::civil::Date;

use super::ahead::{ahead, month, years_ahead};
use super::number;
use crate::quick_add::calendar;
use crate::quick_add::cursor::Cursor;
use crate::quick_add::error::QuickAddError;
use crate::quick_add::item::{Context, Days, Item, Kinds, Match, Need};
use crate::quick_add::month_date::days;

/// Words between the days of a range.
const TO: [&str; 6] = ["到", "至", "-", "~", "～", "—"];

/// Reads the phrases that start at the cursor. `12月` and `15号` count only after a mark.
pub(super) fn read(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    ends(cursor, context, found);
    if let Some((months, after)) = ahead(cursor).and_then(|(months, after)| Some((months, after.word("月")?))) {
        if let Some(first) = month(context, months) {
            in_month(Some(first.year()), first.month().into(), after, context, found);
        }
        return;
    }
    if let Some((years, (first, after))) = years_ahead(cursor).and_then(|(years, after)| Some((years, number(after)?)))
    {
        return dated(Some(context.today.year() + years), first, after, context, found);
    }
    let Some((first, after)) = number(cursor) else { return };
    if let Some(end) = after.any(&["号", "日"])
        && let Some(date) = i8::try_from(first).ok().and_then(|day| calendar::next_in_month(context.today, day))
    {
        found.push(Match::day(end.at, date).needs(Need::Mark));
    }
    match after.word("年").and_then(number) {
        Some((month, after)) => dated(Some(first), month, after, context, found),
        None => dated(None, first, after, context, found),
    }
}

/// Reads `12月底`, `明年3月底` and `2027年底`, which count only at the end.
fn ends(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let last_of = |year: i16, month: i16| Some(Date::new(year, i8::try_from(month).ok()?, 1).ok()?.last_of_month());
    let (years, after) = years_ahead(cursor).map_or((None, cursor), |(years, after)| (Some(years), after));
    let Some((number, after)) = number(after) else { return };
    let this_year = context.today.year();
    let of_month = after.any_han(&["月底", "月末"]).zip(match years {
        Some(years) => last_of(this_year + years, number),
        None => last_of(this_year, number)
            .and_then(|date| if date >= context.today { Some(date) } else { last_of(this_year + 1, number) }),
    });
    let of_year = after.any_han(&["年底", "年末"]).filter(|_| years.is_none() && number > 999);
    let of_year = of_year.and_then(|end| Some((end, Date::new(number, 12, 31).ok()?)));
    let all = of_month.into_iter().chain(of_year);
    found.extend(all.map(|(end, date)| Match { at_end: true, ..Match::day(end.at, date) }));
}

/// Reads `月1日` after the number of a month, or only `月` after a mark.
fn dated(year: Option<i16>, month: i16, after: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let Some(after) = after.word("月") else { return };
    found.extend(date(year, month, 1, context.today).map(|date| Match::day(after.at, date).needs(Need::Mark)));
    in_month(year, month, after, context, found);
}

/// Returns the date of a day. Without a year, takes the first year that has this day.
fn date(year: Option<i16>, month: i16, day: i16, from: Date) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    match year {
        Some(year) => Date::new(year, month, day).ok(),
        None => calendar::next_in_year(from, month, day),
    }
}

/// Reads `1日` or `1日到5日` after a month.
fn in_month(year: Option<i16>, month: i16, after: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let Some((day, after)) = number(after) else { return };
    let first = date(year, month, day, context.today);
    let day_end = after.any(&["日", "号"]);
    if let Some(end) = day_end {
        found.push(match first {
            Some(date) => Match::new(end.at, Item::Days(Days { in_month: true, ..Days::one(date) })),
            None => no_date(month, day, end),
        });
    }
    let Some(first) = first else { return };
    let Some((last, last_day)) = day_end.unwrap_or(after).any(&TO).and_then(number) else { return };
    // In `12月1日到12月5日`, the number is a month.
    let (last_month, (last, last_day)) = match last_day.word("月").and_then(number) {
        Some(day) => (last, day),
        None => (month, (last, last_day)),
    };
    let Some(end) = last_day.any(&["日", "号"]) else { return };
    let last_date = if last_month == month {
        date(Some(first.year()), month, last, first)
    } else {
        date(None, last_month, last, first)
    };
    found.push(last_date.map_or_else(|| no_date(last_month, last, end), |last| days(first, last, end)));
}

fn no_date(month: i16, day: i16, end: Cursor<'_>) -> Match {
    let error = QuickAddError::no_such(format!("there is no date {month}月{day}日"));
    Match::refused(end.at, Kinds::DATE, error).needs(Need::Mark)
}
