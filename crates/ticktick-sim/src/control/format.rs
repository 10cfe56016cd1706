//! What the control reads and writes, as JSON has it.

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use ticktick_models::Json;
use ticktick_raw::{OPERATIONS, Operation};

use crate::log::Logged;

/// Answer of whatever has nothing else to say.
#[derive(Serialize)]
pub(super) struct Done {
    pub(super) ok: bool,
}

/// Answer of a request that was refused.
#[derive(Serialize)]
pub(super) struct Failure<'a> {
    pub(super) error: &'a str,
}

/// Answer of `GET /_sim/health`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Health {
    pub(super) ok: bool,
    pub(super) version: &'static str,
    pub(super) accounts: Vec<String>,
    pub(super) now: Timestamp,
    pub(super) save_error: Option<String>,
}

/// The clock.
#[derive(Serialize)]
pub(super) struct ClockAnswer {
    pub(super) now: Timestamp,
    pub(super) frozen: bool,
}

/// Body of `POST /_sim/clock`: a time, whether it stands still, or both.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClockChange {
    #[serde(default, deserialize_with = "moment")]
    pub(super) now: Option<Timestamp>,
    pub(super) frozen: Option<bool>,
}

fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    let expected = "`now`: expected a date and time with an offset, such as 2026-03-01T09:00:00Z";
    text.map(|text| text.parse().map_err(|_| D::Error::custom(expected))).transpose()
}

/// Body of `POST /_sim/clock/advance`: a number of seconds, or text such as `1h 30m`.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Advance {
    Seconds(f64),
    By(String),
}

/// Body of `PUT /_sim/password`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Credentials {
    pub(super) username: String,
    pub(super) password: String,
}

/// A code that was sent.
#[derive(Serialize)]
pub(super) struct SentCode {
    pub(super) username: String,
    pub(super) method: String,
    pub(super) code: String,
}

/// An account.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AccountAnswer {
    pub(super) username: String,
    pub(super) user_id: i64,
    pub(super) inbox_id: String,
}

/// An operation.
#[derive(Serialize)]
pub(super) struct OperationAnswer {
    id: &'static str,
    method: &'static str,
    path: &'static str,
}

impl OperationAnswer {
    pub(super) fn all() -> Vec<Self> {
        let answer =
            |operation: &Operation| Self { id: operation.id, method: operation.method.as_str(), path: operation.path };
        OPERATIONS.iter().map(|operation| answer(operation)).collect()
    }
}

/// A request that the service answered.
#[derive(Serialize)]
pub(super) struct RequestAnswer<'a> {
    method: &'a str,
    path: &'a str,
    query: &'a str,
    status: u16,
    operation: Option<&'a str>,
    /// JSON as it was sent, and anything else as text.
    body: Json,
}

impl<'a> RequestAnswer<'a> {
    pub(super) fn new(entry: &'a Logged) -> Self {
        let (path, query) = entry.target.split_once('?').unwrap_or((&entry.target, ""));
        let body = match serde_json::from_slice(&entry.body) {
            Ok(json) => json,
            Err(_) if entry.body.is_empty() => Json::null(),
            Err(_) => Json::from(&*String::from_utf8_lossy(&entry.body)),
        };
        let Logged { method, status, operation, .. } = entry;
        Self { method, path, query, status: *status, operation: *operation, body }
    }
}
