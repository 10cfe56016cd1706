//! Faults, and the requests that they apply to. The format of rules is `spec/formats/faults.schema.json`.

mod answer;
mod damage;
mod engine;
mod rule;
#[cfg(test)]
mod tests;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use ticktick_models::{Json, explain};

pub use crate::generated::faults::{Fault, RetryAfter};
pub use engine::Faults;
pub(crate) use engine::{Asked, Plan};
pub use rule::Rule;

/// Reads one rule, or a list of rules.
pub(crate) fn read(json: &[u8]) -> Result<Vec<Rule>, String> {
    let explained = |error: &serde_json::Error| explain(json, error);
    if json.trim_ascii_start().first() != Some(&b'[') {
        return serde_json::from_slice(json).map(|rule| vec![rule]).map_err(|error| explained(&error));
    }
    // Parsed one by one, so that an error can name the rule.
    let items: Vec<Json> = serde_json::from_slice(json).map_err(|error| explained(&error))?;
    let rule = |(place, item): (usize, &Json)| {
        let text = item.as_str();
        let placed = |error| explain(text.as_bytes(), &error).replacen('$', &format!("$[{place}]"), 1);
        serde_json::from_str(text).map_err(placed)
    };
    items.iter().enumerate().map(rule).collect()
}

/// A fault in the `do` member of a rule, where a status may be a plain number.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Do(pub(crate) Fault);

impl<'de> Deserialize<'de> for Do {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut value = Value::deserialize(deserializer)?;
        if let Some(status) = value.get_mut("status").filter(|status| status.is_number()) {
            *status = serde_json::json!({ "status": *status });
        }
        serde_json::from_value(value).map(Self).map_err(|error| D::Error::custom(format!("`do`: {error}")))
    }
}

/// An HTTP status, from 200 to 599.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Status(u16);

impl TryFrom<u16> for Status {
    type Error = String;

    fn try_from(status: u16) -> Result<Self, String> {
        match status {
            200..=599 => Ok(Self(status)),
            _ => Err(format!("{status} is no status of an answer; they go from 200 to 599")),
        }
    }
}

impl From<Status> for u16 {
    fn from(status: Status) -> Self {
        status.0
    }
}
