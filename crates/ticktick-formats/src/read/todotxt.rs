//! Reads todo.txt.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ticktick::models::RepeatFrom;
use ticktick::{Priority, TaskStatus};

use crate::record::{INBOX, Moment, Record};
use crate::{Format, Plan, marks, words};

/// Stands before a word of a title that would be a mark.
pub(crate) const SIGN: char = '\\';

/// The ids in a line, which are resolved when all lines have been read.
#[derive(Debug, Default)]
struct Link {
    id: Option<String>,
    parent: Option<String>,
}

pub(super) fn read(text: &str, source: &str) -> Plan {
    let mut plan = Plan::new(Format::TodoTxt, source);
    let mut links = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let mut link = Link::default();
        let record = record(line.trim(), index + 1, &mut link);
        if record.title.is_empty() {
            plan.skip(index + 1, "no text besides fields");
            continue;
        }
        plan.records.push(record);
        links.push(link);
    }
    connect(&mut plan, &links);
    plan
}

fn connect(plan: &mut Plan, links: &[Link]) {
    let mut ids = BTreeMap::new();
    for (index, link) in links.iter().enumerate() {
        if let Some(id) = &link.id {
            ids.entry(id.as_str()).or_insert(index);
        }
    }
    for (index, link) in links.iter().enumerate() {
        let Some(parent) = &link.parent else { continue };
        match ids.get(parent.as_str()) {
            Some(found) if *found != index => plan.records[index].parent = Some(*found),
            _ => {
                let row = plan.records[index].row;
                plan.note(row, format!("the parent {parent} is not in the file; imported without a parent"));
            }
        }
    }
}

fn record(line: &str, row: usize, link: &mut Link) -> Record {
    let mut record = Record::new(Format::TodoTxt, row, "", INBOX);
    let rest = head(line, &mut record);
    let mut kept = Vec::new();
    let mut has_project = false;
    for word in rest.split_whitespace() {
        if let Some(name) = word.strip_prefix('+').filter(|name| !name.is_empty()) {
            // A task has only one project, the first one. Further ones become tags.
            if has_project {
                record.tag(name);
            } else {
                record.project = name.replace('_', " ");
                has_project = true;
            }
        } else if let Some(name) = word.strip_prefix('@').filter(|name| !name.is_empty()) {
            record.tag(name);
        } else if let Some((key, value)) = key_and_value(word) {
            field(&mut record, key, value, link);
        } else {
            kept.push(word);
        }
    }
    record.title = marks::bare(kept, SIGN, is_mark);
    record.infer_all_day();
    record
}

/// Reads the marks at the beginning of a line and returns the rest.
fn head<'a>(line: &'a str, record: &mut Record) -> &'a str {
    let mut rest = line;
    if let Some(done) = rest.strip_prefix("x ") {
        rest = done.trim_start();
        record.status = TaskStatus::Completed;
    }
    let mut dates = Vec::new();
    loop {
        if let Some((letter, after)) = letter(rest).filter(|_| record.priority == Priority::None) {
            record.priority = priority(letter);
            rest = after;
        } else if let Some((date, after)) = leading_date(rest).filter(|_| dates.len() < 2) {
            dates.push(date);
            rest = after;
        } else {
            break;
        }
    }
    let mut dates = dates.into_iter().map(Moment::Day);
    if !record.is_open() {
        record.completed = dates.next();
    }
    record.created = dates.next();
    rest
}

/// Returns whether a word of a title would be read as a mark.
pub(crate) fn is_mark(index: usize, word: &str) -> bool {
    let is_named = word.len() > 1 && word.starts_with(['+', '@']);
    let with_text = format!("{word} ");
    let is_head = || word == "x" || letter(&with_text).is_some() || leading_date(&with_text).is_some();
    is_named || key_and_value(word).is_some() || (index == 0 && is_head())
}

fn letter(text: &str) -> Option<(char, &str)> {
    let (mark, rest) = text.split_once(' ')?;
    let letter = mark.strip_prefix('(')?.strip_suffix(')')?;
    let mut letters = letter.chars();
    let first = letters.next().filter(char::is_ascii_uppercase)?;
    letters.next().is_none().then_some((first, rest.trim_start()))
}

fn leading_date(text: &str) -> Option<(Date, &str)> {
    let (word, rest) = text.split_once(' ')?;
    words::day_text(word).map(|date| (date, rest.trim_start()))
}

fn priority(letter: char) -> Priority {
    match letter {
        'A' => Priority::High,
        'B' => Priority::Medium,
        _ => Priority::Low,
    }
}

/// Splits a field. Returns `None` if the word is not one, so that it stays in the title.
fn key_and_value(word: &str) -> Option<(&str, &str)> {
    let (key, value) = word.split_once(':').filter(|(_, value)| !value.is_empty() && !value.contains(':'))?;
    let is_field = match key {
        "due" | "t" | "rec" | "id" | "p" | "h" | "uuid" | "tt" => true,
        "pri" => value.len() == 1 && value.starts_with(|c: char| c.is_ascii_alphabetic()),
        "status" => value == "wontdo",
        _ => false,
    };
    is_field.then_some((key, value))
}

/// Reads a field.
fn field(record: &mut Record, key: &str, value: &str, link: &mut Link) {
    match key {
        "due" => record.due = day(record, value).or(record.due),
        "t" => record.start = day(record, value).or(record.start),
        "rec" => recur(record, value),
        "pri" => value.chars().for_each(|letter| record.priority = priority(letter.to_ascii_uppercase())),
        "id" => link.id = Some(value.to_owned()),
        "p" => link.parent = Some(value.to_owned()),
        "h" => record.hidden = value == "1",
        "uuid" => record.source_id = Some(value.to_owned()),
        "tt" => record.ticktick_id = Some(value.to_owned()),
        _ => record.status = TaskStatus::WontDo,
    }
}

fn day(record: &mut Record, value: &str) -> Option<Moment> {
    let found = words::day_text(value).map(Moment::Day);
    if found.is_none() {
        record.warn(format!("invalid date {value}"));
    }
    found
}

/// Reads `1w`, from completion, or `+1w`, from the due date.
fn recur(record: &mut Record, value: &str) {
    let (from, rest) = match value.strip_prefix('+') {
        Some(rest) => (RepeatFrom::DueDate, rest),
        None => (RepeatFrom::Completion, value),
    };
    let split = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, unit) = rest.split_at(split);
    let number = if number.is_empty() { Some(1) } else { number.parse::<u32>().ok().filter(|number| *number > 0) };
    let rule = number.and_then(|number| {
        Some(match unit {
            "d" => format!("FREQ=DAILY;INTERVAL={number}"),
            "b" if number == 1 => "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR".to_owned(),
            "b" => format!("FREQ=DAILY;INTERVAL={number};TT_SKIP=WEEKEND"),
            "w" => format!("FREQ=WEEKLY;INTERVAL={number}"),
            "m" => format!("FREQ=MONTHLY;INTERVAL={number}"),
            "y" => format!("FREQ=YEARLY;INTERVAL={number}"),
            _ => return None,
        })
    });
    match rule {
        Some(rule) => {
            record.repeat = Some(format!("RRULE:{rule}"));
            record.repeat_from = Some(from);
        }
        None => record.warn(format!("repeat not understood: rec:{value}")),
    }
}
