//! Days in English: words, weekdays, and amounts of time from now.

use jiff::civil::Date;

use super::amount::{Amount, amount, minutes_from};
use super::calendar::{self, Period};
use super::cursor::Cursor;
use super::error::QuickAddError;
use super::item::{Context, Days, Item, Kinds, Match, Need};
use super::words;

/// Words that can precede a day.
const BEFORE: [&[&str]; 5] = [&["due", "by"], &["due", "on"], &["on"], &["by"], &["due"]];

/// Reads the phrases that start at the cursor.
pub(super) fn read(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let before = BEFORE.iter().find_map(|words| cursor.words(words));
    let start = before.unwrap_or(cursor);
    word(start, context, found);
    weekday(start, before.is_some(), context, found);
    of_next_week(start, context, found);
    this_or_next(start, context, found);
    end_of(start, context, found);
    if before.is_none() || cursor.text() != "on" {
        amounts(start, context, found);
    }
    ago(start, context, found);
    super::month_date::read(start, before.is_some(), context, found);
    super::written_date::read(start, context, found);
}

fn push(found: &mut Vec<Match>, end: Cursor<'_>, date: Option<Date>) {
    if let Some(date) = date {
        found.push(Match::day(end.at, date));
    }
}

/// Reads `today`, `tomorrow` and other single words.
fn word(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let today = context.today;
    let days = match cursor.text() {
        "today" | "eod" => 0,
        "tomorrow" | "tmr" | "tmrw" => 1,
        "tod" => return found.push(Match::day(cursor.next().at, today).needs(Need::Mark)),
        "tom" => return marked(found, cursor.next(), calendar::plus_days(today, 1)),
        "yesterday" => return marked(found, cursor.next(), calendar::plus_days(today, -1)),
        "weekend" => return marked(found, cursor.next(), calendar::this_weekend(context)),
        "now" => {
            let now = minutes_from(&context.now, 0).map(Item::Moment);
            return found.extend(now.map(|now| Match::new(cursor.next().at, now).needs(Need::Mark)));
        }
        _ => {
            let after = cursor.skip(&["the"]).words(&["day", "after", "tomorrow"]);
            return after.into_iter().for_each(|after| push(found, after, calendar::plus_days(today, 2)));
        }
    };
    push(found, cursor.next(), calendar::plus_days(today, days));
}

fn marked(found: &mut Vec<Match>, end: Cursor<'_>, date: Option<Date>) {
    found.extend(date.map(|date| Match::day(end.at, date).needs(Need::Mark)));
}

/// Reads a weekday, or a range of them.
fn weekday(cursor: Cursor<'_>, has_company: bool, context: &Context, found: &mut Vec<Match>) {
    let Some((weekday, after)) = words::weekday(cursor) else { return };
    let Some(date) = calendar::next_weekday(context.today, weekday) else { return };
    let need = if words::WEAK.contains(&cursor.text()) && !has_company { Need::Next } else { Need::Nothing };
    let days = Days { weekday: Some(weekday), ..Days::one(date) };
    found.push(Match::new(after.at, Item::Days(days)).needs(need));
    let Some((to, end)) = after.any(&["-", "to"]).and_then(words::weekday) else { return };
    if let Some(last) = calendar::next_weekday(date, to) {
        let days = Days { last, ..Days::one(date) };
        found.push(Match::new(end.at, Item::Days(days)).needs(Need::Mark));
    }
}

/// Reads `friday next week` and `next week friday`, which are days of next week.
fn of_next_week(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let next_week = ["next", "week"];
    let before = words::weekday(cursor).and_then(|(weekday, after)| Some((weekday, after.words(&next_week)?)));
    let after = || cursor.words(&next_week).and_then(|after| words::weekday(after.skip(&["on"])));
    if let Some((weekday, end)) = before.or_else(after) {
        push(found, end, calendar::weekday_of_week(context, weekday, 1));
    }
}

/// Reads `this fri`, `next fri`, `next week`, `this weekend`.
fn this_or_next(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let Some(after) = cursor.any(&["this", "next"]) else { return };
    let next = cursor.text() == "next";
    if let Some((weekday, after)) = words::weekday(after) {
        push(found, after, calendar::weekday_of_week(context, weekday, i64::from(next)));
    }
    let date = match after.text() {
        "weekend" if next => calendar::next_weekend(context),
        "weekend" => calendar::this_weekend(context),
        "week" if next => calendar::next_period(context, Period::Week),
        "month" if next => calendar::next_period(context, Period::Month),
        "year" if next => calendar::next_period(context, Period::Year),
        _ => None,
    };
    push(found, after.next(), date);
}

/// Reads `eom`, `end of month`.
fn end_of(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let period = match cursor.text() {
        "eow" => Some((Period::Week, cursor.next())),
        "eom" => Some((Period::Month, cursor.next())),
        "eoy" => Some((Period::Year, cursor.next())),
        "the" | "end" => cursor.skip(&["the"]).words(&["end", "of"]).and_then(|after| {
            let after = after.skip(&["the", "this"]);
            let period = match after.text() {
                "day" => Period::Day,
                "week" => Period::Week,
                "month" => Period::Month,
                "year" => Period::Year,
                _ => return None,
            };
            Some((period, after.next()))
        }),
        _ => None,
    };
    if let Some((period, end)) = period {
        push(found, end, calendar::end_of(context, period));
    }
}

/// Reads `in 3 days`, `2 hours later`, `+1w`.
fn amounts(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let plus = cursor.word("+").filter(|after| after.glued()).and_then(amount);
    let read = cursor.word("in").and_then(amount).or_else(|| later(cursor));
    let Some((amount, end)) = read.or(plus) else { return };
    if plus.is_some() && amount.only_m && amount.hours == 0 && amount.is_of_minutes() {
        let number = amount.minutes;
        let error = QuickAddError::ambiguous(format!("\"+{number}m\" can mean minutes or months"));
        let error = error.write([format!("+{number}min"), format!("+{number}mo")]);
        found.push(Match::refused(end.at, Kinds::DATE.and(Kinds::TIME), error).needs(Need::Mark));
        return;
    }
    if amount.is_of_days() {
        push(found, end, amount.after(context.today));
    } else if let Some(moment) = amount.after_now(&context.now) {
        found.push(Match::new(end.at, Item::Moment(moment)));
    }
}

/// Reads `3 days ago`. Because it is in the past, it counts only after a mark.
fn ago(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let Some((amount, after)) = amount(cursor) else { return };
    if amount.is_of_days()
        && let Some(end) = after.word("ago")
    {
        marked(found, end, amount.before(context.today));
    }
}

/// Reads `3 days later` or `3 days from now`.
fn later(cursor: Cursor<'_>) -> Option<(Amount, Cursor<'_>)> {
    let (amount, after) = amount(cursor)?;
    Some((amount, after.word("later").or_else(|| after.words(&["from", "now"]))?))
}
