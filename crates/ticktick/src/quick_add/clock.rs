//! Times on the clock, ranges of them, and parts of the day, in English.

use super::cursor::Cursor;
use super::day_part;
use super::error::{Problem, QuickAddError};
use super::item::{Clock, Context, Item, Kinds, Match, Need, Part, Sure, Tick};
use super::words;

/// Reads the phrases that start at the cursor.
pub(super) fn read(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let at = cursor.word("at").or_else(|| cursor.words(&["due", "at"]));
    let sign = cursor.word("@");
    let start = at.or(sign).or_else(|| cursor.any(&["by", "due"])).unwrap_or(cursor);
    clock(start, At { word: at.is_some(), sign: sign.is_some() }, found);
    if let Some(from) = cursor.word("from") {
        range(from, Between::From, found);
    }
    if let Some(between) = cursor.word("between") {
        range(between, Between::And, found);
    }
    let twelve = start.skip(&["12"]);
    if let Some(after) = twelve.word("noon") {
        named(found, twelve, after, Tick::fixed(12, 0), at.or(sign));
    }
    if let Some(after) = twelve.word("midnight") {
        named(found, twelve, after, Tick::fixed(0, 0), at.or(sign));
    }
    part(cursor, context, found);
}

/// Reads a part of the day: `morning`, `in the morning`, `this morning`, `tonight`.
fn part(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    if let Some((part, after)) = day_part::part(cursor) {
        found.push(Match::new(after.at, Item::Part(part)).needs(Need::Before));
    }
    let in_the = cursor.words(&["in", "the"]).or_else(|| cursor.word("at").filter(|next| next.text() == "night"));
    if let Some((part, after)) = in_the.and_then(day_part::part) {
        found.push(Match::new(after.at, Item::Part(part)).needs(Need::Behind));
    }
    if let Some((part, after)) = cursor.word("this").and_then(day_part::part) {
        found.push(Match::new(after.at, Item::DayPart(context.today, part)));
    }
    if let Some(after) = cursor.any(&["tonight"]).or_else(|| cursor.any(&["by", "due"])?.word("tonight")) {
        found.push(Match::new(after.at, Item::DayPart(context.today, Part::Tonight)));
    }
}

/// Adds `noon` or `midnight`.
fn named(found: &mut Vec<Match>, from: Cursor<'_>, to: Cursor<'_>, start: Tick, at: Option<Cursor<'_>>) {
    let need = if at.is_some() { Need::Nothing } else { Need::Date };
    let clock = Clock { start, end: None, midnight: start.hour == 0, text: from.text().to_owned() };
    found.push(Match::new(to.at, Item::Clock(clock)).needs(need));
}

/// The word before a time.
#[derive(Clone, Copy)]
struct At {
    /// `at`, after which an hour alone is a time.
    word: bool,
    /// `@`
    sign: bool,
}

/// Reads a time or a range of times.
fn clock(start: Cursor<'_>, at: At, found: &mut Vec<Match>) {
    range(start, Between::To, found);
    if at.word
        && let Some((tick, end)) = dotted(start)
    {
        let text = format!("at {}.{:02}", tick.hour, tick.minute);
        let clock = Clock { start: tick, end: None, midnight: false, text };
        found.push(Match::new(end.at, Item::Clock(clock)).needs(Need::Date));
    }
    let Some((time, after)) = time(start) else { return };
    let o_clock = after.words(&["o", "'", "clock"]).or_else(|| after.word("oclock")).filter(|_| time.is_bare());
    let has_at = at.word || o_clock.is_some();
    let after = o_clock.unwrap_or(after);
    let text = time.text(has_at);
    let need = match time.half {
        None if !has_at && !at.sign => Need::Date,
        _ => Need::Nothing,
    };
    match time.tick(has_at) {
        Some(Ok(tick)) => {
            let clock = Clock { start: tick, end: None, midnight: false, text };
            found.push(Match::new(after.at, Item::Clock(clock)).needs(need));
        }
        Some(Err(error)) => found.push(Match::refused(after.at, Kinds::CLOCK, error).needs(Need::Mark)),
        None => {}
    }
}

/// Reads `9.30`, which is a time only after `at` and with a date.
fn dotted(cursor: Cursor<'_>) -> Option<(Tick, Cursor<'_>)> {
    let (hour, after) = cursor.digits(2)?;
    let (minute, end) = after.sign(&["."]).filter(|after| after.glued())?.exactly(2)?;
    let written = Written { hour, minute: Some(minute), half: None };
    Some((written.tick(false)?.ok()?, end))
}

/// A time as written.
#[derive(Clone, Copy)]
struct Written {
    hour: i16,
    minute: Option<i16>,
    /// Whether it is in the second half of the day.
    half: Option<bool>,
}

impl Written {
    fn text(self, has_at: bool) -> String {
        let at = if has_at { "at " } else { "" };
        let minute = self.minute.map(|minute| format!(":{minute:02}")).unwrap_or_default();
        let half = self.half.map_or("", |later| if later { "pm" } else { "am" });
        format!("{at}{}{minute}{half}", self.hour)
    }

    /// Returns whether it is an hour without minutes.
    const fn is_bare(self) -> bool {
        self.minute.is_none() && self.half.is_none()
    }

