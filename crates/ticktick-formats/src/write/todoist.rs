//! Writes the CSV of Todoist, one file for each project.

use jiff::tz::TimeZone;
use ticktick::Priority;
use ticktick::models::{RepeatFrom, TaskKind};

use super::tree;
use super::{Lost, Written};
use crate::read::todoist_row::{SIGN, is_mark};
use crate::record::{Moment, Record};
use crate::words::say;
use crate::{Context, Plan, marks};

const COLUMNS: [&str; 15] = [
    "TYPE",
    "CONTENT",
    "DESCRIPTION",
    "IS_COLLAPSED",
    "PRIORITY",
    "INDENT",
    "AUTHOR",
    "RESPONSIBLE",
    "DATE",
    "DATE_LANG",
    "TIMEZONE",
    "DURATION",
    "DURATION_UNIT",
    "DEADLINE",
    "DEADLINE_LANG",
];

/// Maximum level.
const DEEPEST: usize = 4;

pub(super) fn write(plan: &Plan, context: &Context) -> Written {
    let mut lost = Lost::default();
    let mut files = Vec::new();
    for (project, branch) in tree::projects(plan) {
        let mut rows: Vec<[String; 15]> = Vec::new();
        let mut column: Option<&str> = None;
        for (index, depth) in by_column(plan, &branch) {
            let record = &plan.records[index];
            if !record.is_open() {
                lost.count("completed and won't-do tasks, skipped", true);
                continue;
            }
            let own = record.column.as_deref();
            if depth == 0 && own != column {
                rows.push(row("section", own.unwrap_or(""), ""));
                column = own;
            }
            rows.extend(task(record, depth, context, &mut lost));
        }
        files.push((project, csv(&rows)));
    }
    Written { files, lost, ..Written::default() }
}

/// Returns the tasks of a project by column, those without a column first.
fn by_column(plan: &Plan, branch: &tree::Branch) -> tree::Branch {
    let mut columns: Vec<Option<&str>> = vec![None];
    let mut at = 0;
    let mut placed: Vec<(usize, (usize, usize))> = Vec::new();
    for (index, depth) in branch {
        if *depth == 0 {
            let column = plan.records[*index].column.as_deref();
            at = columns.iter().position(|known| *known == column).unwrap_or_else(|| {
                columns.push(column);
                columns.len() - 1
            });
        }
        placed.push((at, (*index, *depth)));
    }
    placed.sort_by_key(|(column, _)| *column);
    placed.into_iter().map(|(_, place)| place).collect()
}

fn csv(rows: &[[String; 15]]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let _ = writer.write_record(COLUMNS);
    for row in rows {
        let _ = writer.write_record(row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

fn row(kind: &str, content: &str, description: &str) -> [String; 15] {
    let mut cells = [const { String::new() }; 15];
    cells[0] = kind.to_owned();
    cells[1] = content.to_owned();
    cells[2] = description.to_owned();
    cells
}

fn task(record: &Record, depth: usize, context: &Context, lost: &mut Lost) -> Vec<[String; 15]> {
    let zone = tree::zone(record, context);
    let tags = record.tags.iter().map(|tag| format!(" @{}", tag.replace(' ', "_"))).collect::<String>();
    let title = marks::protected(&record.title, SIGN, is_mark);
    let title = if title.is_empty() { "(untitled)".to_owned() } else { title };
    let words = record.repeat.as_deref().and_then(say);
    let mut description = record.content.clone();
    if let Some(rule) = record.repeat.as_deref().filter(|_| words.is_none()) {
        description.push_str(if description.is_empty() { "" } else { "\n" });
        description.push_str(rule);
    }
    let mut cells = row("task", &format!("{title}{tags}"), &description);
    cells[4] = match record.priority {
        Priority::High => "1",
        Priority::Medium => "2",
        Priority::Low => "3",
        _ => "4",
    }
    .to_owned();
    let level = (depth + 1).min(DEEPEST);
    cells[5] = level.to_string();
    if let Some(date) = record.start.or(record.due) {
        cells[8] = date_words(record, date, words.as_deref(), &zone);
        cells[9] = "en".to_owned();
        cells[10] = zone.iana_name().unwrap_or_default().to_owned();
        if let Some(minutes) = minutes(record) {
            cells[11] = minutes.to_string();
            cells[12] = "minute".to_owned();
        }
    }
    count(record, depth, words.is_some(), lost);
    let mut rows = vec![cells];
    for item in &record.items {
        lost.count("done checklist items, left out", item.done);
        if !item.done {
            let mut cells = row("task", &marks::protected(&item.title, SIGN, is_mark), "");
            cells[4] = "4".to_owned();
            cells[5] = (level + 1).min(DEEPEST).to_string();
            rows.push(cells);
        }
    }
    rows.extend(record.comments.iter().map(|comment| row("note", comment, "")));
    rows
}

/// Writes numeric dates, which are understood in every language.
fn date_words(record: &Record, date: Moment, words: Option<&str>, zone: &TimeZone) -> String {
    let at = tree::local(date, zone);
    let time = (!record.all_day).then(|| at.strftime("%H:%M").to_string());
    let Some(words) = words else {
        return [Some(at.date().to_string()), time].into_iter().flatten().collect::<Vec<_>>().join(" ");
    };
    let words = match record.repeat_from {
        Some(RepeatFrom::Completion) => words.replacen("every", "every!", 1),
        _ => words.to_owned(),
    };
    let time = time.map(|time| format!(" at {time}")).unwrap_or_default();
    format!("{words}{time} starting {}", at.date())
}

/// Returns the length of a task in minutes.
fn minutes(record: &Record) -> Option<i64> {
    match (record.start?, record.due?) {
        (Moment::Instant(start), Moment::Instant(due)) => {
            Some(due.duration_since(start).as_mins()).filter(|minutes| *minutes > 0)
        }
        _ => None,
    }
}

fn count(record: &Record, depth: usize, has_words: bool, lost: &mut Lost) {
    lost.count("levels below the fourth", depth >= DEEPEST);
    lost.count("reminders", !record.alarms.is_empty());
    lost.count("folders", record.folder.is_some());
    lost.count("checklists, written as subtasks", !record.items.is_empty());
    lost.count("repeat rules, kept as text", record.repeat.is_some() && !has_words);
    let calendar = record.repeat_from == Some(RepeatFrom::Calendar) && has_words;
    lost.count("what repeats count from", calendar);
    lost.count("ends of date ranges", record.all_day && record.start != record.due && record.start.is_some());
    lost.count("notes, written as tasks", record.kind == TaskKind::Note);
    lost.count("spaces in tags", record.tags.iter().any(|tag| tag.contains(' ')));
    lost.count("creation times", record.created.is_some());
    lost.count("ids", record.ticktick_id.is_some());
}
