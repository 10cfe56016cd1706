//! Control routes under `/_sim/`, for tests in any language: JSON in, JSON out, no session.

mod accounts;
mod format;
mod gate;
pub(crate) mod log;
pub(crate) mod moment;
mod outcome;
pub(crate) mod state;
#[cfg(test)]
mod tests;

use std::fmt::Display;

use jiff::SignedDuration;
use serde::de::DeserializeOwned;

use crate::control::moment::Moment;
use crate::control::outcome::{Outcome, bad, done};
use crate::control::state::State;
use crate::exchange::call::Incoming;
use crate::exchange::reply::Reply;
use crate::generated::control::{
    Advance, Captcha, Clock, ClockChange, Code, CodeList, Credentials, Failure, Health, RequestLog,
};
use crate::made::dump;
use crate::world::lock::lock;
use crate::world::near::nearest;
use crate::{fault, world};

/// Prefix of all control routes; no path of the service starts with it.
const PREFIX: &str = "/_sim/";

/// The control routes with their methods. `NAME` stands for the name of an account.
const ROUTES: &[(&str, &[&str])] = &[
    ("health", &["GET"]),
    ("state", &["GET", "PUT"]),
    ("reset", &["POST"]),
    ("accounts", &["GET"]),
    ("accounts/NAME", &["GET", "PUT", "DELETE"]),
    ("accounts/NAME/reset", &["POST"]),
    ("clock", &["GET", "POST", "PUT"]),
    ("clock/advance", &["POST"]),
    ("operations", &["GET"]),
    ("faults", &["GET", "POST", "DELETE"]),
    ("requests", &["GET", "DELETE"]),
    ("sessions", &["DELETE"]),
    ("password", &["PUT"]),
    ("codes", &["GET"]),
    ("captcha", &["PUT", "DELETE"]),
];

/// Handles a request to the control routes.
pub(crate) fn answer(state: &State, incoming: &Incoming) -> Option<Reply> {
    let path = incoming.path();
    let what = if path == PREFIX.trim_end_matches('/') { "" } else { path.strip_prefix(PREFIX)? };
    let reply = gate::admit(incoming, state.open_to_others)
        .and_then(|()| route(state, incoming, what))
        .unwrap_or_else(|(status, message)| Reply::json(&Failure { error: message }).with_status(status));
    Some(reply.with_header("Cache-Control", "no-store"))
}

fn route(state: &State, incoming: &Incoming, what: &str) -> Outcome {
    let body = &incoming.body;
    if let Some(outcome) = what.strip_prefix("accounts/").and_then(|rest| accounts::route(state, incoming, rest)) {
        return outcome;
    }
    match (what, &*incoming.method) {
        ("", "GET") => Ok(Reply::json(&format::routes())),
        ("health", "GET") => Ok(health(state)),
        ("state", "GET") => Ok(Reply::json_text(dump::write(state.world()))),
        ("state", "PUT") => state.load(body).map(|()| done()).map_err(bad),
        ("reset", "POST") => Ok(after(|| state.reset())),
        ("accounts", "GET") => Ok(accounts::list(state)),
        ("clock", "GET") => Ok(clock(state)),
        ("clock", "POST" | "PUT") => change_clock(state, &read(body)?),
        ("clock/advance", "POST") => advance_clock(state, &read(body)?),
        ("operations", "GET") => Ok(Reply::json(&format::operations())),
        ("faults", "GET") => Ok(faults(state)),
        ("faults", "POST") => add_faults(state, body),
        ("faults", "DELETE") => Ok(after(|| state.faults.clear())),
        ("requests", "GET") => Ok(Reply::json(&RequestLog(state.log.all().into_iter().map(format::logged).collect()))),
        ("requests", "DELETE") => Ok(after(|| state.log.clear())),
        ("sessions", "DELETE") => Ok(after(|| state.end_sessions())),
        ("password", "PUT") => change_password(state, read(body)?),
        ("codes", "GET") => Ok(codes(state)),
        ("captcha", "PUT") => demand_captcha(state, read(body)?),
        ("captcha", "DELETE") => Ok(after(|| *lock(&state.world().captcha) = None)),
        _ => Err(unknown(what)),
    }
}

