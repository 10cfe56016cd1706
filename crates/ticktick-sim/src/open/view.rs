//! The form of objects in the Open API: selected members, without those that are not set.

use serde::Serialize;
use serde_json::json;
use ticktick_models::Object;

use crate::exchange::refusal::Answer;
use crate::exchange::reply::Reply;
use crate::world::fields::Fields;

const PROJECT: &[&str] = &["id", "name", "color", "sortOrder", "closed", "groupId", "viewMode", "permission", "kind"];

const COLUMN: &[&str] = &["id", "projectId", "name", "sortOrder"];

const GROUP: &[&str] = &["id", "name", "sortOrder", "showAll", "viewMode"];

const TAG: &[&str] = &["name", "label", "sortOrder", "color", "parent", "type"];

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

/// Members that are shown even if they are empty.
const MAY_BE_EMPTY: &[&str] = &["title", "name", "content", "desc", "repeatFlag", "tags"];

/// Copies the given members that are set. A name or title is always included.
pub(super) fn shown(stored: &Object, keys: &[&str]) -> Object {
    let mut object = Object::new();
    for key in keys {
        match stored.get(key).map(|value| (value, value.as_str())) {
            None | Some((_, "null")) if matches!(*key, "title" | "name") => object.put(key, ""),
            None | Some((_, "null")) => {}
            Some((_, "[]" | "\"\"")) if !MAY_BE_EMPTY.contains(key) => {}
            Some((value, _)) => object.set(*key, value.clone()),
        }
    }
    object
}

/// Shows a project. Its position, view mode and kind are always included.
pub(super) fn project(stored: &Object) -> Object {
    let mut project = shown(stored, PROJECT);
    project.fill("sortOrder", 0);
    project.fill("viewMode", "list");
    project.fill("kind", "TASK");
    project
}

pub(super) fn column(stored: &Object) -> Object {
    let mut column = shown(stored, COLUMN);
    column.fill("sortOrder", 0);
    column
}

pub(super) fn group(stored: &Object) -> Object {
    let mut group = shown(stored, GROUP);
    group.fill("showAll", true);
    group.fill("sortOrder", 0);
    group
}

pub(super) fn tag(stored: &Object) -> Object {
    shown(stored, TAG)
}

pub(super) fn countdown(stored: &Object) -> Object {
    shown(stored, COUNTDOWN)
}

/// Creates a reminder of the private API from a trigger.
pub(super) fn reminder(id: &str, trigger: &str) -> serde_json::Value {
    json!({ "id": id, "trigger": trigger })
}

/// Returns objects as a list.
pub(super) fn list<T: Serialize>(objects: impl Iterator<Item = T>) -> Answer {
    Ok(Reply::json(&objects.collect::<Vec<T>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_that_are_not_set_are_left_out() {
        let stored = json!({
            "id": "1", "title": null, "content": "", "dueDate": null, "tags": [], "priority": 0, "childIds": [],
            "columnId": "", "creator": 7,
        });
        let keys = ["id", "title", "content", "dueDate", "tags", "priority", "childIds", "columnId"];
        let view = shown(&Object::encode(&stored).unwrap(), &keys);
        let expected = json!({ "id": "1", "title": "", "content": "", "tags": [], "priority": 0 });
        assert_eq!(serde_json::to_value(view).unwrap(), expected);
    }
}
