//! One checkbox line of Obsidian Tasks: its mark and the fields at its end.

use jiff::civil::Date;
use ticktick::{Priority, TaskStatus};

use crate::record::{Moment, Record};
use crate::{Context, Format, words};

/// A field, in any notation.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Field {
    Due,
    Scheduled,
    Start,
    Created,
    Done,
    Cancelled,
    Priority(Priority),
    Repeat,
    Id,
    Depends,
    OnCompletion,
}

const EMOJI: &[(&str, Field)] = &[
    ("📅", Field::Due),
    ("📆", Field::Due),
    ("🗓", Field::Due),
    ("⏳", Field::Scheduled),
    ("⌛", Field::Scheduled),
    ("🛫", Field::Start),
    ("➕", Field::Created),
    ("✅", Field::Done),
    ("❌", Field::Cancelled),
    ("🔺", Field::Priority(Priority::High)),
    ("⏫", Field::Priority(Priority::High)),
    ("🔼", Field::Priority(Priority::Medium)),
    ("🔽", Field::Priority(Priority::Low)),
    ("⏬", Field::Priority(Priority::Low)),
    ("🔁", Field::Repeat),
    ("🆔", Field::Id),
    ("⛔", Field::Depends),
    ("🏁", Field::OnCompletion),
];

/// The values of the fields of a line.
#[derive(Debug, Default)]
struct Dates {
    start: Option<Date>,
    scheduled: Option<Date>,
    due: Option<Date>,
}

pub(super) fn record(mark: char, text: &str, row: usize, source: &str, context: &Context) -> Record {
    let mut record = Record::new(Format::Markdown, row, "", source);
    record.status = match mark {
        'x' | 'X' => TaskStatus::Completed,
        '-' => TaskStatus::WontDo,
        _ => TaskStatus::Open,
    };
    let mut dates = Dates::default();
    let mut rest = plain(text);
    // Tags may be between the fields, so each round removes whatever is at the end.
    let mut tags = Vec::new();
    loop {
        let trimmed = rest.trim_end().len();
        rest.truncate(trimmed);
        let Some(end) = last_field(&rest, &mut record, &mut dates, context).or_else(|| last_tag(&rest, &mut tags))
        else {
            break;
        };
        rest.truncate(end);
    }
    let title: Vec<&str> = rest.split_whitespace().filter(|word| !inner_tag(word, &mut record)).collect();
    tags.iter().rev().for_each(|tag| record.tag(tag));
    record.title = bare(&title.join(" "));
    record.start = dates.start.or(dates.scheduled).map(Moment::Day);
    record.due = dates.due.map(Moment::Day);
    record.infer_all_day();
    record.completed = record.completed.filter(|_| !record.is_open());
    record
}

/// Reads a tag in the title, which becomes a tag of the task.
fn inner_tag(word: &str, record: &mut Record) -> bool {
    let name = tag_name(word);
    if let Some(name) = name {
        record.tag(name);
    }
    name.is_some()
}

fn last_tag(text: &str, tags: &mut Vec<String>) -> Option<usize> {
    let start = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    tags.push(tag_name(text.get(start..)?)?.to_owned());
    Some(start)
}

/// Returns the name of a tag. A number alone is not one.
fn tag_name(word: &str) -> Option<&str> {
    let name = word.strip_prefix('#')?;
    let is_name = !name.is_empty() && !name.starts_with('#') && !name.bytes().all(|byte| byte.is_ascii_digit());
    is_name.then_some(name)
}

/// Reads the field at the end of the text and returns its start.
fn last_field(text: &str, record: &mut Record, dates: &mut Dates, context: &Context) -> Option<usize> {
    if let Some(inner) = text.strip_suffix("%%") {
        let start = inner.rfind("%%").filter(|start| !is_protected(text, *start))?;
        record.ticktick_id = Some(inner[start + 2..].trim().to_owned()).filter(|id| is_id(id));
        return Some(start);
    }
    if text.ends_with(']') || text.ends_with(')') {
        let open = if text.ends_with(']') { '[' } else { '(' };
        let start = text.rfind(open).filter(|start| !is_protected(text, *start))?;
        let (name, value) = text[start + 1..text.len() - 1].split_once("::")?;
        let value = value.trim();
        if name.trim() == "ticktick" {
            record.ticktick_id = Some(value.to_owned());
            return Some(start);
        }
        let field = dataview(name.trim(), value)?;
        return apply(field, value, record, dates, context).then_some(start);
    }
    let (start, name, field) = EMOJI
        .iter()
        .filter_map(|(name, field)| text.rfind(name).map(|start| (start, *name, *field)))
        .max_by_key(|(start, ..)| *start)
        .filter(|(start, ..)| !is_protected(text, *start))?;
    let value = text[start + name.len()..].trim();
    apply(field, value, record, dates, context).then_some(start)
}

