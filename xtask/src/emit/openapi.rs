//! `docs/openapi.json`: the contract as OpenAPI 3.1.

use serde_json::{Map, Value, json};

use super::names::camel;
use crate::spec::ir::{Body, Field, Ir, Kind, Model, Operation, Param, Type};

/// The document, with two spaces of indent and a newline at the end.
pub(crate) fn emit(ir: &Ir) -> String {
    let mut paths = Map::new();
    for operation in ir.operations() {
        let item = paths.entry(operation.path.clone()).or_insert_with(|| json!({}));
        item[operation.method.to_lowercase()] = emit_operation(operation);
        if let Some(server) = server(operation.host) {
            item["servers"] = json!([server]);
        }
    }
    let schemas: Map<String, Value> = ir.models().map(|model| (model.name.text.clone(), schema(model))).collect();
    let tags: Vec<Value> =
        ir.resources.iter().map(|resource| json!({ "name": resource.name, "description": resource.about })).collect();
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "TickTick web API and Open API v1 (unofficial)",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "The private API of TickTick's web app, as reverse-engineered in public, and its official Open API.",
            "description": "Unofficial; not affiliated with TickTick. Dida365 has the same paths on `api.dida365.com`.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "https://api.ticktick.com" }, { "url": "https://api.dida365.com" }],
        "tags": tags,
        "paths": paths,
        "components": { "schemas": schemas, "securitySchemes": security_schemes() },
    });
    let mut text = serde_json::to_string_pretty(&document).expect("a JSON value can be written");
    text.push('\n');
    text
}

fn server(host: &str) -> Option<Value> {
    match host {
        "web" => Some(json!({ "url": "https://ticktick.com" })),
        "focus" => Some(json!({ "url": "https://ms.ticktick.com" })),
        _ => None,
    }
}

fn security_schemes() -> Value {
    json!({
        "session": { "type": "apiKey", "in": "cookie", "name": "t", "description": "The session cookie of the web app." },
        "bearer": { "type": "http", "scheme": "bearer", "description": "A token of the official Open API." },
        "basic": { "type": "http", "scheme": "basic", "description": "Client id and secret of an OAuth app." },
    })
}

fn emit_operation(operation: &Operation) -> Value {
    let evidence = &operation.evidence;
    let by: Vec<&str> = evidence.by.iter().map(|by| by.text.as_str()).collect();
    let mut out = json!({
        "operationId": operation.name(),
        "tags": [operation.resource],
        "summary": operation.about,
        "responses": responses(operation),
        "x-retry": camel(operation.retry),
        "x-evidence": { "level": camel(evidence.level), "by": by, "on": evidence.on },
    });
    if let Some(details) = &operation.details {
        out["description"] = json!(details);
    }
    if !operation.params.is_empty() {
        out["parameters"] = operation.params.iter().map(parameter).collect();
    }
    if let Some(body) = &operation.body {
        out["requestBody"] = json!({ "required": true, "content": content(body) });
    }
    if !operation.quirks.is_empty() {
        out["x-quirks"] = operation.quirks.iter().map(|id| id.text.clone()).collect();
    }
    out["security"] = match operation.auth {
        "session" => json!([{ "session": [] }]),
        "bearer" => json!([{ "bearer": [] }]),
        "basic" => json!([{ "basic": [] }, {}]),
        _ => json!([]),
    };
    out
}

fn content(body: &Body) -> Value {
    match body {
        Body::Json(ty) => json!({ "application/json": { "schema": reference(ty) } }),
        Body::Form(ty) => json!({ "application/x-www-form-urlencoded": { "schema": reference(ty) } }),
        Body::Multipart(part) => {
            json!({ "multipart/form-data": { "schema": { "type": "object", "properties": { part: file() }, "required": [part] } } })
        }
    }
}

fn file() -> Value {
    json!({ "type": "string", "format": "binary" })
}