fn unknown(what: &str) -> (u16, String) {
    let known: Vec<&str> = ROUTES.iter().map(|(path, _)| *path).collect();
    if what.is_empty() || known.contains(&what) {
        return (405, format!("{PREFIX}{what} does not support this method"));
    }
    let near = nearest(what, known.iter().copied()).into_iter().next();
    let hint = near.map(|near| format!(" (did you mean {PREFIX}{near}?)")).unwrap_or_default();
    (404, format!("{PREFIX}{what} does not exist{hint}; known routes: {}", known.join(", ")))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, (u16, String)> {
    serde_json::from_slice(body).map_err(|error| (400, ticktick_models::explain(body, &error)))
}

fn after(work: impl FnOnce()) -> Reply {
    work();
    done()
}

fn health(state: &State) -> Reply {
    Reply::json(&Health {
        ok: true,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        accounts: state.world().accounts.names(),
        now: Moment(state.world().clock.now()),
        save_error: state.keeper.as_ref().and_then(|keeper| keeper.failure()),
    })
}

fn clock(state: &State) -> Reply {
    Reply::json(&Clock { now: Moment(state.world().clock.now()), frozen: state.world().clock.is_frozen() })
}

fn change_clock(state: &State, change: &ClockChange) -> Outcome {
    if let ClockChange { now: None, frozen: None } = change {
        return Err((400, "$: expected `now`, `frozen` or both".into()));
    }
    match change.frozen {
        Some(true) => state.world().clock.freeze(),
        Some(false) => state.world().clock.unfreeze(),
        None => {}
    }
    if let Some(Moment(now)) = change.now {
        state.world().clock.set(now);
    }
    Ok(clock(state))
}

fn advance_clock(state: &State, advance: &Advance) -> Outcome {
    let wrong = |member: &str, error: &dyn Display| (400, format!("$.{member}: {error}"));
    let (member, by) = match (&advance.by, advance.seconds) {
        (Some(text), None) => {
            let expected = "expected a duration, such as `1h 30m`";
            ("by", text.parse::<SignedDuration>().map_err(|_| wrong("by", &expected))?)
        }
        (None, Some(seconds)) => {
            ("seconds", SignedDuration::try_from_secs_f64(seconds).map_err(|error| wrong("seconds", &error))?)
        }
        _ => return Err((400, "$: expected one of `by`, a duration such as `1h 30m`, and `seconds`, a number".into())),
    };
    let range = "expected a duration that ends between the years -9999 and 9999";
    state.world().clock.now().checked_add(by).map_err(|_| wrong(member, &range))?;
    state.world().clock.advance(by);
    Ok(clock(state))
}

fn faults(state: &State) -> Reply {
    Reply::json(&state.faults.list())
}

/// Adds one or several rules. If one is invalid, none is added.
fn add_faults(state: &State, body: &[u8]) -> Outcome {
    for rule in fault::read(body).map_err(bad)? {
        state.faults.add(rule);
    }
    Ok(faults(state))
}

fn change_password(state: &State, sent: Credentials) -> Outcome {
    let place = state.world().accounts.named(&sent.username);
    let place =
        place.ok_or_else(|| (404, "no account has this name; GET /_sim/accounts lists the accounts".to_owned()))?;
    state.change_password(place, sent.password.expose().to_owned());
    Ok(done())
}

fn demand_captcha(state: &State, captcha: Captcha) -> Outcome {
    *lock(&state.world().captcha) = Some(world::state::Captcha { key: captcha.ver_key, code: captcha.ver_code });
    Ok(done())
}

fn codes(state: &State) -> Reply {
    let codes = lock(&state.world().access).codes();
    let code = |(username, method, code): (String, String, String)| Code { username, method, code: code.into() };
    Reply::json(&CodeList(codes.into_iter().map(code).collect()))
}
