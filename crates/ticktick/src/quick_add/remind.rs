//! Reminders and durations in English.

use jiff::civil::Time;

use super::amount::{Amount, amount};
use super::clock;
use super::cursor::Cursor;
use super::item::{Context, Early, Item, Length, Match, Need, Sure};

/// The number of reminders in one list.
const MOST: usize = 16;

/// Reads the phrases that start at the cursor.
pub(super) fn read(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    if let Some(after) = cursor.any(&["remind", "reminder"]) {
        let after = after.skip(&["me"]);
        list(after.word("-").filter(|amount| amount.glued()).unwrap_or(after), context, found);
    }
    let minus = cursor.word("-").filter(|after| after.glued()).and_then(amount);
    if let Some((early, end)) = minus.and_then(|(amount, end)| Some((early(amount)?, end))) {
        found.push(Match::new(end.at, Item::Remind(vec![early])).needs(Need::When));
    }
    if let Some((amount, end)) = cursor.word("for").and_then(amount) {
        let length = if amount.is_of_minutes() {
            Some(Length::Minutes(amount.in_minutes()))
        } else {
            amount.is_of_days().then_some(Length::Days(amount))
        };
        let length = length.filter(|_| !amount.is_zero());
        found.extend(length.map(|length| Match::new(end.at, Item::Length(length))));
    }
}

/// Reads `10m`, `1h,10m`, `1d 6pm` or `9am`. Returns the list after each of its elements.
pub(super) fn list(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let mut early = Vec::new();
    let mut cursor = cursor;
    while let Some(options) = element(cursor, context) {
        for (one, end) in &options {
            let mut list = early.clone();
            list.push(*one);
            found.push(Match::new(end.at, Item::Remind(list)));
        }
        let Some((one, end)) = options.last().copied() else { return };
        early.push(one);
        let next = end.sign(&[","]).unwrap_or(end);
        let next = next.any(&["and"]).unwrap_or(next);
        if next.at == end.at || early.len() == MOST {
            return;
        }
        cursor = next;
    }
}

/// Reads one reminder; the options are in the order of their length.
fn element<'a>(cursor: Cursor<'a>, context: &Context) -> Option<Vec<(Early, Cursor<'a>)>> {
    if let Some((time, end)) = time(cursor, context) {
        return Some(vec![(Early::OnDay { days: 0, at: time }, end)]);
    }
    let (amount, end) = zero(cursor).or_else(|| amount(cursor))?;
    let early = early(amount)?;
    let end = end.any(&["before", "earlier", "ahead"]).unwrap_or(end);
    let mut options = vec![(early, end)];
    if let Early::Before { days, hours: 0, minutes: 0 } = early
        && amount.is_of_days()
        && let Some((time, end)) = time(end, context)
    {
        options.push((Early::OnDay { days, at: time }, end));
    }
    Some(options)
}

/// Reads `0m`, which is not an amount of days.
fn zero(cursor: Cursor<'_>) -> Option<(Amount, Cursor<'_>)> {
    let (_, after) = cursor.digits(1).filter(|(number, _)| *number == 0)?;
    Some((Amount::default(), after.any(&["m", "min", "mins", "minutes", "h"])?))
}

/// Reads a clock time that is not ambiguous.
pub(super) fn time<'a>(cursor: Cursor<'a>, context: &Context) -> Option<(Time, Cursor<'a>)> {
    let mut found = Vec::new();
    clock::read(cursor, context, &mut found);
    super::chinese::clock::read(cursor, &mut found);
    let times = found.into_iter().filter_map(|found| match found.item {
        Item::Clock(clock) if clock.end.is_none() && clock.start.sure != Sure::Bare && !clock.midnight => {
            let time = Time::new(clock.start.hour, clock.start.minute, 0, 0).ok()?;
            Some((time, cursor.to(found.end)))
        }
        _ => None,
    });
    times.max_by_key(|(_, end)| end.at)
}

/// Converts an amount to a reminder. Returns `None` for months, because their length varies.
pub(super) fn early(amount: Amount) -> Option<Early> {
    let days = u32::try_from(amount.days).ok()?;
    let hours = u32::try_from(amount.hours).ok()?;
    let minutes = u32::try_from(amount.minutes).ok()?;
    (amount.months == 0).then_some(Early::Before { days, hours, minutes })
}
