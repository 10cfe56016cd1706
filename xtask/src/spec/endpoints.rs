//! Reading `endpoints/*.yaml`.

use super::fault::Faults;
use super::ir::{Body, Evidence, Operation, Paging, Param, Resource, Type};
use super::node::{Node, Text, Value};
use super::read::{self, Keys};
use super::types;

const KEYS: &[&str] = &[
    "id",
    "call",
    "about",
    "details",
    "path",
    "query",
    "headers",
    "body",
    "returns",
    "empty-body",
    "auth",
    "host",
    "retry",
    "reads",
    "paging",
    "quirks",
    "evidence",
];
const METHODS: &[&str] = &["GET", "POST", "PUT", "DELETE"];
const AUTH: &[&str] = &["session", "none", "bearer", "basic"];
const HOST: &[&str] = &["api", "web", "focus"];
const RETRY: &[&str] = &["safe", "by-id", "never"];
const STYLE: &[&str] = &["offset", "cursor", "window"];
const LEVEL: &[&str] = &["documented", "seen", "reported", "refused"];

/// Reads one file.
pub(crate) fn load(node: &Node, faults: &mut Faults) -> Option<Resource> {
    let keys = Keys::new(node, "an endpoints file", &["resource", "about", "endpoints"], faults)?;
    let name = keys.need_text("resource", "name the resource in snake_case", faults)?;
    let about = keys.need_text("about", "describe the resource in one sentence", faults)?;
    let list = keys.need("endpoints", "list the operations", faults)?;
    let operations =
        read::items(list, "endpoints", faults).iter().filter_map(|item| operation(item, &name, faults)).collect();
    Some(Resource { name: name.text, about: about.text, operations })
}

fn operation(node: &Node, resource: &Text, faults: &mut Faults) -> Option<Operation> {
    let keys = Keys::new(node, "an operation", KEYS, faults)?;
    let id = keys.need_text("id", "write a verb in snake_case", faults)?;
    let keys = keys.blaming(id.mark);
    let call = keys.need_text("call", "write method and path: `GET /api/v2/tags`", faults)?;
    let (method, path) = method_and_path(&call, faults)?;
    let about = keys.need_text("about", "describe in one sentence what the call does", faults);
    let evidence = evidence(&keys, faults);
    let params = params(&keys, faults);
    let returns = match keys.need("returns", "name the answer's type, or `nothing`", faults) {
        Some(node) => types::expression(node, faults),
        None => None,
    };
    Some(Operation {
        resource: resource.text.clone(),
        call: call.mark,
        method,
        path: path.to_owned(),
        about: about?.text,
        details: keys.text("details", faults).map(|text| text.text),
        params,
        body: keys.get("body").and_then(|node| body(node, faults)),
        returns: returns?,
        empty_body: keys.word("empty-body", &["ok"], faults).is_some(),
        auth: keys.word("auth", AUTH, faults).unwrap_or("session"),
        host: keys.word("host", HOST, faults).unwrap_or("api"),
        retry: keys.word("retry", RETRY, faults).unwrap_or(if method == "GET" { "safe" } else { "never" }),
        reads: keys.word("reads", &["true", "false"], faults).map_or(method == "GET", |word| word == "true"),
        paging: keys.get("paging").and_then(|node| paging(node, faults)),
        quirks: keys.texts("quirks", faults),
        evidence: evidence?,
        id,
    })
}

fn method_and_path<'a>(call: &'a Text, faults: &mut Faults) -> Option<(&'static str, &'a str)> {
    let (method, path) = call.text.split_once(' ').unwrap_or((&call.text, ""));
    let known = METHODS.iter().find(|known| **known == method);
    if known.is_none() || !path.starts_with('/') || path.contains('?') {
        faults.add(
            call.mark,
            format!("`{call}` is not a method and a path"),
            format!("write one of {} and a path that starts with `/`, without a query", METHODS.join(", ")),
        );
    }
    known.map(|known| (*known, path))
}

fn params(keys: &Keys<'_>, faults: &mut Faults) -> Vec<Param> {
    let mut found = Vec::new();
    for (key, place) in [("path", "Path"), ("query", "Query"), ("headers", "Header")] {
        let Some(node) = keys.get(key) else { continue };
        for (name, node) in read::pairs(node, "parameters", faults).unwrap_or_default() {
            found.push(param(name, node, place, faults));
        }
    }
    found
}

/// Reads a parameter. Its faults are reported once, here, so the parameter itself always counts as
/// described.
fn param(name: &Text, node: &Node, place: &'static str, faults: &mut Faults) -> Param {
    let plain = name.text.trim_end_matches('?');
    let mut param = Param {
        name: Text { text: plain.to_owned(), mark: name.mark },
        place,
        ty: Type::Known("string"),
        required: plain.len() == name.text.len(),
        default: None,
        about: String::new(),
    };
    if !matches!(node.value, Value::Map(_)) {
        faults.add(name.mark, format!("parameter `{name}` has no description"), "write `{ type: ..., about: ... }`");
        return param;
    }
    let Some(keys) = Keys::new(node, "a parameter", &["type", "about", "default"], faults) else { return param };
    let keys = keys.blaming(name.mark);
    let ty = keys.need("type", "name the parameter's type", faults).and_then(|node| types::expression(node, faults));
    let about = keys.need_text("about", "describe the parameter: meaning, unit, format", faults);
    param.ty = ty.unwrap_or(param.ty);
    param.about = about.map(|about| about.text).unwrap_or_default();
    param.default = keys.text("default", faults).map(|text| text.text);
    param
}

fn body(node: &Node, faults: &mut Faults) -> Option<Body> {
    if let Value::Map(pairs) = &node.value {
        match pairs.as_slice() {
            [(key, of)] if key.text == "form" => return types::expression(of, faults).map(Body::Form),
            [(key, of)] if key.text == "multipart" => {
                return read::text(of, faults).map(|part| Body::Multipart(part.text));
            }
            _ => {}
        }
    }
    types::expression(node, faults).map(Body::Json)
}

fn paging(node: &Node, faults: &mut Faults) -> Option<Paging> {
    let keys = Keys::new(node, "paging", &["style", "param", "next", "about"], faults)?;
    keys.need("style", "write `style: offset`, `cursor` or `window`", faults)?;
    Some(Paging {
        style: keys.word("style", STYLE, faults)?,
        param: keys.need_text("param", "name the parameter that moves", faults)?,
        next: keys.text("next", faults).map(|text| text.text),
        about: keys
            .need_text("about", "describe how to request the next page, and how to recognize the last one", faults)?
            .text,
    })
}

fn evidence(keys: &Keys<'_>, faults: &mut Faults) -> Option<Evidence> {
    let node = keys.need("evidence", "write `evidence: { level: seen, by: [KAR], on: 2026-02 }`", faults)?;
    let keys = Keys::new(node, "evidence", &["level", "by", "on"], faults)?;
    keys.need("level", "write one of: documented, seen, reported, refused", faults)?;
    keys.need("by", "name the sources", faults)?;
    keys.need("on", "write the date of the latest source", faults)?;
    Some(Evidence {
        level: keys.word("level", LEVEL, faults)?,
        by: keys.texts("by", faults),
        on: read::date(keys.text("on", faults)?, faults)?,
    })
}

impl Type {
    /// Returns whether the type can be written into a path, a query or a header.
    pub(crate) fn is_plain(&self) -> bool {
        match self {
            Self::Known(name) => !matches!(*name, "any" | "bytes" | "nothing" | "text"),
            Self::Model(_) => true,
            Self::List(_) | Self::Map(_) => false,
        }
    }
}
