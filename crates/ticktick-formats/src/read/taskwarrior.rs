//! Reads the JSON of Taskwarrior.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value};
use ticktick::models::{RepeatFrom, TaskKind};
use ticktick::{Priority, TaskStatus};

use super::backup_values::prefixed;
use crate::record::{Alarm, INBOX, Item, Moment, Record};
use crate::{Format, FormatError, Plan};

type Object = Map<String, Value>;

pub(super) fn read(text: &str, source: &str) -> Result<Plan, FormatError> {
    let mut plan = Plan::new(Format::Taskwarrior, source);
    let objects = objects(text, &mut plan)?;
    let by_uuid: BTreeMap<&str, &Object> =
        objects.iter().filter_map(|(_, object)| Some((object.get("uuid")?.as_str()?, object))).collect();
    // A series with an open child is imported as that child, and other series as they are.
    let with_child: BTreeSet<&str> = objects
        .iter()
        .filter(|(_, object)| is_pending(object))
        .filter_map(|(_, object)| object.get("parent")?.as_str())
        .collect();
    let mut links = Vec::new();
    for (row, object) in &objects {
        let uuid = object.get("uuid").and_then(Value::as_str).unwrap_or_default();
        if object.get("status").and_then(Value::as_str) == Some("recurring") && with_child.contains(uuid) {
            plan.skip(*row, "the template of a series; its open task is imported");
            continue;
        }
        let template = object.get("parent").and_then(Value::as_str).and_then(|parent| by_uuid.get(parent));
        match record(*row, object, template.copied(), &by_uuid) {
            Ok(record) => {
                let parent = string(object, "ticktickparent").or_else(|| string(object, "ticktickparentuuid"));
                links.push((uuid.to_owned(), parent));
                plan.records.push(record);
            }
            Err(reason) => plan.skip(*row, reason),
        }
    }
    connect(&mut plan, &links);
    Ok(plan)
}

/// Resolves parents by the ids of tasks in TickTick, else by their UUIDs.
fn connect(plan: &mut Plan, links: &[(String, Option<String>)]) {
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    for (index, record) in plan.records.iter().enumerate() {
        if let Some(id) = &record.ticktick_id {
            ids.entry(id.clone()).or_insert(index);
        }
    }
    for (index, (uuid, _)) in links.iter().enumerate() {
        ids.entry(uuid.clone()).or_insert(index);
    }
    for (index, (_, parent)) in links.iter().enumerate() {
        let found = parent.as_ref().and_then(|parent| ids.get(parent));
        plan.records[index].parent = found.copied().filter(|found| *found != index);
    }
}

/// Reads an array, or a sequence of objects. A bad object is skipped if the others can be read.
fn objects(text: &str, plan: &mut Plan) -> Result<Vec<(usize, Object)>, FormatError> {
    if let Ok(values) = serde_json::from_str::<Vec<Value>>(text) {
        return Ok(only_objects(values.into_iter().enumerate().map(|(index, value)| (index + 1, value)), plan));
    }
    let stream: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(text).into_iter().collect();
    if let Ok(values) = stream {
        return Ok(only_objects(values.into_iter().enumerate().map(|(index, value)| (index + 1, value)), plan));
    }
    // `task export` prints one object per line, so a broken one need not affect the others.
    let mut values = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim().trim_end_matches(',');
        if line.is_empty() || matches!(line, "[" | "]") {
            continue;
        }
        match serde_json::from_str(line.trim_start_matches('[').trim_end_matches(']')) {
            Ok(value) => values.push((index + 1, value)),
            Err(error) => plan.skip(index + 1, format!("not JSON: {error}")),
        }
    }
    if values.is_empty() {
        return Err(FormatError::new("the file holds no task in JSON").hint("write it with: task export > FILE"));
    }
    Ok(only_objects(values.into_iter(), plan))
}

fn only_objects(values: impl Iterator<Item = (usize, Value)>, plan: &mut Plan) -> Vec<(usize, Object)> {
    let mut objects = Vec::new();
    for (row, value) in values {
        match value {
            Value::Object(object) => objects.push((row, object)),
            _ => plan.skip(row, "not an object"),
        }
    }
    objects
}

