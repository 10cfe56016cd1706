//! The control under `/_sim/`, for tests in any language: JSON in, JSON out, no session.

#[cfg(test)]
mod tests;

use std::fmt::Display;

use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ticktick_models::Json;

use crate::auth::Captcha;
use crate::call::Incoming;
use crate::fault::Rule;
use crate::log::Logged;
use crate::reply::Reply;
use crate::state::{State, lock};

/// Beginning of all paths of the control; no path of the service begins so.
const PREFIX: &str = "/_sim/";

/// What the control comes to: an answer, or a status and a message.
type Outcome = Result<Reply, (u16, String)>;

/// Answers a request if it is one to the control.
pub(crate) fn answer(state: &State, incoming: &Incoming) -> Option<Reply> {
    let what = incoming.path().strip_prefix(PREFIX)?;
    let reply = route(state, &incoming.method, what, &incoming.body)
        .unwrap_or_else(|(status, message)| Reply::json(&json!({ "error": message })).with_status(status));
    Some(reply.with_header("Cache-Control", "no-store"))
}

fn route(state: &State, method: &str, what: &str, body: &[u8]) -> Outcome {
    match (what, method) {
        ("health", "GET") => Ok(health(state)),
        ("state", "GET") => Ok(Reply::json_text(state.whole().write())),
        ("state", "PUT") => state.load(body).map(|()| done()).map_err(bad),
        ("reset", "POST") => Ok(after(|| state.reset())),
        ("clock", "GET") => Ok(clock(state)),
        ("clock", "PUT") => set_clock(state, read(body)?),
        ("clock/advance", "POST") => advance_clock(state, &read(body)?),
        ("faults", "GET") => Ok(faults(state)),
        ("faults", "POST") => add_faults(state, body),
        ("faults", "DELETE") => Ok(after(|| state.faults.clear())),
        ("requests", "GET") => Ok(Reply::json(&state.log.all().iter().map(shown).collect::<Vec<_>>())),
        ("requests", "DELETE") => Ok(after(|| state.log.clear())),
        ("sessions", "DELETE") => Ok(after(|| state.end_sessions())),
        ("password", "PUT") => change_password(state, read(body)?),
        ("codes", "GET") => Ok(codes(state)),
        ("captcha", "PUT") => demand_captcha(state, read(body)?),
        ("captcha", "DELETE") => Ok(after(|| *lock(&state.captcha) = None)),
        _ => Err(unknown(what)),
    }
}

fn unknown(what: &str) -> (u16, String) {
    const KNOWN: &[&str] = &[
        "health",
        "state",
        "reset",
        "clock",
        "clock/advance",
        "faults",
        "requests",
        "sessions",
        "password",
        "codes",
        "captcha",
    ];
    if KNOWN.contains(&what) {
        return (405, format!("{PREFIX}{what} does not know this method"));
    }
    (404, format!("{PREFIX}{what} does not exist; there are {}", KNOWN.join(", ")))
}

fn bad(error: impl Display) -> (u16, String) {
    (400, error.to_string())
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, (u16, String)> {
    serde_json::from_slice(body).map_err(bad)
}

fn after(work: impl FnOnce()) -> Reply {
    work();
    done()
}

fn done() -> Reply {
    Reply::json(&json!({ "ok": true }))
}

fn health(state: &State) -> Reply {
    Reply::json(&json!({
        "ok": true,
        "version": env!("CARGO_PKG_VERSION"),
        "accounts": state.accounts.names(),
        "now": state.clock.now(),
        "saveError": state.keeper.as_ref().and_then(|keeper| keeper.failure()),
    }))
}

fn clock(state: &State) -> Reply {
    Reply::json(&json!({ "now": state.clock.now() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetClock {
    now: Timestamp,
}

fn set_clock(state: &State, SetClock { now }: SetClock) -> Outcome {
    state.clock.set(now);
    Ok(clock(state))
}

/// A time as a number of seconds, or as text such as `1h 30m`.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Advance {
    Seconds(f64),
    By(String),
}

fn advance_clock(state: &State, advance: &Advance) -> Outcome {
    let by = match advance {
        Advance::Seconds(seconds) => SignedDuration::try_from_secs_f64(*seconds).map_err(bad)?,
        Advance::By(text) => text.parse().map_err(bad)?,
    };
    state.clock.now().checked_add(by).map_err(bad)?;
    state.clock.advance(by);
    Ok(clock(state))
}

fn faults(state: &State) -> Reply {
    Reply::json(&state.faults.list())
}

/// Adds one rule or several; all of them or none.
fn add_faults(state: &State, body: &[u8]) -> Outcome {
    let rules: Vec<Rule> = match body.trim_ascii_start().first() {
        Some(b'[') => read(body)?,
        _ => vec![read(body)?],
    };
    for rule in rules {
        state.faults.add(rule);
    }
    Ok(faults(state))
}

/// A request, as the control shows it.
#[derive(Serialize)]
struct Shown<'a> {
    method: &'a str,
    path: &'a str,
    query: &'a str,
    status: u16,
    operation: Option<&'a str>,
    /// JSON as it was sent, and anything else as text.
    body: Json,
}

fn shown(entry: &Logged) -> Shown<'_> {
    let (path, query) = entry.target.split_once('?').unwrap_or((&entry.target, ""));
    let body = match serde_json::from_slice(&entry.body) {
        Ok(json) => json,
        Err(_) if entry.body.is_empty() => Json::null(),
        Err(_) => Json::from(&*String::from_utf8_lossy(&entry.body)),
    };
    let Logged { method, status, operation, .. } = entry;
    Shown { method, path, query, status: *status, operation: *operation, body }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Credentials {
    username: String,
    password: String,
}

fn change_password(state: &State, sent: Credentials) -> Outcome {
    let place = state.accounts.named(&sent.username);
    let place = place.ok_or_else(|| (404, "there is no account of that name".to_owned()))?;
    state.change_password(place, sent.password);
    Ok(done())
}

fn demand_captcha(state: &State, captcha: Captcha) -> Outcome {
    *lock(&state.captcha) = Some(captcha);
    Ok(done())
}

fn codes(state: &State) -> Reply {
    let codes = lock(&state.door).codes();
    let code = |(username, method, code)| json!({ "username": username, "method": method, "code": code });
    Reply::json(&codes.into_iter().map(code).collect::<Vec<_>>())
}
