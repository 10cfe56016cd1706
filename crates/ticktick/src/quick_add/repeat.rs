//! Repeats in English.

use jiff::civil::{Date, Weekday};

use super::amount::{Unit, unit};
use super::cursor::Cursor;
use super::day_part;
use super::error::QuickAddError;
use super::item::{Context, From, Match};
use super::limit::{Read, with_limits};
use super::words::{self, month, ordinal, weekday};

/// Words that are complete rules.
const WORDS: [(&str, &str); 8] = [
    ("daily", "FREQ=DAILY;INTERVAL=1"),
    ("everyday", "FREQ=DAILY;INTERVAL=1"),
    ("weekly", "FREQ=WEEKLY;INTERVAL=1"),
    ("fortnightly", "FREQ=WEEKLY;INTERVAL=2"),
    ("monthly", "FREQ=MONTHLY;INTERVAL=1"),
    ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
    ("yearly", "FREQ=YEARLY;INTERVAL=1"),
    ("annually", "FREQ=YEARLY;INTERVAL=1"),
];

/// Words that can mean twice in a period or once in two periods.
const TWO_MEANINGS: [(&str, &str, &str); 2] =
    [("biweekly", "every 2 weeks", "every mon,thu"), ("bimonthly", "every 2 months", "every 15th")];