/// Success, and the refusals: nearly all are a 500 with an error envelope.
fn responses(operation: &Operation) -> Value {
    let success = match &operation.returns {
        Type::Known("nothing") => json!({ "description": "Done; the body says nothing." }),
        // A file comes with its own media type. Generators of clients need a type that they know beside the range.
        Type::Known("bytes") => json!({
            "description": "The file.",
            "content": { "*/*": {}, "application/octet-stream": { "schema": file() } },
        }),
        Type::Known("text") => {
            json!({ "description": "The text.", "content": { "text/*": { "schema": { "type": "string" } } } })
        }
        // OpenAPI cannot say that a body may be left out, so the schema stands beside.
        ty if operation.empty_body => {
            json!({ "description": "Done; the body may be empty.", "x-schema": reference(ty) })
        }
        ty => json!({ "description": "Done.", "content": { "application/json": { "schema": reference(ty) } } }),
    };
    let envelope = json!({ "schema": { "$ref": "#/components/schemas/ErrorBody" } });
    let refused =
        json!({ "description": "Refused; `errorCode` says why.", "content": { "application/json": envelope } });
    let mut out = json!({
        "200": success,
        "401": { "description": "No session, or one that has ended.", "content": refused["content"] },
        "404": {
            "description": "No such route, as a page, or no such object.",
            "content": {
                "application/json": refused["content"]["application/json"],
                "text/html": { "schema": { "type": "string" } },
            },
        },
        "405": { "description": "The route does not have this method." },
        "429": { "description": "Too many requests; the body may be empty." },
        "500": refused.clone(),
        "default": refused,
    });
    if operation.host == "web" {
        out["302"] = json!({ "description": "Done; leads to a page." });
    }
    out
}

fn parameter(param: &Param) -> Value {
    let mut schema = reference(&param.ty);
    if let Some(default) = &param.default {
        let value = if param.ty == Type::Known("string") { None } else { serde_json::from_str::<Value>(default).ok() };
        schema["default"] = value.unwrap_or_else(|| json!(default));
    }
    json!({ "name": param.name.text, "in": param.place.to_lowercase(), "required": param.required, "description": param.about, "schema": schema })
}

fn reference(ty: &Type) -> Value {
    match ty {
        Type::Model(name) => json!({ "$ref": format!("#/components/schemas/{name}") }),
        Type::List(of) => json!({ "type": "array", "items": reference(of) }),
        Type::Map(of) => json!({ "type": "object", "additionalProperties": reference(of) }),
        Type::Known(name) => match *name {
            "integer" | "epoch-ms" => json!({ "type": "integer", "format": "int64" }),
            "day-stamp" => json!({ "type": "integer", "format": "int32" }),
            "number" => json!({ "type": "number", "format": "double" }),
            "boolean" => json!({ "type": "boolean" }),
            "date-time-or-ms" => json!({ "type": ["integer", "string"] }),
            "text-or-integer" => json!({ "type": ["string", "integer"] }),
            "any" => json!({}),
            _ => json!({ "type": "string" }),
        },
    }
}

fn schema(model: &Model) -> Value {
    let mut out = match &model.kind {
        Kind::Object(fields) => object(fields),
        Kind::Enum { integer, values } => {
            let known: Value = values
                .iter()
                .map(|value| json!({ "const": value.value, "title": value.name.text, "description": value.about }))
                .collect();
            let ty = if *integer { "integer" } else { "string" };
            json!({ "type": ty, "x-open-enum": known })
        }
        Kind::Id { .. } => json!({ "type": "string" }),
        Kind::Shapes(shapes) => {
            let any: Value = shapes.iter().map(|shape| described(reference(&shape.ty), &shape.about)).collect();
            json!({ "anyOf": any })
        }
    };
    out["description"] = json!(format!("{}{}", model.about, known_values(&model.kind)));
    out
}

/// Lists the values of an open enum in words, because client generators do not read `x-open-enum`.
fn known_values(kind: &Kind) -> String {
    let Kind::Enum { values, .. } = kind else { return String::new() };
    let known: Vec<String> = values.iter().map(|value| format!("`{}` ({})", value.value, value.name.text)).collect();
    format!(" Known values: {}.", known.join(", "))
}

fn object(fields: &[Field]) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.name.text.clone(), property(field))).collect();
    let required: Vec<&str> =
        fields.iter().filter(|field| field.required).map(|field| field.name.text.as_str()).collect();
    let mut out = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        out["required"] = json!(required);
    }
    out
}

fn property(field: &Field) -> Value {
    // The service sometimes writes null for lists, and readers treat it as empty.
    let null = field.nullable || matches!(field.ty, Type::List(_));
    let mut out = described(nullable(reference(&field.ty), null), &field.about);
    if let Some(default) = &field.default {
        out["default"] = default.clone();
    }
    if !field.examples.is_empty() {
        out["examples"] = json!(field.examples);
    }
    out
}

fn nullable(schema: Value, nullable: bool) -> Value {
    if !nullable || schema == json!({}) {
        return schema;
    }
    let mut out = schema;
    match &out["type"] {
        Value::String(ty) => out["type"] = json!([ty, "null"]),
        Value::Array(types) => out["type"] = types.iter().cloned().chain([json!("null")]).collect(),
        _ => out = json!({ "anyOf": [out, { "type": "null" }] }),
    }
    out
}

fn described(mut schema: Value, about: &str) -> Value {
    schema["description"] = json!(about);
    schema
}
