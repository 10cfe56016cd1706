//! Converts the members of tasks from the Open API to the form of the private API.

use ticktick_models::Object;

use crate::open::{body, row, view};
use crate::world::account::Account;
use crate::world::fields::{Fields, canonical};

/// Members that a client writes. Status, assignee, parent and children have their own rules.
const WRITTEN: &[&str] = &[
    "title",
    "content",
    "desc",
    "isAllDay",
    "startDate",
    "dueDate",
    "timeZone",
    "reminders",
    "tags",
    "repeatFlag",
    "repeatFrom",
    "priority",
    "sortOrder",
    "kind",
    "items",
];

pub(super) const DATES: &[&str] = &["startDate", "dueDate"];

/// Returns the written members, with sorted tags, reminders as objects and dates in the form of the service.
pub(super) fn written(account: &mut Account, sent: &Object) -> Object {
    let mut task = body::picked(sent, WRITTEN);
    if !task.is_none("tags") {
        let mut tags = task.texts("tags");
        tags.sort_by_key(|tag| tag.to_lowercase());
        task.put("tags", tags);
    }
    if !task.is_none("reminders") {
        let triggers = task.texts("reminders");
        let reminders: Vec<_> = triggers.iter().map(|trigger| view::reminder(&account.make_id(), trigger)).collect();
        task.put("reminders", reminders);
    }
    if let Some(items) = task.read::<Vec<Object>>("items") {
        task.put("items", items.iter().map(item).collect::<Vec<_>>());
    }
    canonical(&mut task, DATES);
    task
}

fn item(sent: &Object) -> Object {
    let mut item = body::picked(sent, row::ITEM);
    body::drop_odd_dates(&mut item, &["startDate", "completedTime"]);
    canonical(&mut item, &["startDate", "completedTime"]);
    item.fill("status", 0);
    item.fill("sortOrder", 0);
    item
}

/// Applies the rules after a write: the start follows the due date, and items make the task a checklist.
pub(super) fn apply_rules(task: &mut Object, sent: &Object, zone: &str) {
    follow_due(task, sent);
    let Some(mut items) = task.read::<Vec<Object>>("items").filter(|items| !items.is_empty()) else { return };
    if task.text("kind").as_deref() == Some("TEXT") {
        task.put("kind", "CHECKLIST");
    }
    let zone = task.word("timeZone").unwrap_or_else(|| zone.to_owned());
    items.iter_mut().for_each(|item| item.fill("timeZone", &zone));
    task.put("items", items);
}

/// Moves the start to the due date if only the due date was sent. An all-day task over several days keeps its
/// start.
fn follow_due(task: &mut Object, sent: &Object) {
    let is_lone = sent.word("dueDate").is_some() && sent.is_none("startDate");
    let is_range = task.read("isAllDay") == Some(true) && task.instant("startDate") < task.instant("dueDate");
    let keeps_start = is_range && !task.is_none("startDate");
    if is_lone
        && !keeps_start
        && let Some(due) = task.text("dueDate")
    {
        task.put("startDate", due);
    }
}
