//! Times on the clock, ranges of them, and parts of the day, in English.

use super::cursor::Cursor;
use super::error::{Problem, QuickAddError};
use super::item::{Clock, Context, Item, Kinds, Match, Need, Part, Sure, Tick};
use super::words;

/// Reads what begins here.
pub(super) fn read(cursor: Cursor<'_>, context: &Context, found: &mut Vec<Match>) {
    let at = cursor.word("at").or_else(|| cursor.words(&["due", "at"]));
    let start = at.or_else(|| cursor.any(&["by", "due"])).unwrap_or(cursor);
    clock(start, at.is_some(), found);
    if let Some(from) = cursor.word("from") {
        range(from, true, found);
    }
    if let Some(after) = start.word("noon") {
        push(
            found,
            start,
            after,
            Clock { start: Tick::fixed(12, 0), end: None, midnight: false, text: String::new() },
            at,
        );
    }
    if let Some(after) = start.word("midnight") {
        push(
            found,
            start,
            after,
            Clock { start: Tick::fixed(0, 0), end: None, midnight: true, text: String::new() },
            at,
        );
    }
    if let Some((part, after)) = words::part(cursor) {
        found.push(Match::new(after.at, Item::Part(part)).needs(Need::Before));
    }
    let in_the = cursor.words(&["in", "the"]).or_else(|| cursor.word("at").filter(|next| next.text() == "night"));
    if let Some((part, after)) = in_the.and_then(words::part) {
        found.push(Match::new(after.at, Item::Part(part)).needs(Need::Before));
    }
    if let Some((part, after)) = cursor.word("this").and_then(words::part) {
        found.push(Match::new(after.at, Item::DayPart(context.today, part)));
    }
    if let Some(after) = cursor.any(&["tonight"]).or_else(|| cursor.any(&["by", "due"])?.word("tonight")) {
        found.push(Match::new(after.at, Item::DayPart(context.today, Part::Tonight)));
    }
}

fn push(found: &mut Vec<Match>, from: Cursor<'_>, to: Cursor<'_>, clock: Clock, at: Option<Cursor<'_>>) {
    let need = if at.is_some() { Need::Nothing } else { Need::Date };
    let text = from.text().to_owned();
    found.push(Match::new(to.at, Item::Clock(Clock { text, ..clock })).needs(need));
}

/// Reads a time or a range of times.
fn clock(start: Cursor<'_>, has_at: bool, found: &mut Vec<Match>) {
    range(start, false, found);
    let Some((time, after)) = time(start) else { return };
    let text = time.text(has_at);
    let need = match time.half {
        None if !has_at => Need::Date,
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

    /// `None` if this is no time; the error if it is one that does not exist.
    fn tick(self, has_at: bool) -> Option<Result<Tick, QuickAddError>> {
        let minute = i8::try_from(self.minute.unwrap_or(0)).ok().filter(|minute| *minute < 60)?;
        let hour = i8::try_from(self.hour).ok()?;
        match self.half {
            Some(later) if (1..=12).contains(&hour) => Some(Ok(Tick::fixed(hour % 12 + i8::from(later) * 12, minute))),
            Some(_) => {
                let error = QuickAddError::no_such(format!("there is no time {}", self.text(false)));
                Some(Err(if hour < 24 { error.write([format!("{hour:02}:{minute:02}")]) } else { error }))
            }
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

/// Reads `9-11am`, `14:00-15:30` or `2pm to 4pm`; after `from`, also `2 to 4pm`.
fn range(start: Cursor<'_>, from: bool, found: &mut Vec<Match>) {
    let Some((first, after)) = time(start) else { return };
    let Some(second) = after.any(&["-", "to"]) else { return };
    let Some((last, end)) = time(second) else { return };
    let is_loose = after.text() == "to" && !from;
    let has_hours = |written: Written| written.half.is_some() || written.minute.is_some();
    // `9-11` is no range of times, and neither is `9 to 11am`.
    if !has_hours(last) || (!has_hours(first) && (last.half.is_none() || is_loose)) {
        return;
    }
    let text = format!("{}-{}", first.text(false), last.text(false));
    match (range_start(first, last), last.tick(false)) {
        (Some(Ok(start)), Some(Ok(last))) => {
            let clock = Clock { start, end: Some(last), midnight: false, text };
            found.push(Match::new(end.at, Item::Clock(clock)));
        }
        (Some(Err(error)), Some(_)) | (Some(_), Some(Err(error))) => {
            found.push(Match::refused(end.at, Kinds::CLOCK, error).needs(Need::Mark));
        }
        _ => {}
    }
}

/// The start of a range, which takes the half of the day of the end unless that is later.
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
