//! Writes the JSON of Taskwarrior.

use jiff::Timestamp;
use ring::digest;
use serde_json::{Map, Value, json};
use ticktick::models::TaskKind;
use ticktick::{Priority, TaskStatus};

use super::tree;
use super::{Lost, Written};
use crate::record::{Alarm, Moment, Record};
use crate::{Context, Plan};

/// The namespace of web addresses, RFC 9562.
const URL: [u8; 16] = [0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8];

/// Our own attributes. All are texts, because Taskwarrior changes numbers in unknown attributes.
const ATTRIBUTES: [&str; 10] = [
    "ticktickid",
    "ticktickallday",
    "tickticktz",
    "ticktickstatus",
    "ticktickparent",
    "ticktickcontent",
    "ticktickrepeat",
    "ticktickrepeatfrom",
    "ticktickkind",
    "ticktickcolumn",
];

pub(super) fn write(plan: &Plan, context: &Context) -> Written {
    let mut lost = Lost::default();
    let lines: Vec<String> = plan
        .records
        .iter()
        .enumerate()
        .map(|(index, record)| Value::Object(task(plan, index, record, context, &mut lost)).to_string())
        .collect();
    let text = format!("[\n{}\n]\n", lines.join(",\n"));
    let attributes = ATTRIBUTES.iter().chain(&["ticktickreminders"]);
    let hints = attributes.map(|name| format!("uda.{name}.type=string")).collect();
    Written { files: vec![("taskwarrior".to_owned(), text)], lost, hints }
}

/// Returns the UUID of a task. It is computed from the id, so that repeated exports match.
fn uuid(record: &Record, index: usize) -> String {
    let name = match &record.ticktick_id {
        Some(id) => format!("https://ticktick.com/task/{id}"),
        None => format!("https://ticktick.com/task/{}/{index}/{}", record.project, record.title),
    };
    let hash = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, &[&URL, name.as_bytes()].concat());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_ref()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn task(plan: &Plan, index: usize, record: &Record, context: &Context, lost: &mut Lost) -> Map<String, Value> {
    let zone = tree::zone(record, context);
    let at = |moment: Moment| tree::instant(moment, &zone).map(stamp);
    let mut task = Map::new();
    let mut set = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            task.insert(name.to_owned(), Value::String(value));
        }
    };
    let title = tree::one_line(&record.title);
    set("description", Some(if title.is_empty() { "(untitled)".to_owned() } else { title }));
    set("uuid", Some(uuid(record, index)));
    let status = match record.status {
        TaskStatus::Completed => "completed",
        TaskStatus::WontDo => "deleted",
        _ => "pending",
    };
    set("status", Some(status.to_owned()));
    set("ticktickstatus", (record.status == TaskStatus::WontDo).then(|| "wontdo".to_owned()));
    let entry = record.created.and_then(|created| tree::instant(created, &zone));
    let entry = entry.unwrap_or_else(|| context.now().timestamp());
    set("entry", Some(stamp(entry)));
    set("modified", record.modified.map(stamp));
    set("end", record.completed.and_then(at));
    set("due", record.due.and_then(at));
    set("scheduled", record.start.filter(|start| Some(*start) != record.due).and_then(at));
    set("priority", priority(record.priority));
    set("project", project(record));
    set("ticktickid", record.ticktick_id.clone());
    set("ticktickallday", record.all_day.then(|| "true".to_owned()));
    set(
        "tickticktz",
        record.zone.clone().or_else(|| zone.iana_name().map(str::to_owned)).filter(|_| record.due.is_some()),
    );
    set("ticktickparent", record.parent.map(|parent| uuid_or_id(plan, parent)));
    set("ticktickcontent", Some(record.content.clone()));
    set("ticktickrepeat", record.repeat.clone());
    set("ticktickrepeatfrom", record.repeat_from.as_ref().filter(|_| record.repeat.is_some()).map(ToString::to_string));
    set("ticktickkind", (record.kind == TaskKind::Note).then(|| "NOTE".to_owned()));
    set("ticktickcolumn", record.column.clone());
    set("ticktickreminders", Some(reminders(record)));
    if !record.tags.is_empty() {
        task.insert("tags".to_owned(), json!(record.tags));
    }
    if !record.items.is_empty() {
        task.insert("annotations".to_owned(), annotations(record, entry));
    }
    count(record, lost);
    task
}

/// Returns the name of the project, preceded by its folder and a dot if it has one.
fn project(record: &Record) -> Option<String> {
    let name = |text: &str| text.replace('.', "_");
    let project = (!record.is_inbox()).then(|| name(&record.project))?;
    Some(match &record.folder {
        Some(folder) => format!("{}.{project}", name(folder)),
        None => project,
    })
}

fn uuid_or_id(plan: &Plan, index: usize) -> String {
    let parent = &plan.records[index];
    parent.ticktick_id.clone().unwrap_or_else(|| uuid(parent, index))
}

fn priority(priority: Priority) -> Option<String> {
    let letter = match priority {
        Priority::High => "H",
        Priority::Medium => "M",
        Priority::Low => "L",
        _ => return None,
    };
    Some(letter.to_owned())
}

fn reminders(record: &Record) -> String {
    let texts = record.alarms.iter().filter_map(|alarm| match alarm {
        Alarm::Start(text) => Some(text.as_str()),
        Alarm::At(_) => None,
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// Taskwarrior would move two annotations of the same second apart, so each gets its own second.
fn annotations(record: &Record, entry: Timestamp) -> Value {
    let note = |(index, item): (usize, &crate::record::Item)| {
        let later = jiff::SignedDuration::from_secs(i64::try_from(index).unwrap_or(0));
        let text = format!("[{}] {}", if item.done { 'x' } else { ' ' }, tree::one_line(&item.title));
        json!({ "entry": stamp(entry.checked_add(later).unwrap_or(entry)), "description": text })
    };
    record.items.iter().enumerate().map(note).collect()
}

fn count(record: &Record, lost: &mut Lost) {
    lost.count("dots in names of projects", !record.is_inbox() && record.project.contains('.'));
    lost.count("reminders at an instant", record.alarms.iter().any(|alarm| matches!(alarm, Alarm::At(_))));
    lost.count("floating times", record.floating);
    lost.count("comments", !record.comments.is_empty());
    lost.count("progress", record.progress.is_some());
}
