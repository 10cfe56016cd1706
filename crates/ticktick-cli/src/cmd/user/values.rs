//! Objects of the service as values with names.

use std::io;

use serde::Serialize;
use serde_json::Value as Json;

use crate::answer::Answer;
use crate::args::Globals;
use crate::error::Error;
use crate::generated::cli::Value;
use crate::output::{DIM, width};
use crate::table::{Cell, Table};

/// Returns the members of an object, by name.
pub(crate) fn of(object: &impl Serialize) -> Result<Vec<Value>, Error> {
    let object = serde_json::to_value(object).map_err(io::Error::from)?;
    let Json::Object(members) = object else { return Ok(Vec::new()) };
    Ok(members.into_iter().map(|(name, value)| Value { name: snake_case(&name), value }).collect())
}

/// Prints values.
pub(crate) fn print(globals: &Globals, mut values: Vec<Value>) -> Result<(), Error> {
    values.sort_by(|one, other| one.name.cmp(&other.name));
    Answer::new(values).print(globals, |values| {
        let mut table = Table::new().flexible([(1, 20)]);
        for value in values {
            table.row(vec![Cell::new(format!(" {}", value.name)).style(DIM), Cell::new(text(&value.value))]);
        }
        table.render(width())
    })
}

/// Shows a value.
pub(super) fn text(value: &Json) -> String {
    match value {
        Json::Null => "none".to_owned(),
        Json::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Json::String(text) => text.clone(),
        Json::Array(parts) if parts.iter().all(|part| !part.is_object() && !part.is_array()) => {
            parts.iter().map(text).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// Writes `timeZone` as `time_zone`.
pub(super) fn snake_case(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut before = '_';
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        let ends_capitals = before.is_ascii_uppercase() && rest.peek().is_some_and(char::is_ascii_lowercase);
        if c.is_ascii_uppercase() && before != '_' && (!before.is_ascii_uppercase() || ends_capitals) {
            words.push('_');
        }
        words.push(c.to_ascii_lowercase());
        before = c;
    }
    words
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_get_names_of_one_form() {
        let values = of(&json!({ "timeZone": "UTC", "pro": true, "next7DaysEnabled": null, "defaultADReminders": [], "a_b": 1, "PC": 1 })).unwrap();
        let names: Vec<&str> = values.iter().map(|value| value.name.as_str()).collect();
        assert_eq!(names, ["pc", "a_b", "default_ad_reminders", "next7_days_enabled", "pro", "time_zone"]);
    }

    #[test]
    fn values_are_shown_in_words() {
        for (value, words) in [
            (json!(null), "none"),
            (json!(true), "yes"),
            (json!(["a", "b"]), "a, b"),
            (json!([]), ""),
            (json!(3), "3"),
            (json!([{"a": 1}]), r#"[{"a":1}]"#),
        ] {
            assert_eq!(text(&value), words);
        }
    }
}
