//! The JSON members of every project.

use serde_json::{Value, json};
use ticktick_models::Object;

use crate::world::fields::Fields;

/// Adds the JSON members that every project has.
pub(super) fn complete(project: &mut Object) {
    for (key, value) in filled() {
        project.fill(key, value);
    }
    for key in NULLABLE.iter().filter(|key| project.get(key).is_none()).collect::<Vec<_>>() {
        project.put(key, ());
    }
}

/// JSON members of a project that are never absent or null.
fn filled() -> Vec<(&'static str, Value)> {
    vec![
        ("name", json!("")),
        ("isOwner", json!(true)),
        ("inAll", json!(true)),
        ("sortOrder", json!(0)),
        ("sortType", json!("sortOrder")),
        ("userCount", json!(1)),
        ("muted", json!(false)),
        ("viewMode", json!("list")),
        ("kind", json!("TASK")),
        ("needAudit", json!(true)),
        ("barcodeNeedAudit", json!(false)),
        ("openToTeam", json!(false)),
        ("source", json!(1)),
    ]
}

/// JSON members of a project that are never absent, and null if not set.
const NULLABLE: &[&str] = &[
    "color",
    "sortOption",
    "closed",
    "transferred",
    "groupId",
    "notificationOptions",
    "teamId",
    "permission",
    "timeline",
    "teamMemberPermission",
    "background",
    "showType",
    "reminderType",
];
