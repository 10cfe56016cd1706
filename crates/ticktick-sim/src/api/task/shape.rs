//! Validates the shape of tasks in requests.

use serde_json::Value;
use ticktick_models::{Json, Object};

use crate::exchange::refusal::Refusal;
use crate::world::fields::is_null;

enum Kind {
    /// Text. Invalid times are removed later.
    Text,
    Whole,
    Texts,
    Objects,
}

/// The required kinds of members. Any of them may be null.
const KINDS: &[(&str, Kind)] = &[
    ("startDate", Kind::Text),
    ("dueDate", Kind::Text),
    ("completedTime", Kind::Text),
    ("createdTime", Kind::Text),
    ("modifiedTime", Kind::Text),
    ("repeatFirstDate", Kind::Text),
    ("remindTime", Kind::Text),
    ("pinnedTime", Kind::Text),
    ("sortOrder", Kind::Whole),
    ("status", Kind::Whole),
    ("priority", Kind::Whole),
    ("progress", Kind::Whole),
    ("deleted", Kind::Whole),
    ("tags", Kind::Texts),
    ("exDate", Kind::Texts),
    ("childIds", Kind::Texts),
    ("reminders", Kind::Objects),
    ("items", Kind::Objects),
];

/// Refuses a task with a member of the wrong kind, such as reminders that are texts.
pub(super) fn check(task: &Object) -> Result<(), Refusal> {
    let fits = |(key, kind): &(&str, Kind)| task.get(key).is_none_or(|json| fits(json, kind));
    if KINDS.iter().all(fits) { Ok(()) } else { Err(Refusal::senseless()) }
}

fn fits(json: &Json, kind: &Kind) -> bool {
    if is_null(json) {
        return true;
    }
    match kind {
        Kind::Text => json.decode::<String>().is_ok(),
        Kind::Whole => json.decode::<i64>().is_ok(),
        Kind::Texts => json.decode::<Vec<String>>().is_ok(),
        Kind::Objects => json.decode::<Vec<Value>>().is_ok_and(|all| all.iter().all(Value::is_object)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reminders_are_objects() {
        let task = |json: &str| serde_json::from_str::<Object>(json).unwrap();
        assert!(check(&task(r#"{"reminders":[{"trigger":"TRIGGER:PT0S"}],"pinnedTime":"-1"}"#)).is_ok());
        assert!(check(&task(r#"{"reminders":null,"startDate":"2026-03-01T00:00:00Z"}"#)).is_ok());
        for wrong in
            [r#"{"reminders":["TRIGGER:PT0S"]}"#, r#"{"startDate":7}"#, r#"{"status":"done"}"#, r#"{"tags":"home"}"#]
        {
            assert!(check(&task(wrong)).is_err(), "{wrong}");
        }
    }
}