fn is_pending(object: &Object) -> bool {
    matches!(object.get("status").and_then(Value::as_str), Some("pending" | "waiting"))
}

/// Returns a text. Attributes that Taskwarrior does not know come back as text, even numbers.
fn string(object: &Object, name: &str) -> Option<String> {
    match object.get(name)? {
        Value::String(text) if !text.is_empty() && text != "null" => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is) => Some(is.to_string()),
        _ => None,
    }
}

fn record(
    row: usize,
    object: &Object,
    template: Option<&Object>,
    all: &BTreeMap<&str, &Object>,
) -> Result<Record, &'static str> {
    let title = string(object, "description").map(|title| title.replace('\n', " ").trim().to_owned());
    let title = title.filter(|title| !title.is_empty()).ok_or("no description")?;
    let project = string(object, "project").unwrap_or_else(|| INBOX.to_owned());
    let mut record = Record::new(Format::Taskwarrior, row, title, project);
    status(object, &mut record)?;
    match string(object, "priority").as_deref() {
        None => {}
        Some("H") => record.priority = Priority::High,
        Some("M") => record.priority = Priority::Medium,
        Some("L") => record.priority = Priority::Low,
        Some(other) => record.warn(format!("unknown priority {other}")),
    }
    for tag in list(object.get("tags")) {
        record.tag(&tag);
    }
    dates(object, template, &mut record);
    annotations(object, &mut record);
    for other in list(object.get("depends")) {
        let title = all.get(other.as_str()).and_then(|found| string(found, "description"));
        record.warn(format!("depends on {}", title.unwrap_or(other)));
    }
    record.ticktick_id = string(object, "ticktickid");
    record.source_id = string(object, "uuid");
    record.zone = string(object, "tickticktz");
    if string(object, "ticktickkind").as_deref() == Some("NOTE") {
        record.kind = TaskKind::Note;
    }
    record.column = string(object, "ticktickcolumn");
    if let Some(reminders) = string(object, "ticktickreminders") {
        let parts = reminders.split(' ').filter(|part| !part.is_empty());
        record.alarms.extend(parts.map(|part| Alarm::Start(part.to_owned())));
    }
    all_day(object, &mut record);
    Ok(record)
}

fn status(object: &Object, record: &mut Record) -> Result<(), &'static str> {
    record.status = match object.get("status").and_then(Value::as_str) {
        None | Some("pending" | "waiting" | "recurring") => TaskStatus::Open,
        Some("completed") => TaskStatus::Completed,
        Some("deleted") if string(object, "ticktickstatus").as_deref() == Some("wontdo") => TaskStatus::WontDo,
        Some("deleted") => return Err("deleted"),
        Some(_) => return Err("unknown status"),
    };
    Ok(())
}

fn list(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        // Before version 2.6, dependencies were text with commas.
        Some(Value::String(text)) => {
            text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

fn dates(object: &Object, template: Option<&Object>, record: &mut Record) {
    let mut read = |name: &str| {
        let text = string(object, name)?;
        let found = moment(&text);
        if found.is_none() {
            record.warn(format!("invalid date {text} in {name}"));
        }
        found
    };
    let (scheduled, wait) = (read("scheduled"), read("wait"));
    let (due, entry, end, until) = (read("due"), read("entry"), read("end"), read("until"));
    // `start` means that work has begun; it is not a planned date.
    record.start = scheduled.or(wait);
    record.due = due;
    record.created = entry;
    record.completed = end.filter(|_| !record.is_open());
    record.infer_all_day();
    if let Some(rule) = string(object, "ticktickrepeat") {
        record.repeat = Some(prefixed(&rule));
        record.repeat_from = string(object, "ticktickrepeatfrom").map(|from| RepeatFrom::from(from.as_str()));
    } else if let Some(words) = string(object, "recur") {
        let template_until = template.and_then(|template| moment(&string(template, "until")?));
        match rule(&words) {
            Some(rule) => {
                let last = template_until.or(until).and_then(last);
                record.repeat = Some(format!("RRULE:{rule}{}", last.unwrap_or_default()));
                record.repeat_from = Some(RepeatFrom::DueDate);
            }
            None => record.warn(format!("repeat not understood: {words}")),
        }
    }
}

fn last(moment: Moment) -> Option<String> {
    match moment {
        Moment::Instant(at) => Some(format!(";UNTIL={}", at.strftime("%Y%m%dT%H%M%SZ"))),
        Moment::Day(day) => Some(format!(";UNTIL={}", day.strftime("%Y%m%d"))),
        Moment::Local(_) => None,
    }
}

/// Reads `20261204T170000Z`, an instant of RFC 3339, a local time or a day.
fn moment(text: &str) -> Option<Moment> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(Moment::Instant(instant));
    }
    if text.contains(['T', ' ']) {
        return text.parse::<DateTime>().ok().map(Moment::Local);
    }
    text.parse::<Date>().ok().map(Moment::Day)
}

