//! Writes Org files.

use jiff::tz::TimeZone;
use ticktick::models::{RepeatFrom, TaskKind};
use ticktick::{Priority, TaskStatus};

use super::tree;
use super::{Lost, Written};
use crate::read::org_heading::{Keywords, protected};
use crate::record::{Moment, Record};
use crate::words::simple;
use crate::{Context, Plan};

/// The states of our files.
const KEYWORDS: &str = "TODO | DONE CANCELLED";

pub(super) fn write(plan: &Plan, context: &Context) -> Written {
    let mut lost = Lost::default();
    let mut keywords = Keywords::default();
    keywords.add(KEYWORDS);
    let mut text = format!("#+TODO: {KEYWORDS}\n");
    for (project, branch) in tree::projects(plan) {
        text.push_str(&format!("* {}\n", protected(&project, &keywords)));
        let folder = branch.first().and_then(|(index, _)| plan.records[*index].folder.clone());
        if let Some(folder) = folder {
            text.push_str(&format!(":PROPERTIES:\n:CATEGORY: {}\n:END:\n", tree::one_line(&folder)));
        }
        for (index, depth) in branch {
            let inherited = parent_tags(plan, index);
            heading(&plan.records[index], depth + 2, &keywords, &mut text);
            body(&plan.records[index], &inherited, context, &mut text);
            count(&plan.records[index], &mut lost);
        }
    }
    Written { files: vec![("tasks".to_owned(), text)], lost, ..Written::default() }
}

/// Returns the tags that a task would inherit.
fn parent_tags(plan: &Plan, index: usize) -> Vec<String> {
    let mut tags = Vec::new();
    let mut at = plan.records[index].parent;
    while let Some(parent) = at.and_then(|at| plan.records.get(at)) {
        tags.extend(parent.tags.iter().map(|tag| tag_name(tag)));
        at = parent.parent;
    }
    tags
}

fn heading(record: &Record, level: usize, keywords: &Keywords, text: &mut String) {
    let keyword = match record.status {
        TaskStatus::Completed => "DONE",
        TaskStatus::WontDo => "CANCELLED",
        _ => "TODO",
    };
    let cookie = match record.priority {
        Priority::High => "[#A] ",
        Priority::Medium => "[#B] ",
        Priority::Low => "[#C] ",
        _ => "",
    };
    let title = protected(&record.title, keywords);
    let title = if title.is_empty() { "(untitled)" } else { &title };
    text.push_str(&format!("{} {keyword} {cookie}{title}", "*".repeat(level)));
    if !record.tags.is_empty() {
        let tags: Vec<String> = record.tags.iter().map(|tag| tag_name(tag)).collect();
        text.push_str(&format!(" :{}:", tags.join(":")));
    }
    text.push('\n');
}

fn body(record: &Record, inherited: &[String], context: &Context, text: &mut String) {
    let zone = tree::zone(record, context);
    let planning = planning(record, &zone);
    if !planning.is_empty() {
        text.push_str(&planning);
        text.push('\n');
    }
    properties(record, inherited, &zone, text);
    for line in record.content.lines() {
        let must_hide = line.starts_with(['*', ',', '-', '+', ':']) || line.starts_with("#+") || line.starts_with("# ");
        let must_hide =
            must_hide || ["DEADLINE:", "SCHEDULED:", "CLOSED:"].iter().any(|name| line.trim_start().starts_with(name));
        let must_hide = must_hide || line.trim_start().starts_with(['-', '+', ':', '#']) || starts_with_number(line);
        text.push_str(if must_hide { "," } else { "" });
        text.push_str(line);
        text.push('\n');
    }
    for item in &record.items {
        text.push_str(&format!("- [{}] {}\n", if item.done { 'X' } else { ' ' }, tree::one_line(&item.title)));
    }
}

fn starts_with_number(line: &str) -> bool {
    line.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// Tags consist of letters, digits and `_@#%`.
fn tag_name(tag: &str) -> String {
    tag.chars().map(|c| if c.is_alphanumeric() || "_@#%".contains(c) { c } else { '_' }).collect()
}

fn planning(record: &Record, zone: &TimeZone) -> String {
    let mut parts = Vec::new();
    if let Some(completed) = record.completed.filter(|_| !record.is_open()) {
        parts.push(format!("CLOSED: [{}]", stamp(completed, zone)));
    }
    let repeater = repeater(record).map(|repeater| format!(" {repeater}")).unwrap_or_default();
    let start = record.start.filter(|start| Some(*start) != record.due);
    if let Some(due) = record.due {
        parts.push(format!("DEADLINE: <{}{repeater}>", stamp(due, zone)));
    }
    if let Some(start) = start {
        let repeater = if record.due.is_none() { repeater.as_str() } else { "" };
        parts.push(format!("SCHEDULED: <{}{repeater}>", stamp(start, zone)));
    }
    parts.join(" ")
}

fn stamp(moment: Moment, zone: &TimeZone) -> String {
    let at = tree::local(moment, zone);
    let form = if matches!(moment, Moment::Day(_)) { "%Y-%m-%d %a" } else { "%Y-%m-%d %a %H:%M" };
    at.strftime(form).to_string()
}

/// Returns the repeater of a rule with only a unit and an interval.
fn repeater(record: &Record) -> Option<String> {
    let (unit, interval) = simple(record.repeat.as_deref()?)?;
    let sign = match record.repeat_from {
        Some(RepeatFrom::DueDate) => "+",
        Some(RepeatFrom::Completion) => ".+",
        _ => "++",
    };
    Some(format!("{sign}{interval}{unit}"))
}

fn properties(record: &Record, inherited: &[String], zone: &TimeZone, text: &mut String) {
    let mut lines = Vec::new();
    let tags: Vec<String> = record.tags.iter().map(|tag| tag_name(tag)).collect();
    if inherited.iter().any(|tag| !tags.contains(tag)) {
        lines.push(format!(":TICKTICK_TAGS: {}\n", tags.join(" ")));
    }
    let mut add = |name: &str, value: Option<&str>| {
        lines.extend(value.map(|value| format!(":{name}: {}\n", tree::one_line(value))));
    };
    add("TICKTICK_ID", record.ticktick_id.as_deref());
    add("COLUMN", record.column.as_deref());
    let has_time = tree::has_time(record.due.or(record.start));
    add("TZ", record.zone.as_deref().or_else(|| zone.iana_name().filter(|_| has_time)));
    if record.repeat.is_some() && repeater(record).is_none() {
        add("RRULE", record.repeat.as_deref());
        add("REPEAT_FROM", record.repeat_from.as_ref().map(ToString::to_string).as_deref());
    }
    add("KIND", (record.kind == TaskKind::Note).then_some("NOTE"));
    if !lines.is_empty() {
        text.push_str(&format!(":PROPERTIES:\n{}:END:\n", lines.concat()));
    }
}

fn count(record: &Record, lost: &mut Lost) {
    lost.count("reminders", !record.alarms.is_empty());
    lost.count("characters in tags", record.tags.iter().any(|tag| tag_name(tag) != *tag));
    lost.count("seconds", [record.start, record.due].into_iter().flatten().any(has_seconds));
    lost.count("creation times", record.created.is_some());
    lost.count("floating times", record.floating);
    lost.count("comments", !record.comments.is_empty());
}

fn has_seconds(moment: Moment) -> bool {
    matches!(moment, Moment::Instant(at) if at.as_second() % 60 != 0)
}
