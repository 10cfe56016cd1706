//! The documents around what commands print: for each definition with `x-entity`, a list of it with its metadata.

use crate::spec::node::{self, Node, Text, Value};

/// Adds the definition `NameList` for each entity, and lists it among the documents of the schema.
pub(super) fn add(schema: &mut Node) -> Result<(), String> {
    let mark = schema.mark;
    let mut lists = Vec::new();
    for (name, definition) in schema.members("definitions") {
        if let Some(answer) = definition.get("x-entity").and_then(|entity| entity.text("answer")) {
            lists.push((Text { text: format!("{name}List"), mark }, parsed(&document(name, answer))?));
        }
    }
    let references: Result<Vec<Node>, String> =
        lists.iter().map(|(name, _)| parsed(&format!(r##"{{"$ref": "#/definitions/{name}"}}"##))).collect();
    let references = references?;
    let Value::Map(members) = &mut schema.value else { return Ok(()) };
    for (key, node) in members {
        match (&**key, &mut node.value) {
            ("anyOf", Value::List(documents)) => documents.extend(references.iter().cloned()),
            ("definitions", Value::Map(definitions)) => definitions.extend(lists.iter().cloned()),
            _ => {}
        }
    }
    Ok(())
}

fn parsed(json: &str) -> Result<Node, String> {
    node::parse(json, 0).map_err(|(_, message)| message)
}

fn document(name: &str, answer: &str) -> String {
    let answer = serde_json::Value::from(answer);
    format!(
        r##"{{
            "description": {answer},
            "type": "object",
            "additionalProperties": false,
            "required": ["version", "ok", "data", "meta"],
            "properties": {{
                "version": {{ "description": "Version of this format.", "$ref": "#/definitions/Version" }},
                "ok": {{ "description": "Always true.", "$ref": "#/definitions/Yes" }},
                "data": {{
                    "description": "The elements.",
                    "type": "array",
                    "items": {{ "$ref": "#/definitions/{name}" }}
                }},
                "meta": {{ "description": "About the answer.", "$ref": "#/definitions/Meta" }}
            }}
        }}"##
    )
}