/// Reads the phrases that start at the cursor.
pub(super) fn read(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let mut rules: Vec<(Read, Cursor<'_>)> = Vec::new();
    single_word(cursor, &mut rules);
    of_every_month(cursor, &mut rules);
    let mut from = None;
    if let Some(every) = cursor.any(&["every", "each"]) {
        let after = every.sign(&["!"]);
        from = after.map(|_| From::Completion);
        after_every(after.unwrap_or(every), &mut rules);
    }
    for (rule, end) in rules {
        found.extend(with_limits(rule, from, end, context));
    }
}

fn single_word<'a>(cursor: Cursor<'a>, rules: &mut Vec<(Read, Cursor<'a>)>) {
    let word = cursor.text();
    if let Some((_, rule)) = WORDS.iter().find(|(name, _)| *name == word) {
        on_days(rule, cursor.next(), rules);
        rules.push((Ok((*rule).to_owned()), cursor.next()));
    }
    for (_, one, other) in TWO_MEANINGS.iter().filter(|(name, ..)| *name == word) {
        let reason = format!("\"{word}\" can mean twice in the period or once in two periods");
        rules.push((Err(QuickAddError::ambiguous(reason).write([*one, *other])), cursor.next()));
    }
}

/// Reads `last day of every month`, `2nd tuesday of every month`.
fn of_every_month<'a>(cursor: Cursor<'a>, rules: &mut Vec<(Read, Cursor<'a>)>) {
    let days = cursor.skip(&["on", "at"]).skip(&["the"]);
    let first = || ordinal(days).and_then(|(nth, after)| Some((month_day(nth)?, after)));
    let last = days.word("end").map(|after| ("BYMONTHDAY=-1".to_owned(), after));
    let Some((part, after)) = last.or_else(|| days_of_month(days)).or_else(|| day_of_month(days)).or_else(first) else {
        return;
    };
    if let Some(end) = ["every", "each"].iter().find_map(|word| after.words(&["of", word, "month"])) {
        rules.push((Ok(format!("FREQ=MONTHLY;INTERVAL=1;{part}")), end));
    }
}

/// Reads several days of a month: `1st and 15th`, `1st, 15th and last day`.
fn days_of_month(cursor: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let (first, mut after) = words::ordinal_digits(cursor)?;
    let mut days = vec![first];
    loop {
        let next = next_of_list(after);
        match numbered_day(next.skip(&["the"])).filter(|_| next.at > after.at) {
            Some((day, end)) => {
                days.push(day);
                after = end;
            }
            None => break,
        }
    }
    // `2nd and 4th friday`
    if let Some((day, end)) = weekday(after).filter(|_| days.len() > 1 && days.iter().all(|nth| (1..6).contains(nth))) {
        let days = days.iter().map(|nth| format!("{nth}{}", words::short(day))).collect::<Vec<_>>();
        return Some((format!("BYDAY={}", days.join(",")), end));
    }
    let is_list = days.len() > 1 && days.iter().all(|day| month_day(*day).is_some());
    let days = days.iter().map(ToString::to_string).collect::<Vec<_>>();
    is_list.then(|| (format!("BYMONTHDAY={}", days.join(",")), after))
}

/// Reads `15th` or `last day`.
fn numbered_day(cursor: Cursor<'_>) -> Option<(i16, Cursor<'_>)> {
    let last = || cursor.words(&["last", "day"]).map(|end| (-1, end));
    words::ordinal_digits(cursor).or_else(last)
}

/// Reads a day of a month as a part of a rule: `last day`, `15th`, `last friday`, `2nd tuesday`, `last weekday`.
fn day_of_month(cursor: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let (nth, after) = cursor.word("last").map(|after| (-1, after)).or_else(|| ordinal(cursor))?;
    if let Some(end) = after.word("day") {
        return month_day(nth).map(|part| (part, end));
    }
    if let Some(end) = after.any(&["weekday", "workday"]) {
        return (nth < 6).then(|| (format!("BYDAY=MO,TU,WE,TH,FR;BYSETPOS={nth}"), end));
    }
    match weekday(after) {
        Some((day, end)) if nth < 6 => Some((format!("BYDAY={nth}{}", words::short(day)), end)),
        Some(_) => None,
        None if words::ordinal_digits(cursor).is_some() => Some((month_day(nth)?, after)),
        None => None,
    }
}

fn month_day(day: i16) -> Option<String> {
    (day == -1 || (1..=31).contains(&day)).then(|| format!("BYMONTHDAY={day}"))
}

/// Reads the words after `every`.
fn after_every<'a>(cursor: Cursor<'a>, rules: &mut Vec<(Read, Cursor<'a>)>) {
    units(cursor, rules);
    let other = cursor.word("other");
    let interval = if other.is_some() { 2 } else { 1 };
    if let Some((days, end)) = weekdays(other.unwrap_or(cursor)) {
        rules.push((Ok(format!("FREQ=WEEKLY;INTERVAL={interval};BYDAY={days}")), end));
    }
    if let Some(end) = cursor.any(&["weekday", "workday", "weekdays", "workdays"]) {
        rules.push((Ok("FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR".to_owned()), end));
    }
    if let Some(end) = cursor.any(&["weekend", "weekends"]) {
        rules.push((Ok("FREQ=WEEKLY;INTERVAL=1;BYDAY=SA,SU".to_owned()), end));
    }
    let month_end = cursor.words(&["end", "of"]).and_then(|after| after.skip(&["the"]).word("month"));
    if let Some(end) = month_end.or_else(|| cursor.words(&["month", "end"])) {
        rules.push((Ok("FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1".to_owned()), end));
    }
    if let Some(end) = cursor.word("fortnight") {
        rules.push((Ok("FREQ=WEEKLY;INTERVAL=2".to_owned()), end));
    }
    // The part of the day in `every morning` is a phrase of its own.
    if day_part::part(cursor).is_some() {
        rules.push((Ok("FREQ=DAILY;INTERVAL=1".to_owned()), cursor));
    }
    if let Some((month, day, end)) = day_and_month(cursor) {
        rules.push((Ok(yearly(month, day)), end));
    }
    nth(cursor, rules);
}

fn yearly(month: i8, day: i16) -> String {
    format!("FREQ=YEARLY;INTERVAL=1;BYMONTH={month};BYMONTHDAY={day}")
}

/// Reads `of the month` and similar phrases.
fn of_month(cursor: Cursor<'_>) -> Option<Cursor<'_>> {
    ["the", "every", "each"].iter().find_map(|word| cursor.words(&["of", word, "month"]))
}

/// Reads `every last friday`, `every 15th`, and `every 2nd monday`, which needs `of the month`.
fn nth<'a>(cursor: Cursor<'a>, rules: &mut Vec<(Read, Cursor<'a>)>) {
    let mut push = |part: &str, end| rules.push((Ok(format!("FREQ=MONTHLY;INTERVAL=1;{part}")), end));
    if let Some((part, end)) = days_of_month(cursor) {
        push(&part, of_month(end).unwrap_or(end));
    }
    let ordinal = ordinal(cursor);
    let first = ordinal.and_then(|(nth, after)| month_day(nth).zip(of_month(after)));
    if let Some((part, end)) = first {
        push(&part, end);
    }
    // No month has six Fridays.
    if let Some((nth @ 6.., (day, end))) = ordinal.and_then(|(nth, after)| Some((nth, weekday(after)?))) {
        return rules.push((Ok(format!("FREQ=WEEKLY;INTERVAL={nth};BYDAY={}", words::short(day))), end));
    }
    let Some((part, end)) = day_of_month(cursor) else { return };
    if let Some(end) = of_month(end) {
        push(&part, end);
    }
    let ambiguous = ordinal.and_then(|(nth, after)| match (weekday(after), after.text()) {
        (Some(_), _) if nth == 1 => None,
        (Some((day, _)), _) => Some(ambiguous_nth(nth, words::long(day))),
        (None, day @ ("day" | "weekday" | "workday")) => Some(ambiguous_nth(nth, day)),
        _ => None,
    });
    match ambiguous {
        Some(error) => rules.push((Err(error), end)),
        None => push(&part, end),
    }
}

fn ambiguous_nth(nth: i16, day: &str) -> QuickAddError {
    let name = day.to_lowercase();
    let suffix = match nth {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };
    let every = match (nth, day) {
        (1, _) => "every day".to_owned(),
        (_, "weekday" | "workday") => format!("every {nth} days"),
        (2, _) => format!("every other {name}"),
        (_, "day") => format!("every {nth} days"),
        _ => format!("every {nth} weeks on {name}"),
    };
    let reason =
        format!("\"every {nth}{suffix} {day}\" can mean one {day} in {nth}, or the {nth}{suffix} {day} of each month");
    QuickAddError::ambiguous(reason).write([every, format!("every {nth}{suffix} {name} of the month")])
}

/// Reads `3 days`, `other week`, `2 weeks on mon,thu`, `month on the 15th`, `year on dec 24`.
fn units<'a>(cursor: Cursor<'a>, rules: &mut Vec<(Read, Cursor<'a>)>) {
    let other = cursor.word("other").map(|after| (2, after));
    // `every second week`; `every second day` could be a day of the month.
    let nth = || ordinal(cursor).filter(|(_, after)| after.text() != "day");
    let (number, after) = other.or_else(nth).or_else(|| words::number(cursor)).unwrap_or((1, cursor));
    if number < 1 {
        return;
    }
    if let Some(end) = after.any(&["quarter", "quarters"]) {
        let months = i32::from(number) * 3;
        rules.push((Ok(format!("FREQ=MONTHLY;INTERVAL={months}")), end));
    }
    // `m` is not a unit after `every`.
    let Some((unit, end)) = unit(after).filter(|_| after.text().len() > 2) else { return };
    let frequency = match unit {
        Unit::Day => "DAILY",
        Unit::Week => "WEEKLY",
        Unit::Month => "MONTHLY",
        Unit::Year => "YEARLY",
        Unit::Minute | Unit::Hour => return,
    };
    let rule = format!("FREQ={frequency};INTERVAL={number}");
    on_days(&rule, end, rules);
    rules.push((Ok(rule), end));
}

/// Reads `on mon,thu` after a week, `on the 15th` after a month and `on dec 24` after a year.
fn on_days<'a>(rule: &str, cursor: Cursor<'a>, rules: &mut Vec<(Read, Cursor<'a>)>) {
    let Some(on) = cursor.word("on") else { return };
    let on_the = on.skip(&["the"]);
    let part = if rule.starts_with("FREQ=WEEKLY") {
        weekdays(on).map(|(days, end)| (format!("BYDAY={days}"), end))
    } else if rule.starts_with("FREQ=MONTHLY") {
        days_of_month(on_the).or_else(|| day_of_month(on_the))
    } else if rule.starts_with("FREQ=YEARLY") {
        day_and_month(on_the).map(|(month, day, end)| (format!("BYMONTH={month};BYMONTHDAY={day}"), end))
    } else {
        None
    };
    rules.extend(part.map(|(part, end)| (Ok(format!("{rule};{part}")), end)));
}

/// Reads `mon`, `mon,wed,fri`, `mon-fri`, `mon wed fri` or `monday and thursday`, as `MO,WE,FR`, sorted by the week.
fn weekdays(cursor: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let (first, after_first) = range_of_weekdays(cursor)?;
    let (mut days, mut after) = (first.clone(), after_first);
    let (mut count, mut is_separated) = (1, false);
    while let Some((more, end)) = range_of_weekdays(next_of_list(after)) {
        // A weak word such as `sun` is not a date on its own.
        is_separated |= next_of_list(after).at > after.at || words::WEAK.contains(&after.text());
        days.extend(more);
        (after, count) = (end, count + 1);
    }
    // In `every monday friday`, Friday is the first date.
    if count == 2 && !is_separated {
        return Some((list(first), after_first));
    }
    Some((list(days), after))
}

/// Reads a weekday, or `mon-fri`.
fn range_of_weekdays(cursor: Cursor<'_>) -> Option<(Vec<Weekday>, Cursor<'_>)> {
    let (first, after) = weekday(cursor)?;
    match after.any(&["-", "to"]).and_then(weekday) {
        Some((last, end)) => {
            let days = usize::try_from(last.since(first)).ok()? + 1;
            Some((Weekday::cycle_forward(first).take(days).collect(), end))
        }
        None => Some((vec![first], after)),
    }
}

/// Skips the separator between elements of a list.
fn next_of_list(cursor: Cursor<'_>) -> Cursor<'_> {
    cursor.sign(&[",", "/"]).unwrap_or(cursor).skip(&["and", "&"])
}

/// Names weekdays as `BYDAY` does, in the order of the week.
pub(super) fn list(mut days: Vec<Weekday>) -> String {
    days.sort_by_key(|day| day.to_monday_zero_offset());
    days.dedup();
    days.into_iter().map(words::short).collect::<Vec<_>>().join(",")
}

/// Reads `dec 24` or `24 dec`.
fn day_and_month(cursor: Cursor<'_>) -> Option<(i8, i16, Cursor<'_>)> {
    let day = |cursor| words::ordinal_digits(cursor).or_else(|| cursor.digits(2));
    let (month, day, end) = match month(cursor) {
        Some((month, after)) => day(after).map(|(day, end)| (month, day, end))?,
        None => {
            let (day, after) = day(cursor)?;
            let (month, end) = month(after.skip(&["of"]))?;
            (month, day, end)
        }
    };
    // A leap year contains every valid day.
    Date::new(2024, month, i8::try_from(day).ok()?).ok().map(|_| (month, day, end))
}
