//! Turns a record into a task.

use ring::digest;
use ticktick::models::{ChecklistItem, ChecklistItemId, ChecklistStatus, Reminder, TaskKind, Timestamp};
use ticktick::{ProjectId, Task, TaskStatus};

use super::place;
use crate::record::{Moment, Record};
use crate::{Context, Format, Plan, zones};

/// Returns 24 hex digits computed from a text.
pub(crate) fn id_of(parts: &[&str]) -> String {
    let hash = digest::digest(&digest::SHA256, parts.join("\u{1f}").as_bytes());
    hash.as_ref()[..12].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the keys of all records, by which a second import finds the tasks of the first one.
pub(super) fn keys(plan: &Plan) -> Vec<String> {
    // The names of the app's backups contain a date.
    let source = if plan.source.starts_with("TickTick-backup") { "TickTick-backup" } else { &plan.source };
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    let key = |record: &Record| {
        let own = record.ticktick_id.as_ref().or(record.source_id.as_ref());
        let created = record.created.map(|at| at.to_string()).unwrap_or_default();
        let parent = plan.parent_title(record).unwrap_or_default();
        let text = match own {
            Some(id) => [record.format.name(), id].join("\u{1f}"),
            None => [record.format.name(), source, &record.project, parent, &record.title, &created].join("\u{1f}"),
        };
        let count = seen.entry(text.clone()).or_default();
        *count += 1;
        format!("{text}\u{1f}{count}")
    };
    plan.records.iter().map(key).collect()
}

/// The destination of a task.
pub(super) struct Target {
    pub(super) id: String,
    pub(super) project: ProjectId,
    pub(super) column: Option<String>,
    pub(super) sort_order: i64,
}

/// Builds the task of a record, and returns what it cannot store.
pub(super) fn task(record: &Record, target: Target, context: &Context) -> (Task, Vec<String>) {
    let mut task = Task::new(target.id.as_str(), target.project);
    task.title.set(record.title.clone());
    let is_note = record.kind == TaskKind::Note;
    let has_items = !record.items.is_empty() && !is_note;
    task.kind.set(match &record.kind {
        _ if has_items => TaskKind::Checklist,
        kind => kind.clone(),
    });
    task.set_body(body(record, is_note));
    if has_items {
        task.items =
            record.items.iter().enumerate().map(|(index, one)| item(&target.id, index, one)).collect::<Vec<_>>().into();
    }
    task.priority.set(record.priority);
    task.status.set(record.status);
    task.tags = record.tags.iter().map(|tag| clean(tag).as_str().into()).collect::<Vec<_>>().into();
    task.sort_order.set(target.sort_order);
    if let Some(column) = target.column {
        task.column_id.set(column.as_str());
    }
    let placed = place::place(record, context);
    let mut remarks = placed.remarks;
    if let Some(due) = &placed.due
        && let Err(error) = task.set_due(due, context.zone())
    {
        remarks.push(format!("the date was left out: {error}"));
    }
    let reminders = placed.triggers.into_iter().map(Reminder::new).collect::<Vec<_>>();
    if !reminders.is_empty() {
        task.reminders = reminders.into();
    }
    if let Some(rule) = record.repeat.as_ref().filter(|_| placed.due.is_some()) {
        task.repeat_flag.set(rule.clone());
        if let Some(from) = &record.repeat_from {
            task.repeat_from.set(from.to_string().as_str());
        }
    }
    times(record, &mut task, context);
    (task, remarks)
}

fn times(record: &Record, task: &mut Task, context: &Context) {
    let zone = record.zone.as_deref().and_then(zones::named).unwrap_or_else(|| context.zone().clone());
    let instant = |moment: Moment| match moment {
        Moment::Instant(at) => Some(at),
        Moment::Local(at) => zone.to_timestamp(at).ok(),
        Moment::Day(day) => zone.to_timestamp(day.to_datetime(jiff::civil::time(12, 0, 0, 0))).ok(),
    };
    let now = context.now().timestamp();
    task.created_time.set(Timestamp::from(record.created.and_then(instant).unwrap_or(now)));
    task.modified_time.set(Timestamp::from(now));
    if record.status != TaskStatus::Open {
        task.completed_time.set(Timestamp::from(record.completed.and_then(instant).unwrap_or(now)));
    }
    if let Some(progress) = record.progress.filter(|_| record.items.is_empty()) {
        task.progress.set(i64::from(progress));
    }
}

fn item(task: &str, index: usize, item: &crate::record::Item) -> ChecklistItem {
    let mut made = ChecklistItem::new(ChecklistItemId::from(id_of(&[task, "item", &index.to_string()]).as_str()));
    made.title.set(item.title.clone());
    made.status.set(if item.done { ChecklistStatus::Done } else { ChecklistStatus::Open });
    made.sort_order.set(i64::try_from(index).unwrap_or(0) << 40);
    made
}

/// Returns the text of a task. Data that TickTick has no field for is appended.
fn body(record: &Record, is_note: bool) -> String {
    let mut blocks = Vec::new();
    blocks.extend(Some(record.content.clone()).filter(|text| !text.is_empty()));
    if is_note && !record.items.is_empty() {
        let line = |item: &crate::record::Item| format!("- [{}] {}", if item.done { 'x' } else { ' ' }, item.title);
        blocks.push(record.items.iter().map(line).collect::<Vec<_>>().join("\n"));
    }
    blocks.extend(record.deadline.map(|deadline| format!("Deadline: {deadline}")));
    let text = record.source_date.as_ref().filter(|_| record.repeat.is_none());
    blocks.extend(text.map(|text| format!("Date: {text}")));
    if !record.comments.is_empty() {
        let comments: Vec<String> =
            record.comments.iter().map(|comment| format!("> {}", comment.replace('\n', "\n> "))).collect();
        blocks.push(comments.join("\n\n"));
    }
    blocks.join("\n\n")
}

/// Replaces the characters that a tag cannot have.
pub(super) fn clean(tag: &str) -> String {
    tag.chars().map(|c| if "\\/\"#:*?<>|,".contains(c) || c.is_whitespace() { '_' } else { c }).collect()
}

/// Returns the names of the folder and the project of a record. In Taskwarrior, dots separate them.
pub(super) fn project_of(record: &Record) -> (Option<&str>, &str) {
    let split = record.project.split_once('.').filter(|_| record.format == Format::Taskwarrior && !record.is_inbox());
    match split.filter(|(folder, project)| !folder.is_empty() && !project.is_empty()) {
        Some((folder, project)) => (Some(folder), project),
        None => (record.folder.as_deref(), record.project.trim()),
    }
}
