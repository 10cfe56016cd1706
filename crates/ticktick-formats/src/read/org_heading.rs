//! The parts of an Org heading: keyword, priority, planning line and properties.

use jiff::civil::{Date, Time};
use ticktick::models::{RepeatFrom, TaskKind};
use ticktick::{Priority, TaskStatus};

use super::backup_values::{is_rule, prefixed};
use crate::record::{Moment, Record};
use crate::{marks, words};

/// The keywords of a file: open ones and done ones.
#[derive(Debug)]
pub(crate) struct Keywords {
    open: Vec<String>,
    done: Vec<String>,
    is_default: bool,
}

impl Default for Keywords {
    fn default() -> Self {
        Self { open: vec!["TODO".to_owned()], done: vec!["DONE".to_owned()], is_default: true }
    }
}

impl Keywords {
    /// Adds a line `TODO NEXT | DONE`. Without a bar, the last keyword means done.
    pub(crate) fn add(&mut self, line: &str) {
        if self.is_default {
            *self = Self { open: Vec::new(), done: Vec::new(), is_default: false };
        }
        let name = |word: &str| word.split('(').next().unwrap_or(word).to_owned();
        let words = |text: &str| text.split_whitespace().map(name).collect::<Vec<_>>();
        match line.split_once('|') {
            Some((open, done)) => {
                self.open.extend(words(open));
                self.done.extend(words(done));
            }
            None => {
                let mut all = words(line);
                self.done.extend(all.pop());
                self.open.extend(all);
            }
        }
    }

    /// Splits the keyword from a heading.
    pub(super) fn split<'a>(&self, text: &'a str) -> (Option<TaskStatus>, &'a str) {
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let status = if self.open.iter().any(|name| name == word) {
            TaskStatus::Open
        } else if self.done.iter().any(|name| name == word) {
            if is_abandoned(word) { TaskStatus::WontDo } else { TaskStatus::Completed }
        } else {
            return (None, text);
        };
        (Some(status), rest.trim())
    }
}

fn is_abandoned(word: &str) -> bool {
    ["CANCEL", "WONT", "DROPPED", "ABANDON", "KILL", "REJECT"]
        .iter()
        .any(|start| word.to_uppercase().starts_with(start))
}

/// Reads a cookie such as `[#A]` and returns the title after it.
pub(super) fn priority<'a>(text: &'a str, priority: &mut Priority) -> &'a str {
    let Some((letter, rest)) = cookie(text) else { return text };
    *priority = match letter {
        "A" | "a" | "1" => Priority::High,
        "B" | "b" | "2" => Priority::Medium,
        _ => Priority::Low,
    };
    rest.trim()
}

/// Splits a cookie, which has one letter or a number, from a title. `[#1234] Fix` is a title.
fn cookie(text: &str) -> Option<(&str, &str)> {
    let (letter, rest) = text.strip_prefix("[#")?.split_once(']')?;
    let is_number = letter.len() < 3 && letter.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_alphabetic());
    (!letter.is_empty() && (is_number || is_letter)).then_some((letter, rest))
}

/// A space without width, which Org uses to protect text.
pub(crate) const SIGN: char = '\u{200b}';

/// Returns whether a word of a title would be read as a keyword, a cookie or tags.
pub(crate) fn is_mark(keywords: &Keywords, (index, is_last): (usize, bool), word: &str) -> bool {
    let is_first = index == 0 && (keywords.split(word).0.is_some() || cookie(word).is_some());
    is_first || (is_last && is_tags(word))
}

/// Returns whether a word is the tags at the end of a heading.
pub(super) fn is_tags(word: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || "_@#%:".contains(c);
    word.len() > 2 && word.starts_with(':') && word.ends_with(':') && word.chars().all(is_name)
}

/// Returns a title in which no word is read as something else.
pub(crate) fn protected(text: &str, keywords: &Keywords) -> String {
    let last = text.split_whitespace().count().wrapping_sub(1);
    marks::protected(text, SIGN, |index, word| is_mark(keywords, (index, index == last), word))
}

/// Returns a title without the signs that protect it.
pub(super) fn bare(text: &str, keywords: &Keywords) -> String {
    let last = text.split_whitespace().count().wrapping_sub(1);
    marks::bare(text.split_whitespace(), SIGN, |index, word| is_mark(keywords, (index, index == last), word))
}

/// Reads an entry with a checkbox. A partly done entry is open.
pub(super) fn checkbox(text: &str) -> Option<(&str, bool)> {
    let rest = match text.strip_prefix(['-', '+']) {
        Some(rest) => rest,
        None => {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
            (rest.len() < text.len()).then(|| rest.strip_prefix(['.', ')'])).flatten()?
        }
    };
    let rest = rest.strip_prefix(' ')?.trim_start();
    let (mark, title) = (rest.get(..3)?, rest.get(3..)?);
    let done = match mark {
        "[ ]" | "[-]" => false,
        "[X]" | "[x]" => true,
        _ => return None,
    };
    Some((title.trim(), done))
}

