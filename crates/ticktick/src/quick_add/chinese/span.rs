//! Amounts of time in Chinese: from now, how long, and how long before.

use super::number;
use crate::quick_add::amount::{Amount, Unit};
use crate::quick_add::cursor::Cursor;
use crate::quick_add::item::{Context, Early, Item, Length, Match};
use crate::quick_add::remind::{early, time};

/// Reads the phrases that start at the cursor.
pub(in crate::quick_add) fn read(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    if let Some((amount, after)) = amount(cursor)
        && let Some(end) = after.any_han(&["后", "之后", "以后"])
    {
        if amount.is_of_days() {
            found.extend(amount.after(context.today).map(|date| Match::day(end.at, date)));
        } else {
            let moment = amount.after_now(&context.now);
            found.extend(moment.map(|moment| Match::new(end.at, Item::Moment(moment))));
        }
    }
    if let Some((amount, end)) = cursor.han("持续").and_then(amount)
        && !amount.is_zero()
    {
        let minutes = Length::Minutes(amount.in_minutes());
        let length = if amount.is_of_days() { Length::Days(amount) } else { minutes };
        found.push(Match::new(end.at, Item::Length(length)));
    }
    if let Some((amount, end)) = cursor.han("提前").and_then(amount)
        && let Some(before) = early(amount)
    {
        reminder(before, end, context, found);
    }
}

/// Adds a reminder, with or without a clock time and `提醒`.
fn reminder(before: Early, end: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let mut ends = vec![(before, end)];
    if let Early::Before { days: days @ 1.., .. } = before
        && let Some((at, end)) = time(end, context)
    {
        ends.push((Early::OnDay { days, at }, end));
    }
    for (early, end) in ends {
        let with_word = end.any_han(&["提醒我", "提醒"]);
        let all = std::iter::once(end).chain(with_word);
        found.extend(all.map(|end| Match::new(end.at, Item::Remind(vec![early]))));
    }
}

/// Reads `3天`, `两周`, `一个半小时`, `1小时30分钟`, `半年`, `一刻钟`.
fn amount(cursor: Cursor<'_>) -> Option<(Amount, Cursor<'_>)> {
    if let Some(end) = cursor.any_han(&["半小时", "半个小时", "半个钟头"]) {
        return Some((Amount { minutes: 30, ..Amount::default() }, end));
    }
    if let Some(end) = cursor.han("半年") {
        return Some((Amount::days(6, Unit::Month), end));
    }
    let (value, after) = number(cursor)?;
    let value = i64::from(value);
    let measure = after.skip(&["个"]);
    let none = Amount::default();
    if let Some(end) = measure.han("半小时") {
        return Some((Amount { hours: value, minutes: 30, ..none }, end));
    }
    if let Some(end) = measure.any_han(&["小时", "钟头"]) {
        let minutes = number(end).and_then(|(minutes, after)| Some((minutes, after.han("分")?.skip(&["钟"]))));
        return Some(minutes.map_or((Amount { hours: value, ..none }, end), |(minutes, end)| {
            (Amount { hours: value, minutes: minutes.into(), ..none }, end)
        }));
    }
    if let Some(end) = measure.any_han(&["星期", "礼拜"]).or_else(|| after.word("周")) {
        return Some((Amount::days(value, Unit::Week), end));
    }
    let months = if measure.at > after.at { measure.word("月") } else { None };
    let months = months.map(|end| (Amount::days(value, Unit::Month), end));
    let years = || after.word("年").map(|end| (Amount::days(value, Unit::Year), end));
    let days = || after.any(&["天", "日"]).map(|end| (Amount::days(value, Unit::Day), end));
    let minutes = || after.han("分钟").map(|end| (Amount { minutes: value, ..none }, end));
    let quarters = || after.han("刻钟").map(|end| (Amount { minutes: value * 15, ..none }, end));
    months.or_else(years).or_else(days).or_else(minutes).or_else(quarters)
}
