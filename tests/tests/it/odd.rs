//! Values of another kind than the contract expects are kept, at any place of any answer.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use ticktick_models::{Check, Json, MODELS, Object, Task, decode_lenient};
use ticktick_raw::OPERATIONS;
use ticktick_tests::Sample;

use crate::lossless::{json as any_json, same_each_run};

/// One value of each kind.
fn kinds() -> [Value; 6] {
    [Value::Null, json!(true), json!(7), json!("odd"), json!([]), json!({})]
}

fn kind(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}

/// Returns the JSON pointer of every member and element.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Array(all) => all.iter().enumerate().map(|(n, one)| (format!("{at}/{n}"), one)).collect(),
        Value::Object(all) => {
            let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
            all.iter().map(|(key, one)| (format!("{at}/{}", escaped(key)), one)).collect()
        }
        _ => return,
    };
    for (pointer, child) in children {
        places(child, &pointer, found);
        found.push(pointer);
    }
}

/// Makes every document with one value of another kind.
fn changed(document: &Value) -> impl Iterator<Item = (String, Value)> {
    let mut found = Vec::new();
    places(document, "", &mut found);
    found.into_iter().flat_map(move |pointer| {
        let document = document.clone();
        let own = document.pointer(&pointer).map(kind);
        kinds().into_iter().filter(move |other| Some(kind(other)) != own).map(move |other| {
            let mut changed = document.clone();
            *changed.pointer_mut(&pointer).unwrap() = other;
            (pointer.clone(), changed)
        })
    })
}