    /// Returns `None` if this is not a time, and an error if the time does not exist.
    fn tick(self, has_at: bool) -> Option<Result<Tick, QuickAddError>> {
        let minute = i8::try_from(self.minute.unwrap_or(0)).ok().filter(|minute| *minute < 60)?;
        let hour = i8::try_from(self.hour).ok()?;
        match self.half {
            Some(later) if (1..=12).contains(&hour) => Some(Ok(Tick::fixed(hour % 12 + i8::from(later) * 12, minute))),
            Some(_) => {
                let error = QuickAddError::no_such(format!("there is no time {}", self.text(false)));
                Some(Err(if hour < 24 { error.write([format!("{hour:02}:{minute:02}")]) } else { error }))
            }
            None if hour == 24 && self.minute == Some(0) => Some(Ok(Tick::fixed(24, 0))),
            None if hour > 23 => None,
            None if self.minute.is_some() => {
                let sure = if (1..=12).contains(&hour) { Sure::Minutes } else { Sure::Fixed };
                Some(Ok(Tick { hour, minute, sure }))
            }
            None if !has_at => None,
            None => {
                let sure = if (1..=12).contains(&hour) { Sure::Bare } else { Sure::Fixed };
                Some(Ok(Tick { hour, minute, sure }))
            }
        }
    }
}

fn time(cursor: Cursor<'_>) -> Option<(Written, Cursor<'_>)> {
    let (hour, after_hour) = cursor.digits(2)?;
    let minutes = after_hour.sign(&[":", "."]).and_then(|after| if after.glued() { after.exactly(2) } else { None });
    let (minute, after) = minutes.map_or((None, after_hour), |(minute, after)| (Some(minute), after));
    if let Some((half, after)) = half(after) {
        return Some((Written { hour, minute, half: Some(half) }, after));
    }
    // `9.30` is a number unless `am` or `pm` follows.
    let (minute, after) = if after_hour.text() == "." { (None, after_hour) } else { (minute, after) };
    Some((Written { hour, minute, half: None }, after))
}

/// Reads `am`, `pm`, `a.m.` or `p.m.`; returns whether it is the second half.
fn half(cursor: Cursor<'_>) -> Option<(bool, Cursor<'_>)> {
    if let Some(after) = cursor.any(&["am", "pm"]) {
        return Some((cursor.text() == "pm", after));
    }
    let after = cursor.any(&["a", "p"])?.sign(&["."])?.sign(&["m"])?;
    Some((cursor.text() == "p", after.sign(&["."]).unwrap_or(after)))
}

/// The words around a range.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    /// `2pm to 4pm`
    To,
    /// `from 2pm to 4pm`
    From,
    /// `between 2pm and 4pm`
    And,
}

/// Reads `noon`, or `midnight` as the end of a range.
fn named_time(cursor: Cursor<'_>, is_end: bool) -> Option<(Written, Cursor<'_>)> {
    if let Some(after) = cursor.word("noon") {
        return Some((Written { hour: 12, minute: None, half: Some(true) }, after));
    }
    let after = cursor.word("midnight").filter(|_| is_end)?;
    Some((Written { hour: 24, minute: Some(0), half: None }, after))
}

/// Reads `9-11am`, `14:00-15:30` or `2pm to 4pm`; after `from` or beside a date, also `2 to 4pm` and `2pm until 4pm`.
fn range(start: Cursor<'_>, between: Between, found: &mut Vec<Match>) {
    let Some((first, after)) = time(start).or_else(|| named_time(start, false)) else { return };
    let separators: &[&str] = if between == Between::And { &["and"] } else { &["-", "to", "until", "till"] };
    let Some(second) = after.any(separators) else { return };
    let Some((last, end)) = time(second).or_else(|| named_time(second, true)) else { return };
    // `9-11` is not a range of times.
    if last.is_bare() || (first.is_bare() && last.half.is_none()) {
        return;
    }
    // `until 4pm` and `and 4pm` can be part of a sentence.
    let is_loose = match between {
        Between::To => after.text() != "-" && (first.is_bare() || after.text() != "to"),
        Between::From => false,
        Between::And => true,
    };
    let need = if is_loose { Need::Date } else { Need::Nothing };
    let text = format!("{}-{}", first.text(false), last.text(false));
    match (range_start(first, last), last.tick(false)) {
        (Some(Ok(start)), Some(Ok(last))) => {
            let clock = Clock { start, end: Some(last), midnight: false, text };
            found.push(Match::new(end.at, Item::Clock(clock)).needs(need));
        }
        (Some(Err(error)), Some(_)) | (Some(_), Some(Err(error))) => {
            found.push(Match::refused(end.at, Kinds::CLOCK, error).needs(Need::Mark));
        }
        _ => {}
    }
}

/// Returns the start of a range: in the half of the day of the end, unless it would then be after the end.
fn range_start(first: Written, last: Written) -> Option<Result<Tick, QuickAddError>> {
    if first.half.is_some() || last.half.is_none() || first.hour > 12 {
        return first.tick(false);
    }
    let of = |half| Written { half, ..first }.tick(false);
    let same = of(last.half);
    match (&same, last.tick(false)) {
        (Some(Ok(start)), Some(Ok(end))) if start.minutes() > end.minutes() => of(last.half.map(|later| !later)),
        _ => same,
    }
}

/// Reads the abbreviation of a time zone.
pub(super) fn zone(cursor: Cursor<'_>, found: &mut Vec<Match>) {
    if let Some(after) = cursor.any(&words::ZONES) {
        let name = cursor.text().to_uppercase();
        let reason = format!("the time zone {name} cannot be read, because abbreviations mean several zones or none");
        let error = QuickAddError::new(Problem::ZoneAbbreviation, reason)
            .write(["2026-12-01T09:00Z", "2026-12-01T09:00+01:00"]);
        found.push(Match::refused(after.at, Kinds::ZONE, error).needs(Need::Mark));
    }
}
