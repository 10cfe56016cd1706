//! The form of tasks in the Open API: with the members that are always present, and without nulls.

use jiff::Timestamp;
use ticktick_models::Object;

use crate::open::view;
use crate::world::account::Account;
use crate::world::book::task::TaskHead;
use crate::world::fields::{Fields, wire};
use crate::world::store::Row;

/// Members that are copied if they are set.
const TASK: &[&str] = &[
    "id",
    "projectId",
    "sortOrder",
    "title",
    "content",
    "desc",
    "startDate",
    "dueDate",
    "timeZone",
    "isAllDay",
    "priority",
    "progress",
    "isFloating",
    "repeatFlag",
    "repeatFrom",
    "completedTime",
    "status",
    "tags",
    "columnId",
    "parentId",
    "childIds",
    "etag",
    "kind",
    "modifiedTime",
    "createdTime",
];

pub(super) const ITEM: &[&str] =
    &["id", "title", "status", "completedTime", "isAllDay", "sortOrder", "startDate", "timeZone"];

const FOCUSED: &[&str] = &["pomoCount", "estimatedPomo", "estimatedDuration", "pomoDuration", "stopwatchDuration"];

/// Shows a task.
pub(super) fn task(account: &Account, row: &Row<TaskHead>) -> Object {
    shown(account, row, true)
}

/// Shows a new task, whose items lack `isAllDay`.
pub(super) fn created(account: &Account, row: &Row<TaskHead>) -> Object {
    shown(account, row, false)
}

/// Shows the result of a move.
pub(super) fn moved(account: &Account, row: &Row<TaskHead>) -> Object {
    let task = task(account, row);
    view::shown(&task, &["id", "isAllDay", "isFloating", "etag", "etimestamp", "modifiedTime"])
}

fn shown(account: &Account, row: &Row<TaskHead>, is_read: bool) -> Object {
    let stored = row.object();
    let mut task = view::shown(&stored, TASK);
    fill(&mut task, account, row.changed);
    let reminders: Vec<Object> = stored.read("reminders").unwrap_or_default();
    let triggers: Vec<String> = reminders.iter().filter_map(|reminder| reminder.text("trigger")).collect();
    if !triggers.is_empty() {
        task.put("reminders", triggers);
    }
    let zone = task.text("timeZone").unwrap_or_default();
    let items: Vec<Object> = stored.read("items").unwrap_or_default();
    if !items.is_empty() {
        task.put("items", items.iter().map(|stored| item(stored, &zone, is_read)).collect::<Vec<_>>());
    }
    let focused: Vec<Object> = stored.read("focusSummaries").unwrap_or_default();
    if !focused.is_empty() {
        task.put("focusSummaries", focused.iter().map(|part| view::shown(part, FOCUSED)).collect::<Vec<_>>());
    }
    if let Some(column) = task.text("columnId").and_then(|id| account.columns.get(&id)) {
        task.put("columnName", column.text("name"));
    }
    if let Some(name) = assignee(account, &stored) {
        task.put("assigneeUsername", name);
    }
    task
}

/// Adds the members that are always present.
fn fill(task: &mut Object, account: &Account, changed: i64) {
    let time = Timestamp::from_millisecond(changed).map(wire).unwrap_or_default();
    task.fill("timeZone", &account.zone);
    for key in ["sortOrder", "priority", "status"] {
        task.fill(key, 0);
    }
    for key in ["isAllDay", "isFloating"] {
        task.fill(key, false);
    }
    task.fill("kind", "TEXT");
    task.fill("modifiedTime", &time);
    let modified = task.text("modifiedTime").unwrap_or(time);
    task.fill("createdTime", modified);
    task.put("etimestamp", changed);
}

/// Shows a checklist item, with its completion time as a number.
fn item(stored: &Object, zone: &str, is_read: bool) -> Object {
    let mut item = view::shown(stored, ITEM);
    item.fill("status", 0);
    item.fill("sortOrder", 0);
    item.fill("timeZone", zone);
    if is_read {
        item.fill("isAllDay", false);
    }
    if let Some(time) = item.instant("completedTime") {
        item.put("completedTime", time.as_millisecond());
    }
    item
}

/// Returns the user name of the assignee of a task.
fn assignee(account: &Account, task: &Object) -> Option<String> {
    let user = task.int("assignee").or_else(|| task.text("assignee")?.parse().ok())?;
    let project = task.text("projectId")?;
    let people = account.people(&project);
    people.into_iter().find(|person| person.user_id == user).map(|person| person.username)
}