pub(super) fn property(name: &str, value: &str, record: &mut Record) {
    let value = value.to_owned();
    match name {
        "TICKTICK_ID" => record.ticktick_id = Some(value),
        "ID" => record.source_id = Some(value),
        "TZ" => record.zone = Some(value),
        "RRULE" => {
            record.repeat = Some(prefixed(&value)).filter(|rule| is_rule(rule));
            if record.repeat.is_none() {
                record.warn(format!("repeat not understood: {value}"));
            }
        }
        "REPEAT_FROM" => record.repeat_from = Some(RepeatFrom::from(value.as_str())),
        "KIND" => record.kind = TaskKind::from(value.as_str()),
        // Our own files name the tags of a task that does not have those of its parent.
        "TICKTICK_TAGS" => {
            record.tags.clear();
            value.split_whitespace().for_each(|tag| record.tag(tag));
        }
        "CATEGORY" => record.folder = Some(value).filter(|name| !name.is_empty()),
        "COLUMN" => record.column = Some(value).filter(|name| !name.is_empty()),
        _ => {}
    }
}

/// Reads `DEADLINE: <...> SCHEDULED: <...> CLOSED: [...]`.
pub(super) fn planning(line: &str, record: &mut Record) {
    let mut rest = line;
    while let Some((name, after)) = rest.trim_start().split_once(':') {
        let (stamp, next) = match stamp(after.trim_start()) {
            Some((Ok(stamp), next)) => (stamp, next),
            Some((Err(text), next)) => {
                record.warn(format!("invalid date {text}"));
                rest = next;
                continue;
            }
            None => return,
        };
        match name.trim() {
            "DEADLINE" => {
                record.due = Some(stamp.end.unwrap_or(stamp.at));
                if stamp.end.is_some() {
                    record.start = record.start.or(Some(stamp.at));
                }
                repeater(stamp.text, record);
            }
            "SCHEDULED" => {
                record.start = Some(stamp.at);
                record.due = record.due.or(stamp.end);
                repeater(stamp.text, record);
            }
            _ => record.completed = Some(stamp.at).filter(|_| !record.is_open()),
        }
        rest = next;
    }
}

struct Stamp<'a> {
    at: Moment,
    end: Option<Moment>,
    text: &'a str,
}

/// Reads one time stamp or a range of two. Returns it, or its text if it is invalid, and the text after it.
fn stamp(text: &str) -> Option<(Result<Stamp<'_>, &str>, &str)> {
    let (inner, rest) = bracketed(text)?;
    let Some((at, mut end)) = moments(inner) else { return Some((Err(inner), rest)) };
    let mut after = rest;
    if let Some((second, further)) = rest.strip_prefix("--").and_then(bracketed) {
        end = moments(second).map(|(at, _)| at).or(end);
        after = further;
    }
    Some((Ok(Stamp { at, end, text: inner }), after))
}

fn bracketed(text: &str) -> Option<(&str, &str)> {
    let close = match text.chars().next()? {
        '<' => '>',
        '[' => ']',
        _ => return None,
    };
    text[1..].split_once(close)
}

fn moments(inner: &str) -> Option<(Moment, Option<Moment>)> {
    let mut parts = inner.split_whitespace();
    let date = words::day_text(parts.next()?)?;
    let clock = parts.find(|part| part.contains(':') && part.starts_with(|c: char| c.is_ascii_digit()));
    let Some(clock) = clock else { return Some((Moment::Day(date), None)) };
    let (start, end) = clock.split_once('-').map_or((clock, None), |(start, end)| (start, Some(end)));
    let at = |text: &str| words::time(text, false).map(|time: Time| local(date, time));
    Some((at(start)?, end.and_then(at)))
}

fn local(date: Date, time: Time) -> Moment {
    Moment::Local(date.to_datetime(time))
}

/// Reads `+1w`, `++1w` or `.+1w`. A warning period such as `-3d` is not a reminder.
fn repeater(text: &str, record: &mut Record) {
    for part in text.split_whitespace() {
        let (from, rest) = if let Some(rest) = part.strip_prefix(".+") {
            (RepeatFrom::Completion, rest)
        } else if let Some(rest) = part.strip_prefix("++") {
            (RepeatFrom::Calendar, rest)
        } else if let Some(rest) = part.strip_prefix('+') {
            (RepeatFrom::DueDate, rest)
        } else {
            continue;
        };
        // The part after the slash is the limit of a habit.
        let rest = rest.split('/').next().unwrap_or(rest);
        let split = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let frequency = match &rest[split..] {
            "d" => "DAILY",
            "w" => "WEEKLY",
            "m" => "MONTHLY",
            "y" => "YEARLY",
            _ => {
                record.warn(format!("repeat not understood: {part}"));
                continue;
            }
        };
        match rest[..split].parse::<u32>() {
            Ok(number) if number > 0 && record.repeat.is_none() => {
                record.repeat = Some(format!("RRULE:FREQ={frequency};INTERVAL={number}"));
                record.repeat_from = Some(from);
            }
            _ => {}
        }
    }
}
