//! Limits after a repeat: `10 times`, `until dec 31`, `for 2 weeks`, `starting dec 1`, `from completion`.

use jiff::civil::Date;

use super::amount::{Amount, amount};
use super::calendar::plus_days;
use super::cursor::Cursor;
use super::error::QuickAddError;
use super::item::{Context, End, From, Item, Kinds, Match, Rule};
use super::words;

/// A rule, or why it is refused.
pub(super) type Read = Result<String, QuickAddError>;

/// Adds the repeat with the limits that directly follow it, once after each limit.
pub(super) fn with_limits(rule: Read, from: Option<From>, end: Cursor<'_>, context: &Context) -> Vec<Match> {
    let parts = match rule {
        Ok(parts) => parts,
        Err(error) => return vec![Match::refused(end.at, Kinds::REPEAT, error)],
    };
    let mut rule = Rule { parts, from, ..Rule::default() };
    let mut found = vec![Match::new(end.at, Item::Repeat(rule.clone()))];
    let mut cursor = end;
    while let Some((limit, next)) = one(cursor.sign(&[","]).unwrap_or(cursor), context) {
        if !limit.suits(&rule) {
            break;
        }
        cursor = next;
        if let Err(error) = rule.merge(&limit) {
            found.push(Match::refused(cursor.at, Kinds::REPEAT, error));
            break;
        }
        found.push(Match::new(cursor.at, Item::Repeat(rule.clone())));
    }
    found
}

/// Reads a limit that follows a repeat and other phrases, as in `every day 9am until friday`.
pub(super) fn read(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    found.extend(one(cursor, context).map(|(limit, end)| Match::new(end.at, Item::Limit(limit))));
}

impl Rule {
    /// Returns whether a limit can apply to this repeat. `every week for 2 days` is an event of two days.
    pub(super) fn suits(&self, rule: &Self) -> bool {
        match self.end {
            Some(End::After(amount)) => amount.months * 30 + amount.days > rule.period(),
            _ => true,
        }
    }

    /// Returns the approximate number of days between two occurrences.
    fn period(&self) -> i64 {
        let value = |name: &str| self.parts.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        let days = match value("FREQ") {
            Some("DAILY") => 1,
            Some("WEEKLY") => 7,
            Some("MONTHLY") => 30,
            _ => 365,
        };
        days * value("INTERVAL").and_then(|interval| interval.parse().ok()).unwrap_or(1)
    }

    /// Adds a limit.
    pub(super) fn merge(&mut self, limit: &Self) -> Result<(), QuickAddError> {
        let twice = |what: &str| QuickAddError::contradiction(format!("the line has two values for {what}"));
        match (self.from, limit.from) {
            (Some(one), Some(other)) if one != other => {
                return Err(twice("what the repeat counts from").write(["every 3 days from due", "every! 3 days"]));
            }
            (_, from) => self.from = from.or(self.from),
        }
        if self.end.is_some() && limit.end.is_some() {
            return Err(twice("the end of the repeat"));
        }
        self.end = limit.end.or(self.end);
        if self.starting.is_some() && limit.starting.is_some() {
            return Err(twice("the start of the repeat"));
        }
        self.starting = limit.starting.or(self.starting);
        Ok(())
    }

    /// Replaces the length of the repeat by its last day when the first date is known.
    pub(super) fn end_from(&mut self, first: Date) -> Result<(), QuickAddError> {
        if let Some(End::After(amount)) = self.end {
            let last = amount.after(first).and_then(|end| plus_days(end, -1));
            self.end = Some(End::Until(last.ok_or_else(QuickAddError::out_of_range)?));
        }
        Ok(())
    }
}

/// Reads one limit.
fn one<'a>(cursor: Cursor<'a>, context: &Context) -> Option<(Rule, Cursor<'a>)> {
    let none = Rule::default();
    if let Some((from, end)) = counts_from(cursor) {
        return Some((Rule { from: Some(from), ..none }, end));
    }
    if let Some((times, end)) = times(cursor.skip(&["for"])) {
        return Some((Rule { end: Some(End::Count(times)), ..none }, end));
    }
    if let Some((amount, end)) = length(cursor) {
        return Some((Rule { end: Some(End::After(amount)), ..none }, end));
    }
    if let Some(until) = cursor.any(&["until", "till", "through", "ending"]) {
        let (date, end) = single_day(until, context)?;
        return Some((Rule { end: Some(End::Until(date)), ..none }, end));
    }
    let (date, end) = single_day(cursor.any(&["starting", "beginning", "from"])?, context)?;
    Some((Rule { starting: Some(date), ..none }, end))
}

/// Reads `from completion` or `from due`.
fn counts_from(cursor: Cursor<'_>) -> Option<(From, Cursor<'_>)> {
    let from = cursor.any(&["from", "after"])?.skip(&["the"]);
    if let Some(end) = from.word("completion") {
        return Some((From::Completion, end));
    }
    let due = from.word("due").filter(|_| cursor.text() == "from")?;
    Some((From::Due, due.skip(&["date"])))
}

/// Reads `10 times`.
fn times(cursor: Cursor<'_>) -> Option<(u32, Cursor<'_>)> {
    let (times, end) = words::number(cursor)?;
    let times = u32::try_from(times).ok().filter(|times| *times > 0)?;
    Some((times, end.any(&["times", "time"])?))
}

/// Reads `for 2 weeks`.
fn length(cursor: Cursor<'_>) -> Option<(Amount, Cursor<'_>)> {
    cursor.word("for").and_then(amount).filter(|(amount, _)| amount.is_of_days())
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
