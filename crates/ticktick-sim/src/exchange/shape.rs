//! Validates the shape of objects in requests.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use ticktick_models::{Check, Object};
use ticktick_raw::{Body, BodyKind};

use crate::exchange::call::Call;
use crate::exchange::refusal::Refusal;
use crate::world::fields::{Fields, instant_of};

/// Refuses an object that does not match its model or has invalid times.
///
/// Members in `required` may be omitted, because an update contains only changed members.
pub(crate) fn check<M: DeserializeOwned>(
    sent: &Object,
    required: &[(&str, Value)],
    instants: &[&str],
) -> Result<(), Refusal> {
    let mut whole = sent.clone();
    for (key, value) in required {
        whole.fill(key, value);
    }
    let is_time = |key: &&str| whole.text(key).is_none_or(|text| text.is_empty() || instant_of(&text).is_some());
    if whole.decode::<M>().is_ok() && instants.iter().all(is_time) { Ok(()) } else { Err(Refusal::senseless()) }
}

/// Refuses a body with a known member of a wrong type, so that stored objects always match their models.
///
/// Handlers check for containers of another shape and for bodies that are not JSON. Members may be missing.
pub(crate) fn readable(call: &Call) -> Result<(), Refusal> {
    let Some(Body { kind: BodyKind::Json, check, .. }) = call.operation.body else { return Ok(()) };
    let Ok(body) = call.json::<Value>() else { return Ok(()) };
    if check(call.body()).decodes || fits_all(check, without_nulls(body)) { Ok(()) } else { Err(Refusal::senseless()) }
}

/// Removes null members, because any member may be null, with the same meaning as an omitted one.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Array(elements) => elements.into_iter().map(without_nulls).collect(),
        Value::Object(members) => {
            let set = members.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(set.map(|(key, value)| (key, without_nulls(value))).collect())
        }
        other => other,
    }
}

fn fits_all(check: fn(&[u8]) -> Check, body: Value) -> bool {
    parts(body).into_iter().all(|part| fits(check, part))
}

/// Splits a body into bodies with one element each.
fn parts(body: Value) -> Vec<Value> {
    let one = |key: &str, value: Value| Value::Object([(key.to_owned(), value)].into_iter().collect());
    match body {
        Value::Array(elements) => elements.into_iter().map(|element| json!([element])).collect(),
        Value::Object(members) => members
            .into_iter()
            .flat_map(|(key, value)| match value {
                Value::Array(elements) => elements.into_iter().map(|element| one(&key, json!([element]))).collect(),
                value => vec![one(&key, value)],
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Returns `true` if all members have the right types. Members may be missing.
///
/// The parser reports a missing member only after reading the whole object. Such an object is
/// removed, to check the rest.
fn fits(check: fn(&[u8]) -> Check, mut part: Value) -> bool {
    loop {
        let Some(error) = check(part.to_string().as_bytes()).error else { return true };
        let Some((path, reason)) = error.split_once(": ") else { return false };
        if path == "$" {
            return true;
        }
        if !reason.starts_with("missing field") || !take_out(&mut part, path) {
            return false;
        }
    }
}

/// Removes the value at a path such as `$.add[0].items[1]`, and returns whether it was present.
fn take_out(whole: &mut Value, path: &str) -> bool {
    let pointer = path.trim_start_matches('$').replace(['.', '['], "/").replace(']', "");
    let Some((above, last)) = pointer.rsplit_once('/') else { return false };
    match whole.pointer_mut(above) {
        Some(Value::Array(elements)) => match last.parse::<usize>() {
            Ok(index) if index < elements.len() => {
                elements.remove(index);
                true
            }
            _ => false,
        },
        Some(Value::Object(members)) => members.remove(last).is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use ticktick_models::Habit;

    use super::*;

    #[test]
    fn wrong_kinds_are_refused() {
        let check = |value: Value| {
            let sent = Object::encode(&value).unwrap();
            check::<Habit>(&sent, &[("id", json!("")), ("name", json!(""))], &["createdTime"])
        };
        assert!(check(json!({ "goal": 2.5, "reminders": null, "createdTime": "" })).is_ok());
        for wrong in [
            json!({ "goal": "many" }),
            json!({ "name": 7 }),
            json!({ "reminders": "09:00" }),
            json!({ "createdTime": "soon" }),
        ] {
            assert!(check(wrong).is_err());
        }
    }

    #[test]
    fn known_members_have_their_types() {
        let call = |body: Value| fits_all(ticktick_models::check::<ticktick_models::BatchTags>, body);
        for right in [
            json!([]),
            json!({ "add": [{ "label": "no name" }, { "name": "a", "color": null, "mood": [1] }] }),
            json!({ "add": [{ "sortOption": {} }], "new": 1, "update": null }),
        ] {
            assert!(call(right));
        }
        for wrong in [
            json!({ "add": [{ "label": "no name" }, { "name": "a", "sortType": -18901 }] }),
            json!({ "update": [{ "label": 7 }] }),
            json!({ "update": [{ "sortOption": "name" }] }),
            json!({ "add": 1 }),
        ] {
            assert!(!call(wrong));
        }
    }
}
