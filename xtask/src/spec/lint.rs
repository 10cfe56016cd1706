//! Faults that require the whole contract to detect.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{Faults, hint};
use super::ir::{Body, Field, Ir, Kind, Model, Operation, Type};
use super::node::Text;
use crate::emit::names;

/// Properties that name a person, whatever the model.
const PERSONAL: &[&str] = &["displayName", "email", "familyName", "givenName", "outId", "ownerName", "username"];

/// Checks everything that involves more than one entry.
pub(crate) fn lint(ir: &Ir, faults: &mut Faults) {
    let models: BTreeSet<&str> = ir.models().map(|model| model.name.text.as_str()).collect();
    unique(ir.models().map(|model| &model.name), "model", faults);
    for resource in &ir.resources {
        unique(resource.operations.iter().map(|operation| &operation.id), "operation", faults);
    }
    unique(ir.errors.iter().map(|error| &error.name), "error name", faults);
    routes(ir, faults);
    for operation in ir.operations() {
        lint_operation(operation, &models, faults);
        known(
            &operation.quirks,
            &ir.quirks.iter().map(|quirk| &*quirk.id.text).collect(),
            "quirk",
            "quirks.yaml",
            faults,
        );
    }
    for model in ir.models() {
        lint_model(model, ir, &models, faults);
    }
    super::verify::lint(ir, faults);
    let sources: BTreeSet<&str> = ir.sources.iter().map(|source| &*source.id.text).collect();
    let claims = ir.operations().map(|operation| &operation.evidence.by);
    let claims = claims.chain(ir.quirks.iter().map(|quirk| &quirk.by)).chain(ir.errors.iter().map(|error| &error.by));
    for by in claims {
        known(by, &sources, "source", "sources.yaml", faults);
    }
}

fn unique<'a>(names: impl Iterator<Item = &'a Text>, what: &str, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name.text.as_str()) {
            faults.add(name.mark, format!("{what} `{name}` is defined twice"), "rename or merge one of the two");
        }
    }
}

pub(super) fn known(names: &[Text], all: &BTreeSet<&str>, what: &str, file: &str, faults: &mut Faults) {
    for name in names.iter().filter(|name| !all.contains(name.text.as_str())) {
        let help = format!("{}add it to spec/{file}, or use an existing one", hint(name, all.iter().copied()));
        faults.add(name.mark, format!("unknown {what} `{name}`"), help);
    }
}

fn routes(ir: &Ir, faults: &mut Faults) {
    let mut seen: BTreeMap<(String, &str, &str), String> = BTreeMap::new();
    for operation in ir.operations() {
        let shape: Vec<_> =
            operation.path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect();
        let key = (shape.join("/"), operation.method, operation.host);
        if let Some(other) = seen.insert(key, operation.name()) {
            let message = format!("the route of `{}` is that of `{other}`", operation.name());
            faults.add(operation.call, message, "keep one operation per route; if the answers differ, use x-shapes");
        }
    }
}

fn lint_operation(operation: &Operation, models: &BTreeSet<&str>, faults: &mut Faults) {
    let id = &operation.id;
    if !names::is_snake(id) {
        faults.add(id.mark, format!("`{id}` is not in snake_case"), "use lower-case words joined by `_`");
    }
    path_parameters(operation, faults);
    for param in &operation.params {
        refer(&param.ty, &param.name, models, faults);
        if !param.ty.is_plain() {
            faults.add(
                param.name.mark,
                format!("`{}` cannot be written as text", param.name),
                "use a plain type: string, integer, boolean, a date, an id or an enum",
            );
        }
    }
    for param in operation.params.iter().filter(|param| param.place == "Header" && !param.required) {
        faults.add(param.name.mark, format!("header `{}` cannot be optional", param.name), "remove the `?`");
    }
    if let Some(Body::Json(ty) | Body::Form(ty)) = &operation.body {
        refer(ty, id, models, faults);
        if operation.method == "GET" || matches!(ty, Type::Known("nothing" | "bytes" | "text")) {
            faults.add(
                id.mark,
                format!("`{id}` cannot send this body"),
                "remove the body of a GET; otherwise use JSON, `form` or `multipart`",
            );
        }
    }
    refer(&operation.returns, id, models, faults);
    if operation.evidence.by.is_empty() {
        faults.add(id.mark, format!("the evidence of `{id}` names no source"), "name the sources under `by`");
    }
    if let Some(paging) = &operation.paging
        && !operation.params.iter().any(|param| param.name.text == paging.param.text)
    {
        faults.add(
            paging.param.mark,
            format!("the paging parameter `{}` is not a query parameter", paging.param),
            "describe it under `query`",
        );
    }
}

