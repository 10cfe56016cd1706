//! A session of the live timer, and the operations on it.
//!
//! Sources disagree on the values of `status`. Here, 0 is running, 1 paused, 2 finished or in its break, and
//! 3 abandoned.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use ticktick_models::Object;

use crate::world::book::focus::{COMPLETED, FocusHead, POMODORO};
use crate::world::fields::{Fields, object, wire};
use crate::world::store::Head;

const RUNS: i64 = 0;
const PAUSED: i64 = 1;
const OVER: i64 = 2;
const GIVEN_UP: i64 = 3;

/// The `status` of an abandoned session in the history.
const DROPPED: i64 = 3;

/// Minimum number of seconds of a session that is stored.
const SHORTEST: i64 = 300;

/// The effect of an operation.
pub(super) enum Change {
    None,
    Some,
    /// The session is finished.
    Over,
}

/// Starts a session.
pub(super) fn start(operation: &Object, id: &str, device: &str, at: Timestamp) -> Object {
    let kind = operation.int("oType").unwrap_or(POMODORO);
    let minutes = if kind == POMODORO { operation.int("duration").unwrap_or_default() } else { 0 };
    let first = operation.word("firstFocusId").unwrap_or_else(|| if kind == POMODORO { id.into() } else { "".into() });
    let subject = operation.text("focusOnId").unwrap_or_default();
    let session = json!({
        "id": id,
        "firstId": first,
        "firstDid": device,
        "type": kind,
        "status": RUNS,
        "valid": true,
        "exited": false,
        "duration": minutes,
        "startTime": wire(at),
        "endTime": (minutes > 0).then(|| wire(later(at, minutes.saturating_mul(60)))),
        "pauseDuration": 0,
        "focusBreak": {},
        "focusTasks": [{
            "id": subject,
            "type": operation.int("focusOnType"),
            "title": operation.text("focusOnTitle"),
            "startTime": wire(at),
            "endTime": null,
        }],
        "focusOnLogs": [{ "id": subject, "time": wire(at) }],
        "pauseLogs": [],
        "pomoCount": operation.int("pomoCount").unwrap_or(1),
        "autoPomoLeft": operation.int("autoPomoLeft").unwrap_or_default(),
        "autoStart": operation.read::<bool>("manual") == Some(false),
    });
    object(&session)
}

/// Applies an operation, if the state of the session allows it.
pub(super) fn apply(session: &mut Object, operation: &Object, at: Timestamp, breaks: &Value) -> Change {
    let status = session.int("status").unwrap_or_default();
    if session.read("exited") == Some(true) {
        return Change::None;
    }
    match (operation.text("op").as_deref(), status) {
        (Some("pause"), RUNS) => pause(session, at),
        (Some("continue" | "resume"), PAUSED) => go_on(session, at),
        (Some("finish"), RUNS | PAUSED) => end(session, OVER, at),
        (Some("drop"), RUNS | PAUSED) => end(session, GIVEN_UP, at),
        (Some("exit"), RUNS | PAUSED) => {
            session.put("exited", true);
            end(session, GIVEN_UP, at)
        }
        (Some("exit"), _) => {
            session.put("exited", true);
            Change::Some
        }
        (Some("startBreak"), OVER) => start_break(session, operation, at, breaks),
        (Some("endBreak"), OVER) => {
            session.put("focusBreak", json!({}));
            Change::Some
        }
        _ => Change::None,
    }
}

fn pause(session: &mut Object, at: Timestamp) -> Change {
    session.put("status", PAUSED);
    log(session, 0, at);
    Change::Some
}

fn go_on(session: &mut Object, at: Timestamp) -> Change {
    let paused = close_pause(session, at);
    session.put("status", RUNS);
    log(session, 1, at);
    if let Some(end) = session.instant("endTime") {
        session.put("endTime", wire(later(end, paused)));
    }
    Change::Some
}

fn end(session: &mut Object, status: i64, at: Timestamp) -> Change {
    if session.int("status") == Some(PAUSED) {
        close_pause(session, at);
    }
    session.put("status", status);
    session.put("endTime", wire(at));
    let mut stretches: Vec<Object> = session.read("focusTasks").unwrap_or_default();
    if let Some(last) = stretches.last_mut() {
        last.put("endTime", wire(at));
    }
    session.put("focusTasks", stretches);
    Change::Over
}

/// Adds the open pause to the time spent in pauses and returns its length in seconds.
fn close_pause(session: &mut Object, at: Timestamp) -> i64 {
    let logs: Vec<Object> = session.read("pauseLogs").unwrap_or_default();
    let began = logs.last().and_then(|log| log.instant("time")).unwrap_or(at);
    let seconds = at.duration_since(began).as_secs().max(0);
    session.put("pauseDuration", session.int("pauseDuration").unwrap_or_default() + seconds);
    seconds
}

/// Records a pause (0) or its end (1).
fn log(session: &mut Object, kind: i64, at: Timestamp) {
    let mut logs: Vec<Value> = session.read("pauseLogs").unwrap_or_default();
    logs.push(json!({ "type": kind, "time": wire(at) }));
    session.put("pauseLogs", logs);
}

fn start_break(session: &mut Object, operation: &Object, at: Timestamp, breaks: &Value) -> Change {
    let number = |key: &str| breaks[key].as_i64().unwrap_or_default();
    let count = session.int("pomoCount").unwrap_or(1);
    let is_long = count > 0 && number("longBreakInterval") > 0 && count % number("longBreakInterval") == 0;
    let usual = number(if is_long { "longBreakDuration" } else { "shortBreakDuration" });
    let minutes = operation.int("duration").filter(|minutes| *minutes > 0).unwrap_or(usual);
    let end = later(at, minutes.saturating_mul(60));
    session.put("focusBreak", json!({ "startTime": wire(at), "endTime": wire(end), "duration": minutes }));
    Change::Some
}

/// Converts a finished session to a record of the history. `kind_of` returns the member for an id.
pub(super) fn record(session: &Object, kind_of: impl Fn(&str) -> Option<&'static str>) -> Object {
    let stretches: Vec<Object> = session.read("focusTasks").unwrap_or_default();
    let subject = stretches.last().and_then(|stretch| stretch.word("id"));
    let tasks: Vec<Object> = stretches.iter().map(|stretch| written(stretch, &kind_of)).collect();
    let mut record = Object::new();
    for key in ["id", "startTime", "endTime", "pauseDuration", "type"] {
        if let Some(value) = session.get(key) {
            record.set(key, value.clone());
        }
    }
    record.put("status", if session.int("status") == Some(OVER) { COMPLETED } else { DROPPED });
    record.put("focusOnId", subject);
    record.put("tasks", tasks);
    record
}

fn written(stretch: &Object, kind_of: impl Fn(&str) -> Option<&'static str>) -> Object {
    let mut task = Object::new();
    if let Some((key, id)) = stretch.word("id").and_then(|id| Some((kind_of(&id)?, id))) {
        task.put(key, id);
    }
    if let Some(title) = stretch.word("title") {
        task.put("title", title);
    }
    for key in ["startTime", "endTime"] {
        task.put(key, stretch.text(key));
    }
    task
}

/// Returns `true` if a session was long enough to be stored.
pub(super) fn is_long_enough(record: &Object) -> bool {
    FocusHead::of(record).seconds >= SHORTEST
}

fn later(moment: Timestamp, seconds: i64) -> Timestamp {
    moment.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}