/// Reads our own attribute for all-day tasks, because Taskwarrior does not distinguish days from times.
fn all_day(object: &Object, record: &mut Record) {
    if string(object, "ticktickallday").is_none_or(|text| !matches!(text.as_str(), "true" | "1")) {
        return;
    }
    let zone = record.zone.as_deref().and_then(|name| jiff::tz::TimeZone::get(name).ok());
    let zone = zone.unwrap_or(jiff::tz::TimeZone::UTC);
    for moment in [&mut record.start, &mut record.due] {
        if let Some(Moment::Instant(at)) = *moment {
            *moment = Some(Moment::Day(zone.to_datetime(at).date()));
        }
    }
    record.infer_all_day();
}

/// Annotations are lines of the content; those with a box are checklist items.
fn annotations(object: &Object, record: &mut Record) {
    let mut lines = Vec::new();
    for note in object.get("annotations").and_then(Value::as_array).into_iter().flatten() {
        let Some(text) = note.get("description").and_then(Value::as_str) else { continue };
        let item = |title: &str, done| Item { title: title.to_owned(), done };
        if let Some(title) = text.strip_prefix("[ ] ") {
            record.items.push(item(title, false));
        } else if let Some(title) = text.strip_prefix("[x] ") {
            record.items.push(item(title, true));
        } else {
            lines.push(text);
        }
    }
    record.content = string(object, "ticktickcontent").unwrap_or_else(|| lines.join("\n"));
}

/// Reads a duration word such as `weekly`, `3days`, `2w` or `P1M`.
fn rule(words: &str) -> Option<String> {
    let word = words.trim().to_lowercase();
    let plain = |frequency: &str, interval: u32| Some(format!("FREQ={frequency};INTERVAL={interval}"));
    match word.as_str() {
        "daily" | "day" => return plain("DAILY", 1),
        "weekdays" => return Some("FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR".to_owned()),
        "weekly" | "week" | "sennight" => return plain("WEEKLY", 1),
        "biweekly" | "fortnight" => return plain("WEEKLY", 2),
        "monthly" | "month" => return plain("MONTHLY", 1),
        "bimonthly" => return plain("MONTHLY", 2),
        "quarterly" => return plain("MONTHLY", 3),
        "semiannual" => return plain("MONTHLY", 6),
        "yearly" | "annual" | "year" => return plain("YEARLY", 1),
        "biannual" | "biyearly" => return plain("YEARLY", 2),
        _ => {}
    }
    // `P1M` is the form of ISO 8601; times of day are not a rule by days.
    let rest = word.strip_prefix('p').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(&word);
    let split = rest.find(|c: char| !c.is_ascii_digit()).filter(|at| *at > 0)?;
    let number: u32 = rest[..split].parse().ok().filter(|number| *number > 0)?;
    match rest[split..].trim() {
        "d" | "day" | "days" => plain("DAILY", number),
        "w" | "wk" | "wks" | "week" | "weeks" => plain("WEEKLY", number),
        "m" | "mo" | "mos" | "mth" | "mths" | "month" | "months" => plain("MONTHLY", number),
        "q" | "qtr" | "quarter" | "quarters" => plain("MONTHLY", number.checked_mul(3)?),
        "y" | "yr" | "yrs" | "year" | "years" => plain("YEARLY", number),
        _ => None,
    }
}
