//! Days in Chinese.

use jiff::civil::Date;

use super::{number, week, weekday};
use crate::quick_add::calendar::{self, Period};
use crate::quick_add::cursor::Cursor;
use crate::quick_add::error::QuickAddError;
use crate::quick_add::item::{Context, Days, Item, Kinds, Match, Need, Part};

/// Words that are a number of days from today.
const WORDS: [(&str, i64); 8] =
    [("大后天", 3), ("今天", 0), ("今日", 0), ("明天", 1), ("明日", 1), ("后天", 2), ("昨天", -1), ("昨日", -1)];

/// Words that are a day and a part of it.
const PARTS: [(&str, i64, Part); 4] =
    [("今晚", 0, Part::Tonight), ("明晚", 1, Part::Night), ("今早", 0, Part::Morning), ("明早", 1, Part::Morning)];

/// Reads what begins here.
pub(in crate::quick_add) fn read(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
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
    month_dates(cursor, context, found);
}

/// Reads `周五`, `这周五`, `下周五`.
fn weekdays(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    if let Some((day, end)) = week(cursor).and_then(weekday)
        && let Some(date) = calendar::next_weekday(context.today, day)
    {
        found.push(Match::new(end.at, Item::Days(Days { weekday: Some(day), ..Days::one(date) })));
    }
    let this = cursor.any_han(&["这个", "这", "本"]).map(|after| (0, after));
    let next = || cursor.any_han(&["下个", "下"]).map(|after| (1, after));
    let Some((weeks, after)) = this.or_else(next) else { return };
    let Some((day, end)) = week(after).and_then(weekday) else { return };
    if let Some(date) = calendar::weekday_of_week(context, day, weeks) {
        found.push(Match::day(end.at, date));
    }
}

/// Reads `下周`, `月底`, `这周末`, which count at the end only.
fn periods(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let next = cursor.any_han(&["下个", "下"]);
    let this = cursor.any_han(&["这个", "这", "本"]);
    let weekend = |cursor: Cursor<'_>| cursor.any_han(&["周末"]).map(|end| end.at);
    let next_week = next.and_then(week).filter(|after| weekday(*after).is_none() && after.text() != "末");
    let next_month = cursor.any_han(&["下个月", "下月"]);
    let all = [
        (next_week.map(|end| end.at), calendar::next_period(context, Period::Week)),
        (next_month.map(|end| end.at), calendar::next_period(context, Period::Month)),
        (cursor.any_han(&["月底", "本月底"]).map(|end| end.at), calendar::end_of(context, Period::Month)),
        (cursor.any_han(&["年底", "今年年底"]).map(|end| end.at), calendar::end_of(context, Period::Year)),
        (this.and_then(weekend), calendar::this_weekend(context)),
        (next.and_then(weekend), calendar::next_weekend(context)),
    ];
    let all = all.into_iter().filter_map(|(end, date)| end.zip(date));
    found.extend(all.map(|(end, date)| Match { at_end: true, ..Match::day(end, date) }));
    if let Some((end, date)) = weekend(cursor).zip(calendar::this_weekend(context)) {
        found.push(Match::day(end, date).needs(Need::Mark));
    }
}

/// Reads `12月1日`, `2026年12月1号`, and where they are marked `12月` and `15号`.
fn month_dates(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let Some((first, after)) = number(cursor) else { return };
    if let Some(end) = after.any(&["号", "日"])
        && let Some(date) = i8::try_from(first).ok().and_then(|day| calendar::next_in_month(context.today, day))
    {
        found.push(Match::day(end.at, date).needs(Need::Mark));
    }
    let (year, month, after) = match after.word("年").and_then(number) {
        Some((month, after)) => (Some(first), month, after),
        None => (None, first, after),
    };
    let Some(after) = after.word("月") else { return };
    let of = |day: i16| {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        match year {
            Some(year) => Date::new(year, month, day).ok(),
            None => calendar::next_in_year(context.today, month, day),
        }
    };
    found.extend(of(1).map(|date| Match::day(after.at, date).needs(Need::Mark)));
    let Some((day, end)) = number(after).and_then(|(day, end)| Some((day, end.any(&["日", "号"])?))) else { return };
    found.push(match of(day) {
        Some(date) => Match::new(end.at, Item::Days(Days { in_month: true, ..Days::one(date) })),
        None => {
            let error = QuickAddError::no_such(format!("there is no date {month}月{day}日"));
            Match::refused(end.at, Kinds::DATE, error).needs(Need::Mark)
        }
    });
}
