//! Reads arguments in the forms that clients send: `"3"`, `"true"`, `"[\"a\"]"`, a value instead of a list, a list of one
//! instead of a value. Null and empty text count as omitted.

use rmcp::model::JsonObject;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::failure::Failure;
use crate::text::clean;

/// Reads the arguments of a tool.
pub(crate) fn read<T: DeserializeOwned>(args: JsonObject) -> Result<T, Failure> {
    serde_json::from_value(Value::Object(args))
        .map_err(|error| Failure::new(format!("Invalid arguments: {}. Nothing was done.", clean(&error.to_string()))))
}

/// Converts arguments to the types of a schema if their meaning is clear.
pub(crate) fn fit(args: JsonObject, schema: &JsonObject) -> Result<JsonObject, Failure> {
    let known = schema.get("properties").and_then(Value::as_object);
    let mut fitted = JsonObject::new();
    for (name, value) in args {
        let Some(of) = known.and_then(|known| known.get(&name)) else {
            let names = known.map(|known| known.keys().cloned().collect::<Vec<_>>().join(", ")).unwrap_or_default();
            let name = clean(&name);
            return Err(Failure::new(format!("There is no argument {name}. Known: {names}. Nothing was done.")));
        };
        if !is_empty(&value) {
            fitted.insert(name.clone(), fit_value(value, of, &name)?);
        }
    }
    for name in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        if !fitted.contains_key(name) {
            return Err(Failure::new(format!("The argument {name} is missing. Nothing was done.")));
        }
    }
    Ok(fitted)
}

/// Returns whether a value is a placeholder, as sent by clients that send every argument.
fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

fn fit_value(value: Value, schema: &Value, name: &str) -> Result<Value, Failure> {
    let kind = schema["type"].as_str().unwrap_or_default();
    let wrong = |value: &Value| {
        let value = clean(&value.to_string()).chars().take(80).collect::<String>();
        Failure::new(format!("The argument {name} must be {}, not {value}. Nothing was done.", described(kind)))
    };
    match (kind, value) {
        ("integer", Value::String(text)) => match text.trim().parse::<i64>() {
            Ok(whole) => count(whole, name),
            Err(_) => Err(wrong(&Value::String(text))),
        },
        ("integer", Value::Number(number)) => match number.as_i64().or_else(|| whole(number.as_f64())) {
            Some(whole) => count(whole, name),
            None => Err(wrong(&Value::Number(number))),
        },
        ("number", Value::String(text)) => match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number.into()),
            _ => Err(wrong(&Value::String(text))),
        },
        ("number", value @ Value::Number(_)) | ("boolean", value @ Value::Bool(_)) => Ok(value),
        ("boolean", Value::String(text)) => match text.trim().to_lowercase().as_str() {
            "true" | "yes" | "1" => Ok(true.into()),
            "false" | "no" | "0" | "" => Ok(false.into()),
            _ => Err(wrong(&Value::String(text))),
        },
        ("string", Value::Number(number)) => choice(number.to_string(), schema, name).map(Value::String),
        ("string", Value::Bool(is)) => choice(is.to_string(), schema, name).map(Value::String),
        ("string", Value::String(text)) => choice(text, schema, name).map(Value::String),
        ("string" | "integer" | "number" | "boolean", Value::Array(mut values)) if values.len() == 1 => {
            fit_value(values.remove(0), schema, name)
        }
        ("array", Value::Array(values)) => values
            .into_iter()
            .map(|one| fit_value(one, &schema["items"], name))
            .collect::<Result<Vec<_>, _>>()
            .map(Value::Array),
        ("array", Value::String(text)) => match serde_json::from_str(&text) {
            Ok(list @ Value::Array(_)) => fit_value(list, schema, name),
            Ok(one @ Value::Object(_)) => fit_value(Value::Array(vec![one]), schema, name),
            _ => fit_value(Value::Array(vec![text.into()]), schema, name),
        },
        ("array", one) => fit_value(Value::Array(vec![one]), schema, name),
        ("object", Value::String(text)) => match serde_json::from_str(&text) {
            Ok(object @ Value::Object(_)) => fit_value(object, schema, name),
            _ => titled(text, schema).ok_or_else(|| wrong(&Value::Null)),
        },
        ("object", Value::Object(object)) => {
            let empty = JsonObject::new();
            fit(object, schema.as_object().unwrap_or(&empty)).map(Value::Object)
        }
        (_, value) => Err(wrong(&value)),
    }
}

/// A task to add may be just a title.
fn titled(text: String, schema: &Value) -> Option<Value> {
    let required = schema["required"].as_array()?;
    (required.len() == 1 && required[0] == "title").then(|| serde_json::json!({ "title": text }))
}

fn whole(number: Option<f64>) -> Option<i64> {
    let number = number.filter(|number| number.fract() == 0.0 && number.abs() < 1e15)?;
    format!("{number:.0}").parse().ok()
}

/// Checks the range of an integer. All integers are counts.
fn count(whole: i64, name: &str) -> Result<Value, Failure> {
    let most = u32::MAX;
    match u32::try_from(whole) {
        Ok(count) => Ok(count.into()),
        Err(_) => {
            Err(Failure::new(format!("The argument {name} must be from 0 to {most}, not {whole}. Nothing was done.")))
        }
    }
}

/// Reads an enum value, ignoring case.
fn choice(text: String, schema: &Value, name: &str) -> Result<String, Failure> {
    let Some(values) = schema["enum"].as_array() else { return Ok(text) };
    let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    let wanted = text.trim().to_lowercase().replace([' ', '-'], "_");
    if values.contains(&wanted.as_str()) {
        return Ok(wanted);
    }
    let text = clean(&text);
    Err(Failure::new(format!(
        "The argument {name} must be one of {}, not {text}. Nothing was done.",
        values.join(", ")
    )))
}

fn described(kind: &str) -> &'static str {
    match kind {
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "an object",
        _ => "a text",
    }
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde::Deserialize;
    use serde_json::json;

    use super::*;
    use crate::schema::portable;

    #[derive(Debug, Deserialize, JsonSchema, PartialEq)]
    struct Args {
        days: Option<u32>,
        #[serde(default)]
        overdue: bool,
        tasks: Vec<String>,
    }

    fn read_args(value: Value) -> Result<Args, Failure> {
        read(fit(value.as_object().unwrap().clone(), &portable::<Args>())?)
    }

    #[test]
    fn clear_forms_are_accepted() {
        let wanted = Args { days: Some(3), overdue: true, tasks: vec!["a".into(), "7".into()] };
        for value in [
            json!({"days": 3, "overdue": true, "tasks": ["a", "7"]}),
            json!({"days": "3", "overdue": "true", "tasks": "[\"a\", 7]"}),
            json!({"days": 3.0, "overdue": "Yes", "tasks": ["a", 7]}),
        ] {
            assert_eq!(read_args(value).unwrap(), wanted);
        }
        assert_eq!(read_args(json!({"days": null, "tasks": "milk"})).unwrap().tasks, ["milk"]);
    }

    #[test]
    fn unclear_forms_are_refused_in_plain_words() {
        for (value, text) in [
            (json!({"tasks": [], "days": "soon"}), "The argument days must be a whole number, not \"soon\""),
            (json!({"tasks": [], "days": -5}), "The argument days must be from 0 to 4294967295, not -5"),
            (json!({}), "The argument tasks is missing"),
            (json!({"tasks": [], "due": 1}), "There is no argument due. Known: days, overdue, tasks"),
        ] {
            let failure = read_args(value).unwrap_err();
            assert!(failure.line().starts_with(text), "{}", failure.line());
        }
    }
}
