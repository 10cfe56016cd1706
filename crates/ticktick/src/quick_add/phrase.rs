//! Phrases on their own: the values of `--due`, `--repeat` and `--remind`.

use jiff::ZonedDateTime;
use ticktick_models::{Recurrence, RepeatFrom};

use super::atom::atoms;
use super::compose::{Given, compose};
use super::cursor::Cursor;
use super::error::QuickAddError;
use super::item::{Context, Item, Kinds, Match};
use super::parsed::{DateValue, Repeat};
use super::run::{Phrases, Place, Search};
use super::{remind, series};

/// Reads a text that is one phrase of these kinds.
fn whole(text: &str, except: Kinds, context: &Context) -> Option<Vec<Item>> {
    let atoms = atoms(text);
    let search = Search { place: Place::Mark, except, company: Kinds::NONE, end: Some(atoms.len()) };
    let run = Phrases::new(&atoms, context).longest(0, search)?;
    Some(run.items().cloned().collect())
}

/// Returns whether a date value means that the task has no date.
pub(super) fn is_none(value: &str) -> bool {
    ["none", "无"].contains(&value.trim().to_lowercase().as_str())
}

/// Reads the value of `--due`.
pub(super) fn date(text: &str, context: &Context) -> Result<DateValue, QuickAddError> {
    if is_none(text) {
        return Ok(DateValue::Clear);
    }
    let unknown = || {
        let error = QuickAddError::unknown(format!("\"{text}\" is not a date"));
        error.write(["tomorrow 9am", "next friday", "2026-12-01", "none"])
    };
    let items = whole(text, Kinds::REPEAT.and(Kinds::REMIND), context).ok_or_else(unknown)?;
    let fields = compose(&items.iter().collect::<Vec<_>>(), Given::default(), context)?;
    fields.due.ok_or_else(unknown)
}

/// Reads the value of `--repeat`, as a phrase.
pub(super) fn repeat_items(text: &str, context: &Context) -> Result<Item, QuickAddError> {
    let unknown = || {
        let error = QuickAddError::unknown(format!("\"{text}\" is not a repeat rule"));
        error.write(["every 2 weeks", "every mon,thu", "RRULE:FREQ=DAILY;INTERVAL=3"])
    };
    let except = Kinds::DUE.and(Kinds::REMIND);
    let mut items = whole(text, except, context).ok_or_else(unknown)?;
    match items.pop() {
        Some(Item::Refused(_, error)) => Err(error),
        Some(item) => Ok(item),
        None => Err(unknown()),
    }
}

/// Reads a rule in the form of the service, if the text is one. `FROM` becomes `repeatFrom`.
pub(super) fn rule(text: &str) -> Option<Result<Repeat, QuickAddError>> {
    let upper = text.trim().to_uppercase();
    if !["RRULE:", "FREQ=", "ERULE:"].iter().any(|start| upper.starts_with(start)) {
        return None;
    }
    let (from, parts): (Vec<&str>, Vec<&str>) = upper.split(';').partition(|part| part.starts_with("FROM="));
    let from = match from.first().map(|from| &from["FROM=".len()..]) {
        None | Some("2") => RepeatFrom::Calendar,
        Some("1") => RepeatFrom::Completion,
        Some("0") => RepeatFrom::DueDate,
        Some(other) => return Some(Err(QuickAddError::unknown(format!("FROM={other} is not 0, 1 or 2")))),
    };
    let parts = parts.join(";");
    let text = if parts.starts_with("FREQ=") { format!("RRULE:{parts}") } else { parts };
    let rule = Recurrence::parse(&text).map_err(|error| QuickAddError::unknown(format!("invalid repeat: {error}")));
    Some(rule.map(|rule| Repeat { rule, from }))
}

/// Reads the value of `--repeat`.
pub(super) fn repeat(text: &str, context: &Context) -> Result<Repeat, QuickAddError> {
    if let Some(rule) = rule(text) {
        return rule;
    }
    match repeat_items(text, context)? {
        Item::Repeat(rule) => series::repeat(&rule),
        _ => Err(QuickAddError::unknown(format!("\"{text}\" is not a repeat rule"))),
    }
}

/// Reads the value of `--remind`: with or without the word `remind`.
pub(super) fn reminders(text: &str, context: &Context) -> Result<Item, QuickAddError> {
    let except = Kinds::DUE.and(Kinds::REPEAT);
    if let Some([item]) = whole(text, except, context).as_deref() {
        return Ok(item.clone());
    }
    let atoms = atoms(text);
    let mut found: Vec<Match> = Vec::new();
    remind::list(Cursor::new(&atoms, 0), context, &mut found);
    let whole = found.into_iter().find(|found| found.end == atoms.len());
    whole.map(|found| found.item).ok_or_else(|| {
        let error = QuickAddError::unknown(format!("\"{text}\" is not a reminder"));
        error.write(["10m", "1h,10m", "1d 6pm", "9am"])
    })
}

/// Returns the context of a phrase.
pub(super) fn context(now: &ZonedDateTime) -> Context {
    Context {
        now: now.clone(),
        today: now.date(),
        week_start: jiff::civil::Weekday::Monday,
        order: None,
        day_reminder: jiff::civil::time(9, 0, 0, 0),
    }
}
