//! `ticktick user settings`.

use serde_json::Value as Json;
use ticktick::user::{UserSettings, WeekStart};

use super::values::{self, snake_case};
use crate::args::{Globals, SettingsGetArgs, SettingsSetArgs};
use crate::error::{Candidate, Error, Kind};
use crate::generated::cli::Value;
use crate::noun;
use crate::output::Output;
use crate::written::{Written, write};

/// How similar a name must be to be suggested.
const SIMILAR: f64 = 0.6;

/// Settings that users do not set: keys of the service.
const FIXED: [&str; 2] = ["id", "etag"];

pub(super) async fn get(globals: &Globals, args: &SettingsGetArgs) -> Result<(), Error> {
    let settings = noun::read(globals, async |connection| Ok(connection.client.user().settings().await?)).await?;
    let all = values::of(&settings)?;
    if args.names.is_empty() {
        return values::print(globals, all);
    }
    let wanted = args.names.iter().map(|name| find(name, &all).cloned());
    values::print(globals, wanted.collect::<Result<_, _>>()?)
}

fn find<'a>(name: &str, all: &'a [Value]) -> Result<&'a Value, Error> {
    let wanted = snake_case(name.trim()).replace('-', "_");
    if let Some(value) = all.iter().find(|value| value.name == wanted) {
        return Ok(value);
    }
    let likeness = |value: &&Value| strsim::normalized_damerau_levenshtein(&wanted, &value.name);
    let similar = all.iter().filter(|value| likeness(value) >= SIMILAR);
    let similar = similar.max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    let error = Error::new(Kind::NotFound, format!("there is no setting \"{name}\""));
    Err(match similar {
        Some(value) => error.hint(format!("did you mean {}?", value.name)).candidates(vec![Candidate {
            id: value.name.clone(),
            name: value.name.clone(),
            details: vec![values::text(&value.value)],
        }]),
        None => error.hint("`ticktick user settings` lists all settings"),
    })
}

pub(super) async fn set(globals: &Globals, args: &SettingsSetArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let user = connection.client.user();
        let stored = user.settings().await?;
        let before = find(&args.name, &values::of(&stored)?)?.clone();
        if FIXED.contains(&&*before.name) {
            return Err(Error::usage(format!("{} cannot be changed", before.name)));
        }
        let changed = changed(&stored, &before, &args.value)?;
        connection.name(&format!("user settings set {}", before.name));
        let now = user.update_settings(|settings| *settings = changed.clone()).await?;
        let now = find(&before.name, &values::of(&now)?)?.clone();
        let line = format!("{}: {} (was {})", now.name, values::text(&now.value), values::text(&before.value));
        Ok(Written::one(now, line))
    })
    .await
}

/// Returns the settings with one changed value.
fn changed(stored: &UserSettings, before: &Value, value: &str) -> Result<UserSettings, Error> {
    let mut object = ticktick::models::Object::encode(stored).map_err(std::io::Error::from)?;
    let names: Vec<String> = object.iter().map(|(name, _)| name.to_owned()).collect();
    let name = names.into_iter().find(|name| snake_case(name) == before.name).unwrap_or_default();
    let value = parsed(value, &before.value).map_err(|form| {
        Error::usage(format!("\"{value}\" is not a value of {}", before.name)).hint(format!("write {form}, or none"))
    })?;
    let value = ticktick::value::Json::encode(&value).map_err(std::io::Error::from)?;
    object.set(name, value);
    let settings: UserSettings =
        object.decode().map_err(|error| Error::usage(format!("{} cannot have this value: {error}", before.name)))?;
    match settings.start_day_of_week.get() {
        Some(WeekStart::Unknown(day)) if settings.start_day_of_week != stored.start_day_of_week => {
            Err(Error::usage(format!("no week starts on \"{day}\"")).hint("write MON, SAT or SUN"))
        }
        _ => Ok(settings),
    }
}

/// Parses a value of the setting's current type. If it has another type, returns the expected form.
fn parsed(text: &str, now: &Json) -> Result<Json, &'static str> {
    if text == "none" {
        return Ok(Json::Null);
    }
    match now {
        Json::Bool(_) => match text {
            "yes" | "true" => Ok(true.into()),
            "no" | "false" => Ok(false.into()),
            _ => Err("yes or no"),
        },
        Json::Number(_) => text.parse::<serde_json::Number>().map(Json::from).map_err(|_| "a number"),
        Json::Array(_) => match serde_json::from_str(text) {
            Ok(Json::Array(list)) => Ok(Json::Array(list)),
            Ok(_) | Err(_) if !text.starts_with('[') => {
                Ok(text.split(',').map(|part| Json::from(part.trim())).collect())
            }
            _ => Err("a list such as a,b"),
        },
        Json::Object(_) => match serde_json::from_str(text) {
            Ok(Json::Object(object)) => Ok(Json::Object(object)),
            _ => Err("a JSON object"),
        },
        Json::String(_) | Json::Null => Ok(text.into()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_have_the_kind_that_they_had() {
        for (text, now, wanted) in [
            ("yes", json!(false), Ok(json!(true))),
            ("maybe", json!(false), Err("yes or no")),
            ("5", json!(0), Ok(json!(5))),
            ("five", json!(0), Err("a number")),
            ("dark", json!("light"), Ok(json!("dark"))),
            ("a, b", json!([]), Ok(json!(["a", "b"]))),
            (r#"["a"]"#, json!([]), Ok(json!(["a"]))),
            (r#"["a""#, json!([]), Err("a list such as a,b")),
            (r#"{"a":1}"#, json!({}), Ok(json!({ "a": 1 }))),
            ("a", json!({}), Err("a JSON object")),
            ("none", json!(5), Ok(json!(null))),
        ] {
            assert_eq!(parsed(text, &now), wanted, "{text}");
        }
    }
}
