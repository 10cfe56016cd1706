//! What a sent task must look like for the service to be able to read it.

use serde_json::Value;
use ticktick_models::{Json, Object, Timestamp};

use crate::fields::is_null;
use crate::refusal::Refusal;

enum Kind {
    /// Text that is a time; empty stands for none.
    Time,
    Whole,
    Texts,
    Objects,
}

/// Members that have to be of a kind, or null.
const KINDS: &[(&str, Kind)] = &[
    ("startDate", Kind::Time),
    ("dueDate", Kind::Time),
    ("completedTime", Kind::Time),
    ("createdTime", Kind::Time),
    ("modifiedTime", Kind::Time),
    ("repeatFirstDate", Kind::Time),
    ("remindTime", Kind::Time),
    ("pinnedTime", Kind::Time),
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
        Kind::Time => json.decode::<String>().is_ok_and(|text| is_time(&text)),
        Kind::Whole => json.decode::<i64>().is_ok(),
        Kind::Texts => json.decode::<Vec<String>>().is_ok(),
        Kind::Objects => json.decode::<Vec<Value>>().is_ok_and(|all| all.iter().all(Value::is_object)),
    }
}

fn is_time(text: &str) -> bool {
    // `-1` is how a client unpins.
    text.is_empty() || text == "-1" || Timestamp::from(text).instant().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reminders_are_objects() {
        let task = |json: &str| serde_json::from_str::<Object>(json).unwrap();
        assert!(check(&task(r#"{"reminders":[{"trigger":"TRIGGER:PT0S"}],"pinnedTime":"-1"}"#)).is_ok());
        assert!(check(&task(r#"{"reminders":null,"startDate":"2026-03-01T00:00:00Z"}"#)).is_ok());
        for wrong in [
            r#"{"reminders":["TRIGGER:PT0S"]}"#,
            r#"{"startDate":"tomorrow"}"#,
            r#"{"status":"done"}"#,
            r#"{"tags":"home"}"#,
        ] {
            assert!(check(&task(wrong)).is_err(), "{wrong}");
        }
    }
}
