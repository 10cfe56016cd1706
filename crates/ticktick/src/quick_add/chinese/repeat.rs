//! Repeats in Chinese.

use jiff::civil::{Date, Weekday};

use super::{number, week, weekday};
use crate::quick_add::cursor::Cursor;
use crate::quick_add::error::QuickAddError;
use crate::quick_add::item::{Context, From, Match};
use crate::quick_add::limit::{Read, with_limits};
use crate::quick_add::repeat::list;
use crate::quick_add::words::short;

/// Reads the phrases that start at the cursor.
pub(in crate::quick_add) fn read(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let done = cursor.any_han(&["完成后", "完成之后"]);
    let from = done.map(|_| From::Completion);
    let Some(every) = done.unwrap_or(cursor).word("每") else { return };
    let mut rules: Vec<(Read, Cursor<'_>)> = Vec::new();
    every_other(every, &mut rules);
    fixed(every, &mut rules);
    weekly(every, &mut rules);
    units(every, &mut rules);
    monthly(every, &mut rules);
    yearly(every, &mut rules);
    for (rule, end) in rules {
        let is_of_days =
            rule.as_ref().is_ok_and(|rule| rule.starts_with("FREQ=DAILY") || rule.starts_with("FREQ=WEEKLY"));
        if !goes_on(end, is_of_days) {
            found.extend(with_limits(rule, from, end, context));
        }
    }
}

/// Returns whether unread text continues a repeat: `每周三次` does not mean Wednesday, and `每月32号` is not a month.
fn goes_on(end: Cursor<'_>, is_of_days: bool) -> bool {
    let units: &[&str] = if is_of_days { &["次"] } else { &["次", "号", "日", "月"] };
    let is_unit = |after: Cursor<'_>| after.any(units).is_some();
    end.any(&["次", "第"]).is_some()
        || end.han("最后").is_some()
        || number(end).is_some_and(|(_, after)| is_unit(after))
}

/// Reads `每隔一天`. Refuses other numbers, because they have two meanings.
fn every_other<'a>(every: Cursor<'a>, rules: &mut Vec<(Read, Cursor<'a>)>) {
    let Some((number, after)) = every.word("隔").and_then(number) else { return };
    let Some((frequency, unit, end)) = unit(after) else { return };
    if number == 1 {
        return rules.push((Ok(format!("FREQ={frequency};INTERVAL=2")), end));
    }
    let reason = format!("\"每隔{number}{unit}\" can mean an interval of {number} or of {}", number + 1);
    let error = QuickAddError::ambiguous(reason);
    rules.push((Err(error.write([format!("每{number}{unit}"), format!("每{}{unit}", number + 1)])), end));
}

/// Reads a unit, with its frequency.
fn unit(cursor: Cursor<'_>) -> Option<(&'static str, &'static str, Cursor<'_>)> {
    let measure = cursor.skip(&["个"]);
    let units = [("DAILY", "天", cursor), ("DAILY", "日", cursor), ("WEEKLY", "周", cursor), ("YEARLY", "年", cursor)];
    let measured = [
        ("WEEKLY", "星期", measure),
        ("WEEKLY", "礼拜", measure),
        ("MONTHLY", "个月", cursor),
        ("MONTHLY", "月", cursor),
    ];
    units.into_iter().chain(measured).find_map(|(frequency, name, from)| {
        let end = from.han(name)?;
        Some((frequency, if from.at > cursor.at { "个星期" } else { name }, end))
    })
}

/// Reads phrases with a fixed meaning.
fn fixed<'a>(every: Cursor<'a>, rules: &mut Vec<(Read, Cursor<'a>)>) {
    const FIXED: [(&[&str], &str); 4] = [
        (&["半年"], "FREQ=MONTHLY;INTERVAL=6"),
        (&["个工作日", "工作日"], "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR"),
        (&["周末", "个周末"], "FREQ=WEEKLY;INTERVAL=1;BYDAY=SA,SU"),
        (&["季度", "个季度"], "FREQ=MONTHLY;INTERVAL=3"),
    ];
    for (words, rule) in FIXED {
        rules.extend(every.any_han(words).map(|end| (Ok(rule.to_owned()), end)));
    }
    // The part of the day in `每晚` is a phrase of its own.
    if ["早", "晚"].contains(&every.text()) {
        rules.push((Ok("FREQ=DAILY;INTERVAL=1".to_owned()), every));
    }
}

/// Reads `每周一三五`, `每周一、三`, `每周一到周五`.
fn weekly<'a>(every: Cursor<'a>, rules: &mut Vec<(Read, Cursor<'a>)>) {
    let Some((first, after)) = week(every.skip(&["个"])).and_then(weekday) else { return };
    if let Some(to) = after.any(&["到", "至", "-"])
        && let Some((last, end)) = weekday(week(to).unwrap_or(to))
    {
        let days = Weekday::cycle_forward(first).take(last.since(first) as usize + 1).collect();
        return rules.push((Ok(format!("FREQ=WEEKLY;INTERVAL=1;BYDAY={}", list(days))), end));
    }
    let mut days = vec![first];
    let mut end = after;
    rules.push((Ok(format!("FREQ=WEEKLY;INTERVAL=1;BYDAY={}", list(days.clone()))), end));
    while days.len() < 7 {
        let next = end.any(&[",", "/", "和", "及", "与"]).unwrap_or(end);
        let next = week(next).unwrap_or(next);
        let Some((day, after)) = weekday(next) else { return };
        days.push(day);
        end = after;
        rules.push((Ok(format!("FREQ=WEEKLY;INTERVAL=1;BYDAY={}", list(days.clone()))), end));
    }
}

/// Reads `每天`, `每两周`, `每3个月`, with or without `一次`.
fn units<'a>(every: Cursor<'a>, rules: &mut Vec<(Read, Cursor<'a>)>) {
    let (interval, after) = number(every).unwrap_or((1, every));
    let Some((frequency, name, end)) = unit(after).filter(|_| interval > 0) else { return };
    // `每3月` is every March.
    if name == "月" && after.at > every.at {
        return;
    }
    let rule = format!("FREQ={frequency};INTERVAL={interval}");
    rules.extend(end.han("一次").map(|end| (Ok(rule.clone()), end)));
    // `每周一` names a weekday.
    rules.push((Ok(rule), end));
}

/// Reads `每月15号`, `每两个月15号`, `每月1号和15号`, `每月最后一天`, `每月底`, `每月第二个周二`.
fn monthly<'a>(every: Cursor<'a>, rules: &mut Vec<(Read, Cursor<'a>)>) {
    let (interval, after) = number(every).unwrap_or((1, every));
    let measured = if after.at > every.at { after.han("个月") } else { after.any_han(&["个月", "月"]) };
    let Some(month) = measured.filter(|_| interval > 0) else { return };
    let mut push = |part: String, end| rules.push((Ok(format!("FREQ=MONTHLY;INTERVAL={interval};{part}")), end));
    let day = month.skip(&["的"]);
    if let Some(end) = day.han("最后一天").or_else(|| month.any_han(&["底", "末", "月底"])) {
        push("BYMONTHDAY=-1".to_owned(), end);
    }
    if let Some(end) = month.any_han(&["初", "月初"]) {
        push("BYMONTHDAY=1".to_owned(), end);
    }
    let nth = day.han("第").and_then(number);
    let nth = nth.or_else(|| day.han("最后一").map(|after| (-1, after)));
    if let Some((nth, after)) = nth.filter(|(nth, _)| *nth < 32) {
        nth_of_month(nth, after, &mut push);
    }
    if let Some((days, end)) = days_of_month(day) {
        push(format!("BYMONTHDAY={days}"), end);
    }
}

/// Reads `个周二`, `个工作日` or `天` after a number.
fn nth_of_month<'a>(nth: i16, after: Cursor<'a>, push: &mut impl FnMut(String, Cursor<'a>)) {
    if let Some(end) = after.word("天").filter(|_| nth > 0) {
        push(format!("BYMONTHDAY={nth}"), end);
    }
    let Some(kind) = after.word("个").filter(|_| nth < 6) else { return };
    if let Some((day, end)) = week(kind).and_then(weekday) {
        push(format!("BYDAY={nth}{}", short(day)), end);
    }
    if let Some(end) = kind.han("工作日") {
        push(format!("BYDAY=MO,TU,WE,TH,FR;BYSETPOS={nth}"), end);
    }
}

/// Reads `15号`, `1号和15号` or `1、15号`.
fn days_of_month(cursor: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let mut days: Vec<String> = Vec::new();
    let mut best = None;
    let mut next = Some(cursor);
    while let Some((day, after)) = next.and_then(number).filter(|(day, _)| (1..=31).contains(day) && days.len() < 31) {
        days.push(day.to_string());
        let end = after.any(&["号", "日"]);
        best = end.map(|end| (days.join(","), end)).or(best);
        next = end.unwrap_or(after).any(&[",", "和", "及", "与"]);
    }
    best
}

/// Reads `每年12月24日` and `每年底`.
fn yearly<'a>(every: Cursor<'a>, rules: &mut Vec<(Read, Cursor<'a>)>) {
    if let Some(end) = every.word("年").and_then(|year| year.any_han(&["底", "末", "年底"])) {
        rules.push((Ok("FREQ=YEARLY;INTERVAL=1;BYMONTH=12;BYMONTHDAY=31".to_owned()), end));
    }
    let read = || {
        let (month, after) = number(every.word("年")?)?;
        let (day, after) = number(after.word("月")?)?;
        let end = after.any(&["日", "号"])?;
        // A leap year contains every valid day.
        Date::new(2024, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some((Ok(format!("FREQ=YEARLY;INTERVAL=1;BYMONTH={month};BYMONTHDAY={day}")), end))
    };
    rules.extend(read());
}