/// Whether a client can read this, with what does not fit set aside.
fn is_read(check: &Check) -> bool {
    check.decodes || !check.odd.is_empty()
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are worth reading, not only their limit")]
fn one_value_of_another_kind_fails_a_call_only_where_it_is_its_key() {
    let (mut all, mut strict) = (0, 0);
    let mut failing: BTreeMap<String, usize> = BTreeMap::new();
    let mut lost = Vec::new();
    for sample in Sample::all() {
        if !sample.of.ends_with(" response") || sample.is_empty() || sample.misfit.is_some() {
            continue;
        }
        let document: Value = serde_json::from_str(sample.json()).unwrap();
        for (pointer, text) in changed(&document) {
            let found = sample.check_text(text.to_string().as_bytes()).unwrap();
            all += 1;
            strict += usize::from(!found.decodes);
            if !is_read(&found) {
                let member = pointer.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default();
                *failing.entry(member.to_owned()).or_default() += 1;
            } else if !found.lossless {
                lost.push(format!("{sample} {pointer} {:?}", found.differences));
            }
        }
    }
    let share = |count: usize| 100.0 * count as f64 / all as f64;
    let failed: usize = failing.values().sum();
    println!(
        "{all} changes; {strict} ({:.1} %) fail strictly, {failed} ({:.2} %) fail a call",
        share(strict),
        share(failed)
    );
    println!("{failing:?}");
    assert!(lost.is_empty(), "{}\n{}", lost.len(), lost[..lost.len().min(40)].join("\n"));
    assert!(share(failed) <= 4.0, "{failing:?}");
    let keys = ["id", "Id", "ID", "name", "checkPoint", "token", "key", "Stamp", "date", "day", "type"];
    let others: Vec<&String> = failing.keys().filter(|member| !keys.iter().any(|key| member.ends_with(key))).collect();
    assert!(others.is_empty(), "{others:?}");
}

/// The contract's schemas.
fn schemas() -> Value {
    let text = include_str!("../../../docs/openapi.json");
    serde_json::from_str::<Value>(text).unwrap()["components"]["schemas"].take()
}

/// Makes a value that fits a schema.
fn fitting(schema: &Value, all: &Value) -> Value {
    if let Some(name) = schema["$ref"].as_str() {
        return fitting(&all[name.rsplit('/').next().unwrap()], all);
    }
    if let Some(one) = schema["anyOf"].get(0).or_else(|| schema["allOf"].get(0)) {
        return fitting(one, all);
    }
    let of = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    match of {
        Some("integer" | "number") => json!(7),
        Some("boolean") => json!(true),
        Some("array") => json!([]),
        Some("object") => minimal(schema, all),
        Some(_) => json!("x"),
        None => json!({}),
    }
}

fn minimal(schema: &Value, all: &Value) -> Value {
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let members = required.iter().map(|key| {
        let key = key.as_str().unwrap();
        (key.to_owned(), fitting(&schema["properties"][key], all))
    });
    Value::Object(members.collect())
}

#[test]
fn every_member_of_every_model_takes_every_kind() {
    let schemas = schemas();
    let odd =
        [r#""odd""#, r#"[null,true,7,1.5,"x",[],{}]"#, r#"{"a":[{}]}"#, r#""\ud83d""#, "1E0", "true", "null", "\"7\""];
    let (mut members, mut wrong) = (0, Vec::new());
    for (name, check) in MODELS {
        let schema = &schemas[name];
        let Some(properties) = schema["properties"].as_object() else { continue };
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let base = minimal(schema, &schemas);
        assert!(check(base.to_string().as_bytes()).decodes, "{name} {base}");
        for key in properties.keys() {
            members += 1;
            for text in odd {
                let mut object: Object = serde_json::from_str(&base.to_string()).unwrap();
                object.set(key.as_str(), text.parse::<Json>().unwrap());
                let json = serde_json::to_string(&object).unwrap();
                let found = check(json.as_bytes());
                let is_key = required.iter().any(|one| one == key);
                if !(is_read(&found) || is_key) || is_read(&found) && !found.lossless {
                    wrong.push(format!("{name}.{key} {text}: {:?} {:?}", found.error, found.differences));
                }
            }
        }
    }
    assert!(members > 1000, "{members}");
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

/// Returns an answer of three elements, of which the second is this one.
fn holding(schema: &Value, odd: &str, all: &Value) -> (String, &'static str) {
    let good = |of: &Value| fitting(of, all).to_string();
    match schema.get("items") {
        Some(of) => (format!("[{},{odd},{}]", good(of), good(of)), "$[*]"),
        None => {
            let of = &schema["additionalProperties"];
            (format!(r#"{{"a":{},"b":{odd},"c":{}}}"#, good(of), good(of)), "$.*")
        }
    }
}

#[test]
fn an_odd_element_of_a_list_that_is_an_answer_keeps_its_place() {
    let document: Value = serde_json::from_str(include_str!("../../../docs/openapi.json")).unwrap();
    let schemas = &document["components"]["schemas"];
    let mut tried = BTreeMap::new();
    for operation in OPERATIONS.iter().filter(|operation| operation.returns.name.starts_with(['[', '{'])) {
        let method = operation.method.to_string().to_lowercase();
        let answer = &document["paths"][operation.path][method]["responses"]["200"]["content"]["application/json"];
        for odd in ["null", "true", "[1E0]", r#"{"odd":"\ud83d"}"#] {
            let (json, place) = holding(&answer["schema"], odd, schemas);
            let found = (operation.returns.check)(json.as_bytes());
            assert!(found.lossless, "{operation} {json}: {found:?}");
            // Had a good element been set aside, there would be more.
            let misfits = found.odd.iter().filter(|misfit| misfit.starts_with(place)).count();
            assert!(misfits == found.odd.len() && misfits <= 1, "{operation} {json}: {found:?}");
            *tried.entry(operation.id).or_insert(0) += misfits;
        }
    }
    assert!(tried.len() >= 40, "{tried:?}");
    // Any JSON fits a list of any JSON.
    let all_fit: Vec<_> = tried.iter().filter(|(_, misfits)| **misfits < 3).map(|(id, _)| *id).collect();
    assert_eq!(all_fit, ["project.recent_users"], "{tried:?}");
}

/// Members of a task that hold every kind of value.
const MEMBERS: &[&str] = &[
    "title",
    "sortOrder",
    "kind",
    "status",
    "priority",
    "startDate",
    "isAllDay",
    "reminders",
    "repeatFrom",
    "tags",
    "items",
    "childIds",
    "assignee",
    "pinnedTime",
    "deletedTime",
    "attachments",
    "focusSummaries",
    "attendId",
    "unknown",
];

proptest! {
    #![proptest_config(same_each_run())]

    #[test]
    fn tasks_of_any_json_are_read_and_come_back(
        values in prop::collection::vec(prop::option::of(any_json()), MEMBERS.len()),
        item in any_json(),
    ) {
        let mut text = r#"{"id":"a","projectId":"b""#.to_owned();
        for (key, value) in MEMBERS.iter().zip(&values) {
            if let Some(value) = value {
                text.push_str(&format!(r#","{key}":{value}"#));
            }
        }
        text.push_str(&format!(r#","items":[{item},{{"id":"c","title":{item},"status":{item}}}]}}"#));
        let task = decode_lenient::<Task>(text.as_bytes()).unwrap().value;
        let (before, after): (Object, Object) = (serde_json::from_str(&text).unwrap(), Object::encode(&task).unwrap());
        prop_assert_eq!(before.len(), after.len());
        for (key, value) in before.iter() {
            prop_assert!(value.means(after.get(key).unwrap()), "{} {} {}", key, value, after.get(key).unwrap());
        }
        let again = after.decode_lenient::<Task>().unwrap();
        prop_assert_eq!(Object::encode(&again).unwrap(), after);
    }
}