/// Removes the variation selectors after the emoji of fields. Those of other emoji belong to the title.
fn plain(text: &str) -> String {
    let fields = EMOJI.iter().filter(|(name, _)| text.contains(name));
    fields.fold(text.to_owned(), |text, (name, _)| text.replace(&format!("{name}\u{fe0f}"), name))
}

/// Whether a backslash stands before a place.
fn is_protected(text: &str, at: usize) -> bool {
    text[..at].ends_with('\\')
}

/// Returns the length of what begins at a place and could be read as a field or a tag.
fn token(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let starts_word = || text[..at].trim_end_matches('\\').chars().next_back().is_none_or(char::is_whitespace);
    if let Some((name, _)) = EMOJI.iter().find(|(name, _)| rest.starts_with(name)) {
        return Some(name.len());
    }
    if rest.starts_with("%%") {
        return Some(2);
    }
    if let Some(close) = rest.strip_prefix('[').map(|_| ']').or_else(|| rest.strip_prefix('(').map(|_| ')')) {
        return rest.split(close).next().filter(|inner| inner.contains("::")).map(|_| 1);
    }
    let word = rest.split(char::is_whitespace).next().unwrap_or(rest);
    (tag_name(word).is_some() && starts_word()).then_some(1)
}

/// Returns a title in which nothing is read as a field or a tag: a backslash stands before whatever could be one.
pub(crate) fn protected(title: &str, context: &Context) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let has_emoji = EMOJI.iter().any(|(name, _)| title.contains(name));
    if !has_emoji && record(' ', &title, 0, "", context).title == title {
        return title;
    }
    let mut text = String::new();
    let mut at = 0;
    while let Some(c) = title[at..].chars().next() {
        let length = token(&title, at);
        text.push_str(if length.is_some() { "\\" } else { "" });
        let next = at + length.unwrap_or(c.len_utf8());
        text.push_str(&title[at..next]);
        at = next;
    }
    text
}

/// Removes the backslashes that protect a title.
fn bare(title: &str) -> String {
    let mut text = String::new();
    let mut at = 0;
    while let Some(c) = title[at..].chars().next() {
        let length = token(title, at);
        if length.is_some() && text.ends_with('\\') {
            text.pop();
        }
        let next = at + length.unwrap_or(c.len_utf8());
        text.push_str(&title[at..next]);
        at = next;
    }
    text
}

fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn dataview(name: &str, value: &str) -> Option<Field> {
    Some(match name {
        "due" => Field::Due,
        "scheduled" => Field::Scheduled,
        "start" => Field::Start,
        "created" => Field::Created,
        "completion" => Field::Done,
        "cancelled" => Field::Cancelled,
        "priority" => Field::Priority(match value {
            "highest" | "high" => Priority::High,
            "medium" => Priority::Medium,
            "low" | "lowest" => Priority::Low,
            _ => return None,
        }),
        "repeat" => Field::Repeat,
        "id" => Field::Id,
        "dependsOn" => Field::Depends,
        "onCompletion" => Field::OnCompletion,
        _ => return None,
    })
}

/// Applies a field. Returns `false` if its value is invalid, so that the field stays in the text.
fn apply(field: Field, value: &str, record: &mut Record, dates: &mut Dates, context: &Context) -> bool {
    let is_word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "_-, ".contains(c));
    match field {
        Field::Priority(priority) => {
            let fits = value.is_empty() || value.is_ascii() && dataview("priority", value).is_some();
            if fits {
                record.priority = priority;
            }
            fits
        }
        Field::Repeat => {
            if value.is_empty() {
                return false;
            }
            match words::repeat(value, context.today()) {
                Some(repeat) => {
                    record.repeat = Some(repeat.rule);
                    record.repeat_from = Some(repeat.from);
                }
                None => record.warn(format!("repeat not understood: {value}")),
            }
            true
        }
        Field::Id if is_word(value) => {
            record.source_id = Some(value.to_owned());
            true
        }
        Field::Depends if is_word(value) => {
            record.warn(format!("depends on {value}"));
            true
        }
        Field::OnCompletion => matches!(value, "keep" | "delete"),
        Field::Id | Field::Depends => false,
        _ => date(field, value, record, dates),
    }
}

fn date(field: Field, value: &str, record: &mut Record, dates: &mut Dates) -> bool {
    let shape: String = value.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if shape != "0000-00-00" {
        return false;
    }
    let found = words::day_text(value);
    if found.is_none() {
        record.warn(format!("invalid date {value}"));
    }
    match field {
        Field::Due => dates.due = found.or(dates.due),
        Field::Scheduled => dates.scheduled = found.or(dates.scheduled),
        Field::Start => dates.start = found.or(dates.start),
        Field::Created => record.created = found.map(Moment::Day),
        _ => record.completed = found.map(Moment::Day),
    }
    true
}
