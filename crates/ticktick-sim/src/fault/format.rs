//! Hand-written parts of the format of rules, which the schema cannot express.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use crate::generated::faults::Fault;

/// A fault in the `do` member of a rule, where a status may be a plain number.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Do(pub(crate) Fault);

impl<'de> Deserialize<'de> for Do {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut value = Value::deserialize(deserializer)?;
        if let Some(status) = value.get_mut("status").filter(|status| status.is_number()) {
            *status = json!({ "status": *status });
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
            _ => Err(format!("{status} is not a valid status; expected 200 to 599")),
        }
    }
}

impl From<Status> for u16 {
    fn from(status: Status) -> Self {
        status.0
    }
}
