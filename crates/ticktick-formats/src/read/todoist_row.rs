//! One task in the CSV of Todoist.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use ticktick::Priority;

use super::table::{self, Columns, Row};
use crate::record::{Moment, Record};
use crate::{Context, Format, marks, words};

/// Stands before a word of a title that would be a mark. Todoist shows such a word without it.
pub(crate) const SIGN: char = '\\';

/// Returns whether a word of a title would be read as a mark.
pub(crate) fn is_mark(index: usize, word: &str) -> bool {
    (index == 0 && word == "*") || (word.len() > 1 && word.starts_with('@'))
}

pub(super) fn record(row: &Row, columns: &Columns, source: &str, context: &Context) -> Record {
    let cell = |name: &str| columns.get(row, name).unwrap_or_default().trim();
    let mut record = Record::new(Format::Todoist, row.line, "", project(source));
    title(&mut record, &table::lines(cell("content")));
    record.content = table::lines(columns.get(row, "description").unwrap_or_default()).trim_end().to_owned();
    record.zone = Some(cell("timezone").to_owned()).filter(|zone| !zone.is_empty());
    // The file counts from the highest; an empty cell means the highest for Todoist itself.
    record.priority = match cell("priority") {
        "" | "1" => Priority::High,
        "2" => Priority::Medium,
        "3" => Priority::Low,
        "4" => Priority::None,
        other => {
            record.warn(format!("unknown priority {other}"));
            Priority::None
        }
    };
    record.minutes = minutes(cell("duration"), cell("duration_unit"));
    dates(&mut record, cell("date"), cell("date_lang"), context);
    let deadline = cell("deadline");
    match words::date(deadline, context.today()) {
        Some((day, _)) => record.deadline = Some(Moment::Day(day)),
        None if deadline.is_empty() => {}
        None => record.warn(format!("deadline not understood: {deadline}")),
    }
    record
}

/// Returns the name of the project: that of the file without the id that Todoist appends.
fn project(source: &str) -> &str {
    let without = source.trim_end().strip_suffix(']').and_then(|text| text.rsplit_once('['));
    without.map(|(name, _)| name.trim()).filter(|name| !name.is_empty()).unwrap_or(source)
}

/// Reads a title: its labels, and the mark of a task without a checkbox.
fn title(record: &mut Record, text: &str) {
    let text = match text.strip_prefix("* ") {
        Some(rest) => {
            record.header = true;
            rest
        }
        None => text,
    };
    let mut kept = Vec::new();
    for word in text.split_whitespace() {
        match word.strip_prefix('@').filter(|label| !label.is_empty()) {
            Some(label) => record.tag(label),
            None => kept.push(word),
        }
    }
    record.title = marks::bare(kept, SIGN, is_mark);
}

fn minutes(number: &str, unit: &str) -> Option<u32> {
    let number: u32 = number.parse().ok()?;
    match unit {
        "day" => number.checked_mul(24 * 60),
        _ => Some(number),
    }
}

fn dates(record: &mut Record, text: &str, language: &str, context: &Context) {
    if text.is_empty() {
        return;
    }
    let today = context.today();
    let is_english = language.is_empty() || language.eq_ignore_ascii_case("en");
    // A numeric date is the same in every language.
    let found = words::date(text, today).filter(|_| is_english || text.starts_with(|c: char| c.is_ascii_digit()));
    if let Some((day, time)) = found {
        let zone = record.zone.as_deref().and_then(|name| TimeZone::get(name).ok());
        if let Some(name) = record.zone.clone().filter(|_| zone.is_none() && time.is_some()) {
            record.warn(format!("unknown time zone {name}; the zone of the account is used"));
        }
        let zone = zone.unwrap_or_else(|| context.zone().clone());
        let at = time.and_then(|time| zone.to_timestamp(day.to_datetime(time)).ok());
        record.start = Some(at.map_or(Moment::Day(day), Moment::Instant));
        record.due = record.start;
        record.infer_all_day();
        return;
    }
    record.source_date = Some(text.to_owned());
    match words::repeat(text, today).filter(|_| is_english) {
        Some(repeat) => {
            record.all_day = repeat.time.is_none();
            record.local_time = repeat.time;
            record.due_from_repeat = true;
            record.repeat_from = Some(repeat.from);
            record.start = repeat.start.map(Moment::Day).filter(|_| is_later(repeat.start, today));
            record.repeat = Some(repeat.rule);
        }
        None => record.warn("date text not understood"),
    }
}

fn is_later(start: Option<Date>, today: Date) -> bool {
    start.is_some_and(|start| start > today)
}
