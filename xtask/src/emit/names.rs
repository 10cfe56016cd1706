//! How names and types of the spec are written in Rust.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::spec::ir::{Ir, Kind, Type};

/// `sortOrder` becomes `sort_order`; keywords are escaped; `extra` is ours, and `self` has no raw form.
pub(crate) fn field(name: &str) -> String {
    match snake(name).as_str() {
        "extra" => "extra_".to_owned(),
        "self" => "is_self".to_owned(),
        name => escape(name),
    }
}

/// A keyword becomes a raw identifier.
pub(crate) fn escape(name: &str) -> String {
    if syn::parse_str::<Ident>(name).is_ok() { name.to_owned() } else { format!("r#{name}") }
}

/// A name as a token.
pub(crate) fn ident(name: &str) -> Ident {
    format_ident!("{}", escape(name.trim_start_matches("r#")))
}

/// A word of the spec as the name of a variant.
pub(crate) fn variant(word: &str) -> Ident {
    ident(&camel(word))
}

/// `webCalendarViewType` and `x-verify-id` in snake_case.
pub(crate) fn snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| chars[before]);
        let after = chars.get(at + 1);
        let word_ends = before.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        let initials_end =
            before.is_some_and(|c| c.is_ascii_uppercase()) && after.is_some_and(char::is_ascii_lowercase);
        if c.is_ascii_uppercase() && (word_ends || initials_end) {
            out.push('_');
        }
        out.push(if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' });
    }
    out.trim_matches('_').to_owned()
}

/// `completed_tasks` and `by-id` as the names of types and variants: `CompletedTasks`, `ById`.
pub(crate) fn camel(name: &str) -> String {
    name.split(['_', '-']).map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}

pub(crate) fn is_snake(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The Rust type of a value that is there.
pub(crate) fn rust(ty: &Type) -> TokenStream {
    match ty {
        Type::Known(name) => syn::parse_str(known(name)).expect("known types are types"),
        Type::Model(name) => {
            let name = ident(name);
            quote!(#name)
        }
        Type::List(of) => {
            let of = rust(of);
            quote!(Vec<#of>)
        }
        Type::Map(of) => {
            let of = rust(of);
            quote!(BTreeMap<String, #of>)
        }
    }
}

/// The Rust type of a response as a whole: a list or map keeps the elements that do not fit.
pub(crate) fn answer(ty: &Type) -> TokenStream {
    let plain = rust(ty);
    match ty {
        Type::List(_) | Type::Map(_) => quote!(Answer<#plain>),
        _ => plain,
    }
}

fn known(name: &str) -> &'static str {
    match name {
        "boolean" => "bool",
        "bytes" => "Vec<u8>",
        "date-time" | "date-time-or-ms" => "Timestamp",
        "day-stamp" => "DayStamp",
        "epoch-ms" => "EpochMillis",
        "integer" => "i64",
        "nothing" => "()",
        "number" => "Number",
        "private" => "Private",
        "query-time" => "QueryTime",
        "secret" => "Secret",
        "string" | "text" => "String",
        "text-or-integer" => "TextOrInt",
        "trigger" => "Trigger",
        _ => "Json",
    }
}

/// The JSON kind of a type, as `shapes!` names it.
pub(crate) fn json_kind(ty: &Type, ir: &Ir) -> &'static str {
    match ty {
        Type::Known("boolean") => "boolean",
        Type::Known("integer" | "day-stamp" | "epoch-ms") => "integer",
        Type::Known("number") => "number",
        Type::Known("string" | "private" | "secret" | "date-time" | "query-time" | "trigger") => "string",
        Type::List(_) => "array",
        Type::Model(name) => match ir.models().find(|model| model.name.text == name.text).map(|model| &model.kind) {
            Some(Kind::Id { .. } | Kind::Enum { integer: false, .. }) => "string",
            Some(Kind::Enum { integer: true, .. }) => "integer",
            _ => "object",
        },
        _ => "object",
    }
}

/// Returns whether a function takes the type by value.
pub(crate) fn is_copy(ty: &Type) -> bool {
    matches!(ty, Type::Known("integer" | "boolean"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_names_become_rust_names() {
        let names = [
            ("isAllDay", "is_all_day"),
            ("type", "r#type"),
            ("id2etag", "id2etag"),
            ("x-verify-id", "x_verify_id"),
            ("defaultADReminders", "default_ad_reminders"),
            ("nlpenabled", "nlpenabled"),
            ("extra", "extra_"),
            ("self", "is_self"),
        ];
        for (wire, rust) in names {
            assert_eq!(field(wire), rust);
        }
    }
}
