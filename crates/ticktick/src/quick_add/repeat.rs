//! Repeats in English.

use jiff::civil::{Date, Weekday};

use super::amount::{Unit, unit};
use super::cursor::Cursor;
use super::error::QuickAddError;
use super::item::{Context, From, Item, Kinds, Match, Rule};
use super::words::{self, month, ordinal, weekday};

/// Words that are a rule of their own.
const WORDS: [(&str, &str); 7] = [
    ("daily", "FREQ=DAILY;INTERVAL=1"),
    ("weekly", "FREQ=WEEKLY;INTERVAL=1"),
    ("fortnightly", "FREQ=WEEKLY;INTERVAL=2"),
    ("monthly", "FREQ=MONTHLY;INTERVAL=1"),
    ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
    ("yearly", "FREQ=YEARLY;INTERVAL=1"),
    ("annually", "FREQ=YEARLY;INTERVAL=1"),
];

/// Words that mean twice in a period, or once in two.
const TWO_MEANINGS: [(&str, &str, &str); 2] =
    [("biweekly", "every 2 weeks", "every mon,thu"), ("bimonthly", "every 2 months", "every 15th")];

/// A rule, or why it is refused.
pub(super) type Read = Result<String, QuickAddError>;

/// Reads what begins here.
pub(super) fn read(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let mut rules: Vec<(Read, Cursor<'_>)> = Vec::new();
    single_word(cursor, &mut rules);
    of_every_month(cursor, &mut rules);
    let mut from = None;
    if let Some(every) = cursor.word("every") {
        let after = every.sign(&["!"]);
        from = after.map(|_| From::Completion);
        after_every(after.unwrap_or(every), &mut rules);
    }
    for (rule, end) in rules {
        found.extend(with_suffixes(rule, from, end, context));
    }
}

fn single_word<'a>(cursor: Cursor<'a>, rules: &mut Vec<(Read, Cursor<'a>)>) {
    let word = cursor.text();
    rules.extend(
        WORDS.iter().filter(|(name, _)| *name == word).map(|(_, rule)| (Ok((*rule).to_owned()), cursor.next())),
    );
    for (_, one, other) in TWO_MEANINGS.iter().filter(|(name, ..)| *name == word) {
        let reason = format!("\"{word}\" can mean twice in the period or once in two periods");
        rules.push((Err(QuickAddError::ambiguous(reason).write([*one, *other])), cursor.next()));
    }
}

/// Reads `last day of every month`, `2nd tuesday of every month`.
fn of_every_month<'a>(cursor: Cursor<'a>, rules: &mut Vec<(Read, Cursor<'a>)>) {
    let Some((part, after)) = day_of_month(cursor.skip(&["on"]).skip(&["the"])) else { return };
    if let Some(end) = after.words(&["of", "every", "month"]).or_else(|| after.words(&["of", "each", "month"])) {
        rules.push((Ok(format!("FREQ=MONTHLY;INTERVAL=1;{part}")), end));
    }
}

/// Reads a day of a month as a part of a rule: `last day`, `15th`, `last friday`, `2nd tuesday`.
fn day_of_month(cursor: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let (nth, after) = cursor.word("last").map(|after| (-1, after)).or_else(|| ordinal(cursor))?;
    if let Some(end) = after.word("day") {
        return month_day(nth).map(|part| (part, end));
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

/// Reads what can follow `every`.
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
    if let Some((month, day, end)) = day_and_month(cursor) {
        rules.push((Ok(yearly(month, day)), end));
    }
    nth(cursor, rules);
}

fn yearly(month: i8, day: i16) -> String {
    format!("FREQ=YEARLY;INTERVAL=1;BYMONTH={month};BYMONTHDAY={day}")
}

/// Reads `every last friday`, `every 15th`, and `every 2nd monday`, which needs `of the month`.
fn nth<'a>(cursor: Cursor<'a>, rules: &mut Vec<(Read, Cursor<'a>)>) {
    let Some((part, end)) = day_of_month(cursor) else { return };
    let rule = format!("FREQ=MONTHLY;INTERVAL=1;{part}");
    let of = end.words(&["of", "the", "month"]).or_else(|| end.words(&["of", "every", "month"]));
    if let Some(end) = of.or_else(|| end.words(&["of", "each", "month"])) {
        rules.push((Ok(rule.clone()), end));
    }
    let Some((nth, after)) = ordinal(cursor) else { return rules.push((Ok(rule), end)) };
    match weekday(after) {
        Some(_) if nth == 1 => rules.push((Ok(rule), end)),
        Some((day, _)) => rules.push((Err(ambiguous_nth(nth, words::long(day))), end)),
        None if after.text() == "day" => rules.push((Err(ambiguous_nth(nth, "day")), end)),
        None => rules.push((Ok(rule), end)),
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
    // `every m` is no unit.
    let Some((unit, end)) = unit(after).filter(|_| after.text().len() > 2) else { return };
    let frequency = match unit {
        Unit::Day => "DAILY",
        Unit::Week => "WEEKLY",
        Unit::Month => "MONTHLY",
        Unit::Year => "YEARLY",
        Unit::Minute | Unit::Hour => return,
    };
    let rule = format!("FREQ={frequency};INTERVAL={number}");
    if let Some(on) = end.word("on") {
        let on_the = on.skip(&["the"]);
        let part = match unit {
            Unit::Week => weekdays(on).map(|(days, end)| (format!("BYDAY={days}"), end)),
            Unit::Month => day_of_month(on_the),
            Unit::Year => {
                day_and_month(on_the).map(|(month, day, end)| (format!("BYMONTH={month};BYMONTHDAY={day}"), end))
            }
            _ => None,
        };
        rules.extend(part.map(|(part, end)| (Ok(format!("{rule};{part}")), end)));
    }
    rules.push((Ok(rule), end));
}

/// Reads `mon`, `mon,wed,fri`, `mon-fri` or `monday and thursday`, as `MO,WE,FR`, sorted by the week.
fn weekdays(cursor: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let (first, mut after) = weekday(cursor)?;
    if let Some((last, end)) = after.any(&["-", "to"]).and_then(weekday) {
        let days = Weekday::cycle_forward(first).take(usize::try_from(last.since(first)).ok()? + 1);
        return Some((list(days.collect()), end));
    }
    let mut days = vec![first];
    loop {
        let next = after.sign(&[","]).unwrap_or(after);
        let next = next.any(&["and", "&"]).unwrap_or(next);
        match weekday(next).filter(|_| next.at != after.at) {
            Some((day, end)) => {
                days.push(day);
                after = end;
            }
            None => return Some((list(days), after)),
        }
    }
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
    // A leap year has every day that exists.
    Date::new(2024, month, i8::try_from(day).ok()?).ok().map(|_| (month, day, end))
}

/// Adds what can directly follow a repeat: each of the forms with fewer and more of it.
pub(super) fn with_suffixes(rule: Read, from: Option<From>, end: Cursor<'_>, context: &Context) -> Vec<Match> {
    let parts = match rule {
        Ok(parts) => parts,
        Err(error) => return vec![Match::refused(end.at, Kinds::REPEAT, error)],
    };
    let mut rule = Rule { parts, from, count: None, until: None, starting: None };
    let mut found = vec![Match::new(end.at, Item::Repeat(rule.clone()))];
    let mut cursor = end;
    while let Some((next, error)) = suffix(&mut rule, cursor.sign(&[","]).unwrap_or(cursor), context) {
        cursor = next;
        if let Some(error) = error {
            found.push(Match::refused(cursor.at, Kinds::REPEAT, error));
            break;
        }
        found.push(Match::new(cursor.at, Item::Repeat(rule.clone())));
    }
    found
}

/// Reads one suffix into a rule.
fn suffix<'a>(rule: &mut Rule, cursor: Cursor<'a>, context: &Context) -> Option<(Cursor<'a>, Option<QuickAddError>)> {
    let twice =
        |is_set: bool, what: &str| is_set.then(|| QuickAddError::contradiction(format!("two values for {what}")));
    if let Some(end) = cursor.words(&["from", "completion"]).or_else(|| cursor.words(&["after", "completion"])) {
        let error = twice(rule.from == Some(From::Due), "what the repeat counts from");
        rule.from = Some(From::Completion);
        return Some((end, error));
    }
    if let Some(end) = cursor.words(&["from", "due"]) {
        let error = twice(rule.from == Some(From::Completion), "what the repeat counts from");
        rule.from = Some(From::Due);
        return Some((end, error.map(|error| error.write(["every 3 days from due", "every! 3 days"]))));
    }
    if let Some((times, end)) =
        words::number(cursor).and_then(|(times, end)| Some((times, end.any(&["times", "time"])?)))
    {
        let error = twice(rule.count.is_some() || rule.until.is_some(), "the end of the repeat");
        rule.count = u32::try_from(times).ok().filter(|times| *times > 0);
        return rule.count.map(|_| (end, error));
    }
    let until = cursor.any(&["until", "till"]);
    let (date, end) = single_day(until.or_else(|| cursor.any(&["starting", "beginning"]))?, context)?;
    if until.is_some() {
        let error = twice(rule.count.is_some() || rule.until.is_some(), "the end of the repeat");
        rule.until = Some(date);
        return Some((end, error));
    }
    let error = twice(rule.starting.is_some(), "the start of the repeat");
    rule.starting = Some(date);
    Some((end, error))
}

/// Reads the longest phrase that is one day.
fn single_day<'a>(cursor: Cursor<'a>, context: &Context) -> Option<(Date, Cursor<'a>)> {
    let mut found = Vec::new();
    super::day::read(cursor, context, &mut found);
    super::chinese::day::read(cursor, context, &mut found);
    let days = found.into_iter().filter_map(|found| match found.item {
        Item::Days(days) if days.first == days.last => Some((days.first, found.end)),
        _ => None,
    });
    days.max_by_key(|(_, end)| *end).map(|(date, end)| (date, cursor.to(end)))
}
