//! Compares what was sent with what is stored.

use std::collections::BTreeMap;

use serde::Serialize;
use ticktick_models::{Json, Object};

/// A field that a write did not store.
#[derive(Debug, PartialEq)]
pub(crate) struct Lost {
    pub(crate) field: String,
    pub(crate) sent: Json,
    pub(crate) stored: Option<Json>,
}

/// Returns the first field that was sent but not stored; ignores fields that the service sets.
pub(crate) fn lost(sent: &impl Serialize, stored: &impl Serialize, server: &[&str]) -> Option<Lost> {
    // An object that cannot be encoded was never sent.
    let (sent, stored) = (Object::encode(sent).ok()?, Object::encode(stored).ok()?);
    let mut members = sent.iter().filter(|(key, _)| !server.contains(key));
    let (field, value) = members.find(|(key, value)| !holds(stored.get(key), value))?;
    Some(Lost { field: field.to_owned(), sent: value.clone(), stored: stored.get(field).cloned() })
}

/// Returns the first field that was stored before, was omitted from the write, and is still stored.
pub(crate) fn kept(
    before: &impl Serialize,
    sent: &impl Serialize,
    stored: &impl Serialize,
    server: &[&str],
) -> Option<Lost> {
    let (before, sent) = (Object::encode(before).ok()?, Object::encode(sent).ok()?);
    let stored = Object::encode(stored).ok()?;
    let mut left_out =
        before.iter().filter(|(key, value)| !server.contains(key) && !is_nothing(value) && sent.get(key).is_none());
    let (field, _) = left_out.find(|(key, _)| stored.get(key).is_some_and(|value| !is_nothing(value)))?;
    Some(Lost { field: field.to_owned(), sent: Json::null(), stored: stored.get(field).cloned() })
}

/// Returns whether the stored value contains what was sent; it may contain more.
fn holds(stored: Option<&Json>, sent: &Json) -> bool {
    if is_nothing(sent) {
        return stored.is_none_or(is_nothing);
    }
    let Some(stored) = stored else { return false };
    match (sent.kind(), stored.kind()) {
        ("object", "object") => holds_members(stored, sent),
        ("array", "array") => holds_elements(stored, sent),
        _ => stored.means(sent),
    }
}

/// Null, the empty string and the empty list are equivalent, because the service converts them into each other.
fn is_nothing(value: &Json) -> bool {
    matches!(value.as_str(), "null" | "\"\"" | "[]" | "{}")
}

fn holds_members(stored: &Json, sent: &Json) -> bool {
    let (Ok(stored), Ok(sent)) = (stored.decode::<Object>(), sent.decode::<Object>()) else { return false };
    sent.iter().all(|(key, value)| holds(stored.get(key), value))
}

fn holds_elements(stored: &Json, sent: &Json) -> bool {
    let (Ok(mut stored), Ok(mut sent)) = (stored.decode::<Vec<Json>>(), sent.decode::<Vec<Json>>()) else {
        return false;
    };
    let texts = |list: &[Json]| list.iter().all(|one| one.kind() == "string");
    if texts(&stored) && texts(&sent) {
        // Lists of strings are sets: tags, skipped days.
        for list in [&mut stored, &mut sent] {
            list.sort_by(|one, other| one.as_str().cmp(other.as_str()));
            list.dedup();
        }
    }
    if let (Some(stored), Some(sent)) = (by_id(&stored), by_id(&sent)) {
        // Objects with ids may come in another order: checklist items, reminders.
        return stored.len() == sent.len() && sent.iter().all(|(id, sent)| holds(stored.get(id).copied(), sent));
    }
    stored.len() == sent.len() && sent.iter().zip(&stored).all(|(sent, stored)| holds(Some(stored), sent))
}

/// Returns objects by their ids, if all of them have one.
fn by_id(list: &[Json]) -> Option<BTreeMap<String, &Json>> {
    let id = |one: &Json| one.decode::<Object>().ok()?.get("id")?.decode::<String>().ok();
    list.iter().map(|one| Some((id(one)?, one))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(sent: &str, stored: &str) -> Option<String> {
        let object = |text| serde_json::from_str::<Object>(text).unwrap();
        lost(&object(sent), &object(stored), &["etag"]).map(|lost| lost.field)
    }

    #[test]
    fn what_is_stored_may_say_more_and_say_it_otherwise() {
        let sent = r#"{"a":1,"t":"2026-03-01T00:00:00Z","n":null,"l":[{"id":"x"}],"s":["b","a"],"etag":"1"}"#;
        let stored =
            r#"{"s":["a","b"],"l":[{"id":"x","k":1}],"t":"2026-03-01T00:00:00.000+0000","a":1.0,"n":"","etag":"2"}"#;
        assert_eq!(field(sent, stored), None);
        assert_eq!(field(sent, &stored.replace(r#""n":"","#, "")), None);
        let (sent, stored) = (r#"{"l":[{"id":"x"},{"id":"y"}]}"#, r#"{"l":[{"id":"y"},{"id":"x"}]}"#);
        assert_eq!(field(sent, stored), None);
    }

    #[test]
    fn what_was_left_out_and_is_stored_still_is_named() {
        let field = |before: &str, sent: &str, stored: &str| {
            let object = |text| serde_json::from_str::<Object>(text).unwrap();
            kept(&object(before), &object(sent), &object(stored), &["etag"]).map(|kept| kept.field)
        };
        let before = r#"{"a":1,"b":"","etag":"1"}"#;
        assert_eq!(field(before, "{}", before).as_deref(), Some("a"));
        for (sent, stored) in [(r#"{"a":null}"#, before), ("{}", "{}"), ("{}", r#"{"a":null}"#), (before, before)] {
            assert_eq!(field(before, sent, stored), None, "{sent} {stored}");
        }
        assert_eq!(field("{}", "{}", r#"{"a":1}"#), None, "the service added it");
    }

    #[test]
    fn what_is_missing_or_changed_is_named() {
        for (sent, stored) in [
            (r#"{"a":1}"#, "{}"),
            (r#"{"a":1}"#, r#"{"a":null}"#),
            (r#"{"a":null}"#, r#"{"a":1}"#),
            (r#"{"a":[]}"#, r#"{"a":["x"]}"#),
            (r#"{"a":"x"}"#, r#"{"a":"y"}"#),
            (r#"{"a":["x"]}"#, r#"{"a":["x","y"]}"#),
            (r#"{"a":[{"b":1},{"b":2}]}"#, r#"{"a":[{"b":2},{"b":1}]}"#),
            (r#"{"a":[{"id":"x","b":1}]}"#, r#"{"a":[{"id":"x","b":2}]}"#),
            (r#"{"a":[{"id":"x"}]}"#, r#"{"a":[{"id":"y"}]}"#),
            (r#"{"a":{"b":1}}"#, r#"{"a":{"c":1}}"#),
            (r#"{"a":9007199254740993}"#, r#"{"a":9007199254740992}"#),
        ] {
            assert_eq!(field(sent, stored).as_deref(), Some("a"), "{sent} {stored}");
        }
    }
}
