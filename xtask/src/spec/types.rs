//! Type expressions: `string`, `Task`, `{ list: Task }`, and the JSON Schema of a property.

use super::fault::{Faults, hint};
use super::ir::Type;
use super::node::{Node, Text, Value};
use super::read::{self, Keys};

/// The types that the generator knows, by their names in the spec.
pub(crate) const KNOWN: &[&str] = &[
    "any",
    "boolean",
    "bytes",
    "date-time",
    "date-time-or-ms",
    "day-stamp",
    "epoch-ms",
    "integer",
    "nothing",
    "number",
    "private",
    "query-time",
    "secret",
    "string",
    "text",
    "text-or-integer",
    "trigger",
];

const SCHEMA_KEYS: &[&str] =
    &["type", "format", "description", "$ref", "items", "additionalProperties", "default", "examples"];

const FORMATS: &[(&str, &str, &str)] = &[
    ("string", "date-time", "date-time"),
    ("string", "email", "secret"),
    ("string", "password", "secret"),
    ("string", "private", "private"),
    ("string", "query-time", "query-time"),
    ("string", "trigger", "trigger"),
    ("string", "uri", "string"),
    ("integer", "int64", "integer"),
    ("integer", "day-stamp", "day-stamp"),
    ("integer", "epoch-ms", "epoch-ms"),
    ("number", "double", "number"),
];

/// Reads a type expression of an endpoint file.
pub(crate) fn expression(node: &Node, faults: &mut Faults) -> Option<Type> {
    if let Value::Map(_) = node.value {
        let keys = Keys::new(node, "a type", &["list", "map"], faults)?;
        return match (keys.get("list"), keys.get("map")) {
            (Some(of), None) => Some(Type::List(Box::new(expression(of, faults)?))),
            (None, Some(of)) => Some(Type::Map(Box::new(expression(of, faults)?))),
            _ => {
                faults.add(
                    node.mark,
                    "a type is a name, a list or a map",
                    "write `Task`, `{ list: Task }` or `{ map: Task }`",
                );
                None
            }
        };
    }
    named(&read::text(node, faults)?, faults)
}

/// Reads a type by its name. Whether a model of this name exists is checked later.
fn named(name: &Text, faults: &mut Faults) -> Option<Type> {
    if let Some(known) = KNOWN.iter().find(|known| **known == name.text) {
        return Some(Type::Known(known));
    }
    if name.starts_with(|first: char| first.is_ascii_uppercase()) {
        return Some(Type::Model(name.clone()));
    }
    let hint = hint(name, KNOWN.iter().copied());
    let cure = format!("{hint}known types: {}; or a model's name", KNOWN.join(", "));
    faults.add(name.mark, format!("unknown type `{name}`"), cure);
    None
}

/// A property's schema: its type, and whether null was seen.
pub(crate) fn schema(node: &Node, faults: &mut Faults) -> Option<(Type, bool)> {
    refuse_combinators(node, faults)?;
    let keys = Keys::new(node, "a property", SCHEMA_KEYS, faults)?;
    if let Some(target) = keys.text("$ref", faults) {
        let (name, nullable) = match target.strip_suffix('?') {
            Some(name) => (Text { text: name.to_owned(), mark: target.mark }, true),
            None => (target, false),
        };
        return Some((named(&name, faults)?, nullable));
    }
    let Some(node) = keys.get("type") else { return Some((Type::Known("any"), true)) };
    let mut names = match node.value {
        Value::List(_) => read::texts(node, faults),
        _ => vec![read::text(node, faults)?],
    };
    let before = names.len();
    names.retain(|name| name.text != "null");
    let nullable = names.len() < before;
    let ty = match names.as_slice() {
        [left, right] if is_text_and_integer(left, right) => text_or_integer(&keys, faults)?,
        [one] => simple(one, &keys, faults)?,
        _ => {
            faults.add(
                node.mark,
                "this mixture of types has no Rust type",
                "use `[string, integer]`, with the format `date-time` for a date that may be a number, one type with \"null\", or x-shapes",
            );
            return None;
        }
    };
    Some((ty, nullable))
}

fn is_text_and_integer(left: &Text, right: &Text) -> bool {
    matches!((left.text.as_str(), right.text.as_str()), ("string", "integer") | ("integer", "string"))
}

/// Text or a whole number; with the format `date-time`, a date in either form.
fn text_or_integer(keys: &Keys<'_>, faults: &mut Faults) -> Option<Type> {
    let Some(format) = keys.text("format", faults) else { return Some(Type::Known("text-or-integer")) };
    if format.text == "date-time" {
        return Some(Type::Known("date-time-or-ms"));
    }
    let fault = format!("unknown format `{format}` of text or a number");
    faults.add(format.mark, fault, "formats of text or a number: date-time");
    None
}

fn simple(name: &Text, keys: &Keys<'_>, faults: &mut Faults) -> Option<Type> {
    match name.text.as_str() {
        "array" => {
            let items = keys.need("items", "say what the list holds: `items: { $ref: Task }`", faults)?;
            Some(Type::List(Box::new(schema(items, faults)?.0)))
        }
        "object" => match keys.get("additionalProperties") {
            Some(of) => Some(Type::Map(Box::new(schema(of, faults)?.0))),
            None => Some(Type::Known("any")),
        },
        "string" | "integer" | "number" | "boolean" => format_of(name, keys, faults),
        _ => named(name, faults).and_then(|_| {
            faults.add(
                name.mark,
                format!("`{name}` is no JSON type"),
                "use string, integer, number, boolean, array, object or null; a format or a $ref for the rest",
            );
            None
        }),
    }
}

fn format_of(name: &Text, keys: &Keys<'_>, faults: &mut Faults) -> Option<Type> {
    let Some(format) = keys.text("format", faults) else {
        return KNOWN.iter().find(|known| **known == name.text).map(|known| Type::Known(known));
    };
    let found = FORMATS.iter().find(|(of, word, _)| *of == name.text && *word == format.text);
    if found.is_none() {
        let words: Vec<_> = FORMATS.iter().filter(|(of, ..)| *of == name.text).map(|(_, word, _)| *word).collect();
        faults.add(
            format.mark,
            format!("unknown format `{format}` of {name}"),
            format!("formats of {name}: {}", words.join(", ")),
        );
    }
    found.map(|(_, _, known)| Type::Known(known))
}

/// Combinators such as `anyOf` have no lossless Rust type.
pub(crate) fn refuse_combinators(node: &Node, faults: &mut Faults) -> Option<()> {
    let Value::Map(pairs) = &node.value else { return Some(()) };
    let found = pairs.iter().find(|(key, _)| matches!(key.text.as_str(), "anyOf" | "oneOf" | "allOf"));
    let Some((key, _)) = found else { return Some(()) };
    faults.add(
        key.mark,
        format!("`{key}` is not part of the dialect"),
        "use x-shapes where the JSON kinds differ, x-enum for values, `$ref: Name?` for null",
    );
    None
}
