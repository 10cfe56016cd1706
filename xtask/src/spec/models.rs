//! Reading `models/*.yaml`.

use super::fault::Faults;
use super::ir::{EnumValue, Family, Field, Kind, Model, Shape, Type};
use super::node::{Node, Text, Value};
use super::read::{self, Keys};
use super::types;

const KEYS: &[&str] = &["type", "description", "required", "properties", "x-enum", "x-id", "x-shapes"];
const DESCRIBE: &str = "describe it in a sentence: meaning, unit, format";

/// Reads one file.
pub(crate) fn load(node: &Node, faults: &mut Faults) -> Option<Family> {
    let keys = Keys::new(node, "a models file", &["resource", "about", "models"], faults)?;
    let name = keys.need_text("resource", "name the resource in snake_case", faults)?;
    let about = keys.need_text("about", "say in a sentence what the models are for", faults)?;
    let list = keys.need("models", "list the models", faults)?;
    let models = read::pairs(list, "models", faults)
        .unwrap_or_default()
        .iter()
        .filter_map(|(name, node)| model(name, node, faults))
        .collect();
    Some(Family { name: name.text, about: about.text, models })
}

fn model(name: &Text, node: &Node, faults: &mut Faults) -> Option<Model> {
    types::refuse_combinators(node, faults)?;
    let keys = Keys::new(node, "a model", KEYS, faults)?;
    let keys = keys.blaming(name.mark);
    let about = keys.need_text("description", DESCRIBE, faults);
    let kind = if let Some(values) = keys.get("x-enum") {
        open_enum(&keys, values, faults)
    } else if let Some(id) = keys.get("x-id") {
        let is_private = matches!(&id.value, Value::String(word) if word == "private");
        Some(Kind::Id { made: matches!(id.value, Value::Bool(true)), is_private })
    } else if let Some(shapes) = keys.get("x-shapes") {
        shapes_of(shapes, faults)
    } else {
        object(&keys, faults)
    };
    Some(Model { name: name.clone(), about: about?.text, kind: kind? })
}

fn open_enum(keys: &Keys<'_>, values: &Node, faults: &mut Faults) -> Option<Kind> {
    keys.need("type", "say `integer` or `string`", faults)?;
    let integer = keys.word("type", &["integer", "string"], faults)? == "integer";
    let mut found = Vec::new();
    for (name, node) in read::pairs(values, "x-enum", faults)? {
        let Some(keys) = Keys::new(node, "an enum value", &["value", "doc"], faults) else { continue };
        let keys = keys.blaming(name.mark);
        let Some(value) = keys.need("value", "give the value on the wire", faults) else { continue };
        let json = read::json(value);
        if json.is_i64() != integer || json.is_string() == integer {
            faults.add(value.mark, "the value does not fit the enum's type", "quote texts, do not quote numbers");
        }
        let Some(about) = keys.need_text("doc", DESCRIBE, faults) else { continue };
        found.push(EnumValue { name: name.clone(), value: json, about: about.text });
    }
    Some(Kind::Enum { integer, values: found })
}

fn shapes_of(node: &Node, faults: &mut Faults) -> Option<Kind> {
    let mut found = Vec::new();
    for (name, node) in read::pairs(node, "x-shapes", faults)? {
        let Some((ty, _)) = types::schema(node, faults) else { continue };
        let about = match (&ty, &node.value) {
            (Type::Model(model), Value::Map(pairs)) if pairs.len() == 1 => format!("In the form of `{model}`."),
            _ => description(name, node, faults)?,
        };
        found.push(Shape { name: name.clone(), ty, about });
    }
    Some(Kind::Shapes(found))
}

fn object(keys: &Keys<'_>, faults: &mut Faults) -> Option<Kind> {
    keys.need("type", "write `type: object`, or use x-enum, x-id or x-shapes", faults)?;
    keys.word("type", &["object"], faults)?;
    let required = keys.texts("required", faults);
    let properties = keys.need("properties", "list the properties", faults)?;
    let mut fields = Vec::new();
    for (name, node) in read::pairs(properties, "properties", faults)? {
        let is_required = required.iter().any(|wanted| wanted.text == name.text);
        fields.extend(field(name, node, is_required, faults));
    }
    for wanted in &required {
        if !read::pairs(properties, "properties", faults)?.iter().any(|(name, _)| name.text == wanted.text) {
            faults.add(
                wanted.mark,
                format!("required `{wanted}` is no property"),
                "list it under properties, or take it out",
            );
        }
    }
    Some(Kind::Object(fields))
}

fn field(name: &Text, node: &Node, required: bool, faults: &mut Faults) -> Option<Field> {
    let about = description(name, node, faults);
    let (ty, nullable) = types::schema(node, faults)?;
    let default = node.get("default").map(read::json);
    let examples = node.items("examples").iter().map(read::json).collect();
    Some(Field { name: name.clone(), ty, nullable, required, about: about?, default, examples })
}

fn description(name: &Text, node: &Node, faults: &mut Faults) -> Option<String> {
    let text = node.get("description").map(|node| read::text(node, faults));
    if text.is_none() {
        faults.add(name.mark, format!("`{name}` has no description"), DESCRIBE);
    }
    text?.map(|text| text.text)
}
