//! Days in Chinese.

use jiff::civil::Date;

use super::ahead::{ahead, month, years_ahead};
use super::{number, week, weekday};
use crate::quick_add::calendar::{self, Period};
use crate::quick_add::cursor::Cursor;
use crate::quick_add::item::{Context, Days, Item, Match, Need, Part};

/// Words for a number of days from today.
const WORDS: [(&str, i64); 8] =
    [("大后天", 3), ("今天", 0), ("今日", 0), ("明天", 1), ("明日", 1), ("后天", 2), ("昨天", -1), ("昨日", -1)];

/// Words for a day together with a part of it.
const PARTS: [(&str, i64, Part); 6] = [
    ("今晚", 0, Part::Tonight),
    ("今夜", 0, Part::Tonight),
    ("明晚", 1, Part::Night),
    ("后晚", 2, Part::Night),
    ("今早", 0, Part::Morning),
    ("明早", 1, Part::Morning),
];

/// Words that can precede a day.
const BEFORE: [&str; 4] = ["截止到", "截至到", "截止", "截至"];

/// Reads the phrases that start at the cursor.
pub(in crate::quick_add) fn read(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let is_apart = !cursor.glued();
    let before = cursor.any_han(&BEFORE).or_else(|| cursor.any(&["在", "于"]).filter(|_| is_apart));
    let cursor = before.unwrap_or(cursor);
    let plus = |days| calendar::plus_days(context.today, days);
    for (word, days) in WORDS {
        if let Some((end, date)) = cursor.han(word).zip(plus(days)) {
            found.push(Match::day(end.at, date));
        }
    }
    for (word, days, part) in PARTS {
        if let Some((end, date)) = cursor.han(word).zip(plus(days)) {
            found.push(Match::new(end.at, Item::DayPart(date, part)));
        }
    }
    weekdays(cursor, context, found);
    periods(cursor, context, found);
    super::month::read(cursor, context, found);
}

/// Reads `周五`, `这周五`, `下周五`. `上周五` is past, so the `周五` in it is not read without a mark.
fn weekdays(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    if let Some((day, end)) = week(cursor).and_then(weekday)
        && let Some(date) = calendar::next_weekday(context.today, day)
    {
        found.push(Match::new(end.at, Item::Days(Days { weekday: Some(day), ..Days::one(date) })));
    }
    let Some((weeks, after)) = ahead(cursor) else { return };
    let Some((day, end)) = week(after).and_then(weekday) else { return };
    if let Some(date) = calendar::weekday_of_week(context, day, weeks) {
        found.push(Match::day(end.at, date));
    }
}

/// Reads `下周`, `月底`, `这周末`, which count only at the end.
fn periods(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let ahead = ahead(cursor);
    let weekend = |cursor: Cursor<'_>| cursor.any_han(&["周末"]).map(|end| end.at);
    let mut at_end = |end: Option<usize>, date: Option<Date>| {
        found.extend(end.zip(date).map(|(end, date)| Match { at_end: true, ..Match::day(end, date) }));
    };
    if let Some((number @ 1.., after)) = ahead {
        let next_week = week(after).filter(|after| weekday(*after).is_none() && after.text() != "末");
        let weeks_later = |date: Option<Date>| date.and_then(|date| calendar::plus_days(date, (number - 1) * 7));
        at_end(next_week.map(|end| end.at), weeks_later(calendar::next_period(context, Period::Week)));
        at_end(after.any(&["月"]).map(|end| end.at), month(context, number));
        at_end(weekend(after), weeks_later(calendar::next_weekend(context)));
    }
    if let Some((0, after)) = ahead {
        at_end(weekend(after), calendar::this_weekend(context));
    }
    let (months, after) = ahead.unwrap_or((0, cursor));
    // In `12月底`, the month is not the current one.
    if cursor.previous().and_then(number).is_none_or(|(_, end)| end.at != cursor.at) {
        at_end(after.any_han(&["月底", "月末"]).map(|end| end.at), month(context, months).map(Date::last_of_month));
        let (years, after) = years_ahead(cursor).unwrap_or((0, cursor));
        let year_end =
            after.any_han(&["年底", "年末"]).or_else(|| if after.at > cursor.at { after.word("底") } else { None });
        at_end(year_end.map(|end| end.at), Date::new(context.today.year() + years, 12, 31).ok());
    }
    if let Some((end, date)) = weekend(cursor).zip(calendar::this_weekend(context)) {
        found.push(Match::day(end, date).needs(Need::Mark));
    }
}
