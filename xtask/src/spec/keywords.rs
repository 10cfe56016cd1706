//! Keywords of the schemas in `spec/formats`.

use super::fault::{Faults, hint};
use super::node::{Node, Text, Value};

/// Keywords whose value is not a schema.
const PLAIN: &[&str] = &[
    "$comment",
    "$ref",
    "$schema",
    "const",
    "default",
    "description",
    "enum",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "required",
    "title",
    "type",
    "uniqueItems",
    // Keys that only the generator reads.
    "x-crate",
    "x-entity",
    "x-rust",
    "x-shown",
];

/// Keywords whose value is a schema, or a list of them.
const SCHEMAS: &[&str] = &["additionalProperties", "allOf", "anyOf", "items", "not", "oneOf", "propertyNames"];

/// Keywords whose value is a map of names to schemas.
const MAPS: &[&str] = &["definitions", "patternProperties", "properties"];

/// Members of the keys that only the generator reads.
const OURS: &[(&str, &[&str])] = &[
    ("x-entity", &["answer", "columns", "id"]),
    ("x-rust", &["attr", "derive", "generic", "reads", "skip", "type", "without"]),
];

/// Checks all keywords of a schema, because a reader of schemas ignores unknown ones.
pub(super) fn check(schema: &Node, faults: &mut Faults) {
    match &schema.value {
        Value::List(schemas) => schemas.iter().for_each(|schema| check(schema, faults)),
        Value::Map(members) => members.iter().for_each(|(key, value)| keyword(key, value, faults)),
        _ => {}
    }
}

fn keyword(key: &Text, value: &Node, faults: &mut Faults) {
    let word = key.text.as_str();
    if SCHEMAS.contains(&word) {
        check(value, faults);
    } else if MAPS.contains(&word) {
        let schemas = if let Value::Map(members) = &value.value { members.as_slice() } else { &[] };
        schemas.iter().for_each(|(_, schema)| check(schema, faults));
    } else if let Some((_, allowed)) = OURS.iter().find(|(ours, _)| *ours == word) {
        let members = if let Value::Map(members) = &value.value { members.as_slice() } else { &[] };
        for (member, _) in members.iter().filter(|(member, _)| !allowed.contains(&member.text.as_str())) {
            let help = format!("{}allowed in `{word}`: {}", hint(member, allowed.iter().copied()), allowed.join(", "));
            faults.add(member.mark, format!("unknown key `{member}`"), help);
        }
    } else if !PLAIN.contains(&word) {
        let known = PLAIN.iter().chain(SCHEMAS).chain(MAPS).copied();
        let help =
            format!("{}use a keyword of JSON Schema draft 7 that xtask/src/spec/keywords.rs lists", hint(word, known));
        faults.add(key.mark, format!("unknown keyword `{word}`"), help);
    }
}
