//! Writes todo.txt.

use std::collections::BTreeSet;

use ticktick::models::{RepeatFrom, TaskKind};
use ticktick::{Priority, TaskStatus};

use super::tree;
use super::{Lost, Written};
use crate::read::todotxt::{SIGN, is_mark};
use crate::record::Record;
use crate::words::simple;
use crate::{Context, Plan, marks};

pub(super) fn write(plan: &Plan, context: &Context) -> Written {
    let mut lost = Lost::default();
    let parents: BTreeSet<usize> = plan.records.iter().filter_map(|record| record.parent).collect();
    let mut text = String::new();
    for (index, record) in plan.records.iter().enumerate() {
        let mut words = line(record, context, &mut lost);
        if parents.contains(&index) {
            words.push(format!("id:{}", index + 1));
        }
        words.extend(record.parent.map(|parent| format!("p:{}", parent + 1)));
        words.extend(record.ticktick_id.as_ref().map(|id| format!("tt:{id}")));
        text.push_str(&words.join(" "));
        text.push('\n');
    }
    Written { files: vec![("todo".to_owned(), text)], lost, ..Written::default() }
}

fn line(record: &Record, context: &Context, lost: &mut Lost) -> Vec<String> {
    let zone = tree::zone(record, context);
    let day = |moment| tree::day(moment, &zone).to_string();
    let letter = match record.priority {
        Priority::High => Some('A'),
        Priority::Medium => Some('B'),
        Priority::Low => Some('C'),
        _ => None,
    };
    let mut words = Vec::new();
    if record.is_open() {
        words.extend(letter.map(|letter| format!("({letter})")));
    } else {
        words.push("x".to_owned());
        words.extend(record.completed.map(day));
    }
    // In a done line, the first date is that of completion.
    words.extend(record.created.filter(|_| record.is_open() || record.completed.is_some()).map(day));
    words.push(title(&record.title));
    words.extend((!record.is_inbox()).then(|| format!("+{}", one_word(&record.project))));
    words.extend(record.tags.iter().map(|tag| format!("@{}", one_word(tag))));
    words.extend(letter.filter(|_| !record.is_open()).map(|letter| format!("pri:{letter}")));
    words.extend(record.start.filter(|start| Some(*start) != record.due).map(|start| format!("t:{}", day(start))));
    words.extend(record.due.map(|due| format!("due:{}", day(due))));
    words.extend(recur(record));
    words.extend((record.status == TaskStatus::WontDo).then(|| "status:wontdo".to_owned()));
    count(record, lost);
    words
}

/// Returns a title in which no word is read as something else.
fn title(text: &str) -> String {
    let text = marks::protected(text, SIGN, is_mark);
    if text.is_empty() { "(untitled)".to_owned() } else { text }
}

/// Returns a name without spaces.
fn one_word(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join("_")
}

fn recur(record: &Record) -> Option<String> {
    let (unit, interval) = simple(record.repeat.as_deref()?)?;
    let sign = if record.repeat_from == Some(RepeatFrom::Completion) { "" } else { "+" };
    Some(format!("rec:{sign}{interval}{unit}"))
}

fn count(record: &Record, lost: &mut Lost) {
    lost.count("times and time zones", tree::has_time(record.due.or(record.start)));
    lost.count("content", !record.content.is_empty());
    lost.count("checklists", !record.items.is_empty());
    lost.count("reminders", !record.alarms.is_empty());
    lost.count("folders", record.folder.is_some());
    lost.count("columns", record.column.is_some());
    lost.count("notes, written as tasks", record.kind == TaskKind::Note);
    lost.count("repeat rules", record.repeat.is_some() && recur(record).is_none());
    let calendar = record.repeat_from == Some(RepeatFrom::Calendar) && record.repeat.is_some();
    lost.count("what repeats count from", calendar);
    lost.count("spaces in tags", record.tags.iter().any(|tag| tag.contains(' ')));
    lost.count("comments", !record.comments.is_empty());
}
