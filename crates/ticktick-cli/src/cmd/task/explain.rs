//! `ticktick add --explain`: shows how a line is understood, and sends nothing.

use jiff::ZonedDateTime;
use jiff::civil::Weekday;
use ticktick::quick_add::{DateValue, FoundField, Parsed, reminders_text};
use ticktick::{Due, Priority};

use super::{line, repeat_words};
use crate::answer::{Answer, print_one};
use crate::args::{AddArgs, Globals};
use crate::connect;
use crate::error::Error;
use crate::generated::cli;
use crate::mirror;
use crate::output::{DIM, Output, width};
use crate::table::{Cell, Table};
use crate::when;

pub(super) fn run(globals: &Globals, args: &AddArgs, lines: &[String], output: Output) -> Result<(), Error> {
    let (now, week_start) = clock(globals, output)?;
    let quick = when::quick(globals, &now, week_start);
    let parsed = lines.iter().map(|line| line::read(line, args, &quick)).collect::<Result<Vec<_>, _>>()?;
    // The JSON document contains the notes.
    for note in parsed.iter().flat_map(|parsed| &parsed.notes).filter(|_| !output.is_json()) {
        output.note("note", &note.text);
    }
    let readings: Vec<cli::Reading> = parsed.iter().map(reading).collect();
    match (parsed.as_slice(), readings.as_slice()) {
        ([parsed], [reading]) => print_one(reading, globals, || table(parsed)),
        _ => Answer::new(readings).print(globals, |_| parsed.iter().flat_map(table).collect::<Vec<_>>()),
    }
}

/// Returns the current time in the account's zone, and the first day of its weeks, without a request.
fn clock(globals: &Globals, output: Output) -> Result<(ZonedDateTime, Weekday), Error> {
    if globals.demo {
        return Ok((connect::here(globals)?, Weekday::Monday));
    }
    // Without a mirror, the machine's zone is the best guess.
    let known = if globals.mirror.no_mirror { None } else { mirror::existing(globals, output).ok().flatten() };
    match known {
        Some(mirror) => Ok((mirror::moment().to_zoned_datetime(mirror.zone()?), mirror.week_start()?)),
        None => Ok((connect::here(globals)?, Weekday::Monday)),
    }
}

/// Returns the fields in the form that scripts read.
fn reading(parsed: &Parsed) -> cli::Reading {
    let reminders = Some(reminders_text(&parsed.reminders)).filter(|text| !text.is_empty());
    cli::Reading {
        title: parsed.title.clone(),
        project: parsed.project.clone(),
        tags: parsed.tags.clone(),
        priority: parsed.priority.as_ref().map(level_of),
        due: parsed.due.as_ref().map(ToString::to_string),
        repeat: parsed.repeat.as_ref().map(ToString::to_string),
        reminders,
        notes: parsed.notes.iter().map(|note| note.text.clone()).collect(),
    }
}

fn level_of(level: &Priority) -> cli::Priority {
    match level {
        Priority::High => cli::Priority::High,
        Priority::Medium => cli::Priority::Medium,
        Priority::Low => cli::Priority::Low,
        _ => cli::Priority::None,
    }
}

/// Shows each field with the words that set it.
fn table(parsed: &Parsed) -> Vec<String> {
    use FoundField::{Date, Duration, Priority as Level, Project, Reminder, Repeat, Tag, Time};

    let mut table = Table::new().flexible([(1, 20), (2, 12)]);
    let mut row = |name: &str, value: String, fields: &[FoundField]| {
        let words = parsed.found.iter().filter(|found| fields.contains(&found.field)).map(|found| found.text.as_str());
        let words = words.collect::<Vec<_>>().join(" ");
        let words = if words.is_empty() { words } else { format!("\"{words}\"") };
        table.row(vec![Cell::new(format!(" {name}")).style(DIM), Cell::new(value), Cell::new(words).style(DIM)]);
    };
    row("title", parsed.title.clone(), &[]);
    if let Some(due) = &parsed.due {
        row("due", due_words(due), &[Date, Time, Duration]);
    }
    if let Some(level) = &parsed.priority {
        let name = match level {
            Priority::High => "high",
            Priority::Medium => "medium",
            Priority::Low => "low",
            _ => "none",
        };
        row("priority", name.to_owned(), &[Level]);
    }
    if !parsed.tags.is_empty() {
        row("tags", parsed.tags.join(", "), &[Tag]);
    }
    if let Some(project) = &parsed.project {
        row("project", project.clone(), &[Project]);
    }
    if let Some(repeat) = &parsed.repeat {
        let date = match &parsed.due {
            Some(DateValue::Due(due)) => Some(due.date()),
            _ => None,
        };
        row("repeats", repeat_words::of(repeat, date), &[Repeat]);
    }
    if !parsed.reminders.is_empty() {
        row("reminders", reminders_text(&parsed.reminders).replace(',', ", "), &[Reminder]);
    }
    table.render(width())
}

fn due_words(due: &DateValue) -> String {
    let DateValue::Due(due) = due else { return "none".to_owned() };
    let zone = |at: &ZonedDateTime| at.time_zone().iana_name().map(|name| format!(" ({name})")).unwrap_or_default();
    match due {
        Due::Day { date, .. } => date.strftime("%a %-d %b %Y").to_string(),
        Due::Days { first, last, .. } => {
            format!("{} - {}", first.strftime("%a %-d %b %Y"), last.strftime("%a %-d %b %Y"))
        }
        Due::At(at) => format!("{}{}", at.strftime("%a %-d %b %Y, %H:%M"), zone(at)),
        Due::Range { start, end, .. } if start.date() == end.date() => {
            format!("{}-{}{}", start.strftime("%a %-d %b %Y, %H:%M"), end.strftime("%H:%M"), zone(start))
        }
        Due::Range { start, end, .. } => {
            let format = "%a %-d %b %Y, %H:%M";
            format!("{} - {}{}", start.strftime(format), end.strftime(format), zone(start))
        }
        other => ticktick::quick_add::due_text(other),
    }
}