fn path_parameters(operation: &Operation, faults: &mut Faults) {
    let in_path: Vec<&str> =
        operation.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
    for name in &in_path {
        if !operation.params.iter().any(|param| param.place == "Path" && param.name.text == *name) {
            faults.add(
                operation.call,
                format!("path parameter `{name}` is not described"),
                format!("add `path: {{ {name}: {{ type: ..., about: ... }} }}`"),
            );
        }
    }
    for param in operation.params.iter().filter(|param| param.place == "Path") {
        if !in_path.contains(&param.name.text.as_str()) {
            let hint = hint(&param.name, in_path.iter().copied());
            let help = format!("{hint}write `{{{}}}` into the path, or move it to `query`", param.name);
            faults.add(param.name.mark, format!("path parameter `{}` is not in the path", param.name), help);
        } else if !param.required {
            faults.add(
                param.name.mark,
                format!("path parameter `{}` cannot be optional", param.name),
                "remove the `?`",
            );
        }
    }
}

/// Checks that a type's model exists. `inside` is the place reported for types without a place of their
/// own.
fn refer(ty: &Type, inside: &Text, models: &BTreeSet<&str>, faults: &mut Faults) {
    let Some(name) = ty.model().filter(|name| !models.contains(name.text.as_str())) else { return };
    let help = format!("{}define it in spec/models, or use an existing type", hint(name, models.iter().copied()));
    let mark = if name.mark.line == 0 { inside.mark } else { name.mark };
    faults.add(mark, format!("unknown type `{name}`"), help);
}

fn lint_model(model: &Model, ir: &Ir, models: &BTreeSet<&str>, faults: &mut Faults) {
    let name = &model.name;
    if ir.hand_written.contains(&name.text) {
        faults.add(name.mark, format!("`{name}` is the name of a hand-written type"), "choose another name");
    }
    camel(name, faults);
    match &model.kind {
        Kind::Object(fields) => lint_fields(fields, models, faults),
        Kind::Enum { values, .. } => {
            let mut seen = BTreeSet::new();
            for value in values {
                camel(&value.name, faults);
                if value.name.text == "Unknown" || !seen.insert(value.value.to_string()) {
                    faults.add(
                        value.name.mark,
                        format!("`{}` is not allowed as a value here", value.name),
                        "use each value once, and no variant named `Unknown`, because the generator adds it",
                    );
                }
            }
        }
        Kind::Shapes(shapes) => {
            let mut seen = BTreeSet::new();
            for shape in shapes {
                camel(&shape.name, faults);
                refer(&shape.ty, &shape.name, models, faults);
                if shape.name.text == "Other" || !seen.insert(names::json_kind(&shape.ty, ir)) {
                    faults.add(
                        shape.name.mark,
                        format!("shape `{}` cannot be distinguished from another", shape.name),
                        "use each JSON kind once; the generator adds `Other` itself",
                    );
                }
            }
        }
        Kind::Id { .. } => {}
    }
}

fn lint_fields(fields: &[Field], models: &BTreeSet<&str>, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for field in fields {
        refer(&field.ty, &field.name, models, faults);
        rust_name(&field.name, "property", faults);
        if !seen.insert(names::field(&field.name)) {
            faults.add(
                field.name.mark,
                format!("`{}` gets the same Rust name as another property", field.name),
                "remove one of the two; it is then kept as an unknown key",
            );
        }
        if field.required && (field.nullable || matches!(field.ty, Type::List(_) | Type::Map(_))) {
            faults.add(
                field.name.mark,
                format!("`{}` cannot be required", field.name),
                "remove it from `required`: null reads as empty, and so does an absent list or map",
            );
        }
        if PERSONAL.contains(&field.name.text.as_str()) && !matches!(field.ty, Type::Known("private" | "secret")) {
            faults.add(
                field.name.mark,
                format!("`{}` names a person, but `Debug` would print it", field.name),
                "add `format: private`",
            );
        }
        if matches!(field.ty, Type::Known("nothing" | "bytes" | "text")) {
            faults.add(field.name.mark, format!("`{}` cannot be a property", field.name), "use a JSON type");
        }
    }
}

/// Checks that a name of the service can be written as a name in Rust.
fn rust_name(name: &Text, what: &str, faults: &mut Faults) {
    if !names::snake(name).starts_with(|first: char| first.is_ascii_lowercase()) {
        faults.add(
            name.mark,
            format!("{what} `{name}` has no name in Rust, because it does not begin with a letter"),
            "remove it; an unknown key is kept",
        );
    }
}

fn camel(name: &Text, faults: &mut Faults) {
    let ok =
        name.starts_with(|first: char| first.is_ascii_uppercase()) && name.chars().all(|c| c.is_ascii_alphanumeric());
    if !ok {
        faults.add(
            name.mark,
            format!("`{name}` is not in CamelCase"),
            "start with a capital letter, and use only letters and digits",
        );
    }
}
