//! How the Open API shows what is stored: a part of it, without what is not set.

use serde::Serialize;
use serde_json::json;
use ticktick_models::Object;

use crate::fields::Fields;
use crate::reply::{Answer, Reply};

const PROJECT: &[&str] = &["id", "name", "color", "sortOrder", "closed", "groupId", "viewMode", "permission", "kind"];

const COLUMN: &[&str] = &["id", "projectId", "name", "sortOrder"];

const GROUP: &[&str] = &["id", "name", "sortOrder", "showAll", "viewMode"];

const TAG: &[&str] = &["name", "label", "sortOrder", "color", "parent", "type"];

const TASK: &[&str] = &[
    "id",
    "projectId",
    "title",
    "isAllDay",
    "completedTime",
    "content",
    "desc",
    "dueDate",
    "priority",
    "tags",
    "repeatFlag",
    "sortOrder",
    "startDate",
    "status",
    "timeZone",
    "kind",
    "etag",
    "columnId",
    "parentId",
    "childIds",
];

pub(super) const ITEM: &[&str] =
    &["id", "title", "status", "completedTime", "isAllDay", "sortOrder", "startDate", "timeZone"];

const FOCUSED: &[&str] = &["pomoCount", "estimatedPomo", "estimatedDuration", "pomoDuration", "stopwatchDuration"];

const COUNTDOWN: &[&str] = &[
    "id",
    "type",
    "iconRes",
    "color",
    "name",
    "date",
    "ignoreYear",
    "showCalendarType",
    "reminders",
    "annoyingAlert",
    "repeatFlag",
    "remark",
    "status",
    "sortOrder",
    "style",
    "styleColor",
    "dateDisplayFormat",
    "timerMode",
    "showAge",
    "daysOption",
    "showRemark",
    "createdTime",
    "modifiedTime",
];

/// Copies the members of some names that are set; a name is always there.
pub(super) fn shown(stored: &Object, keys: &[&str]) -> Object {
    let mut object = Object::new();
    for key in keys {
        match stored.get(key) {
            Some(value) if !matches!(value.as_str(), "null" | "[]" | "\"\"") => object.set(*key, value.clone()),
            _ if matches!(*key, "title" | "name") => object.put(key, ""),
            _ => {}
        }
    }
    object
}

pub(super) fn project(stored: &Object) -> Object {
    shown(stored, PROJECT)
}

pub(super) fn column(stored: &Object) -> Object {
    shown(stored, COLUMN)
}

pub(super) fn group(stored: &Object) -> Object {
    shown(stored, GROUP)
}

pub(super) fn tag(stored: &Object) -> Object {
    shown(stored, TAG)
}

pub(super) fn countdown(stored: &Object) -> Object {
    shown(stored, COUNTDOWN)
}

/// Shows a task; its reminders become texts.
pub(super) fn task(stored: &Object) -> Object {
    let mut task = shown(stored, TASK);
    let reminders: Vec<Object> = stored.read("reminders").unwrap_or_default();
    let triggers: Vec<String> = reminders.iter().filter_map(|reminder| reminder.text("trigger")).collect();
    if !triggers.is_empty() {
        task.put("reminders", triggers);
    }
    for (key, members) in [("items", ITEM), ("focusSummaries", FOCUSED)] {
        let parts: Vec<Object> = stored.read(key).unwrap_or_default();
        if !parts.is_empty() {
            task.put(key, parts.iter().map(|part| shown(part, members)).collect::<Vec<_>>());
        }
    }
    task
}

/// Makes a reminder of the private API out of a trigger.
pub(super) fn reminder(id: &str, trigger: &str) -> serde_json::Value {
    json!({ "id": id, "trigger": trigger })
}

/// Answers objects as a list.
pub(super) fn list<T: Serialize>(objects: impl Iterator<Item = T>) -> Answer {
    Ok(Reply::json(&objects.collect::<Vec<T>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_set_is_left_out() {
        let stored = json!({
            "id": "1", "title": "", "content": "", "dueDate": null, "tags": [], "priority": 0, "isAllDay": false,
            "creator": 7, "reminders": [{ "id": "2", "trigger": "TRIGGER:PT0S" }],
            "items": [{ "id": "3", "title": "", "startDate": null, "snoozeReminderTime": null }],
        });
        let shown = json!({
            "id": "1", "title": "", "priority": 0, "isAllDay": false,
            "reminders": ["TRIGGER:PT0S"], "items": [{ "id": "3", "title": "" }],
        });
        let view = task(&Object::encode(&stored).unwrap());
        assert_eq!(serde_json::to_value(view).unwrap(), shown);
    }
}
