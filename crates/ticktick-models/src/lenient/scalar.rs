//! Texts, whole numbers and truth values, each in any form whose meaning is plain.

use serde::de::{Deserializer, Visitor};
use serde_json::Error;

use super::context::{BROKEN, Context};
use super::forms;
use crate::scan::{quoted, unquoted};

/// Reads a text, or a number as one.
pub(super) fn text<'de, V: Visitor<'de>>(raw: &'de str, context: &Context, visitor: V) -> Result<V::Value, Error> {
    if raw.starts_with('"') {
        return string(raw, context, visitor);
    }
    if forms::is_number(raw) {
        context.understood(raw, quoted(raw), "string");
        return visitor.visit_str(raw);
    }
    serde_json::Deserializer::from_str(raw).deserialize_str(visitor)
}

/// Reads a text. If it is broken, repairs it and keeps the original.
pub(super) fn string<'de, V: Visitor<'de>>(raw: &'de str, context: &Context, visitor: V) -> Result<V::Value, Error> {
    if serde_json::from_str::<String>(raw).is_ok() {
        return serde_json::Deserializer::from_str(raw).deserialize_str(visitor);
    }
    let repaired = unquoted(raw);
    context.understood(raw, quoted(&repaired), BROKEN);
    visitor.visit_str(&repaired)
}

/// Reads a whole number.
pub(super) fn whole<'de, V: Visitor<'de>>(raw: &'de str, context: &Context, visitor: V) -> Result<V::Value, Error> {
    match forms::integer(raw) {
        Some(whole) => {
            context.understood(raw, whole.to_string(), "integer");
            visitor.visit_i64(whole)
        }
        None => serde_json::Deserializer::from_str(raw).deserialize_i64(visitor),
    }
}

/// Reads a truth value.
pub(super) fn boolean<'de, V: Visitor<'de>>(raw: &'de str, context: &Context, visitor: V) -> Result<V::Value, Error> {
    match forms::boolean(raw) {
        Some(truth) => {
            context.understood(raw, truth.to_string(), "boolean");
            visitor.visit_bool(truth)
        }
        None => serde_json::Deserializer::from_str(raw).deserialize_bool(visitor),
    }
}
