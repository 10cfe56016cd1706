//! Focus sessions of the Open API.

use std::cmp::Reverse;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use ticktick_models::{Object, OpenFocusDraft};

use crate::account::Account;
use crate::call::Call;
use crate::fields::{Fields, wire};
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};

use super::{body, shelf, view};

/// Longest range; the start of a longer one is moved.
const RANGE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Most characters of a note.
const NOTE: usize = 5_000;

/// A session that ran to its end.
const COMPLETED: i64 = 1;

const FOCUS: &[&str] =
    &["id", "type", "note", "status", "startTime", "endTime", "pauseDuration", "adjustTime", "added", "etag"];

const STRETCH: &[&str] = &["taskId", "title", "habitId", "timerId", "timerName", "startTime", "endTime"];

pub(super) fn get(account: &mut Account, call: &Call) -> Answer {
    let (focus, changed) = find(account, call)?;
    Ok(Reply::json(&shown(&focus, changed, account.user_id)))
}

/// Answers the sessions of a kind that began in a range, the latest first.
pub(super) fn list(account: &mut Account, call: &Call) -> Answer {
    let (from, to) = (moment(call, "from")?, moment(call, "to")?);
    let kind = body::number(call, "type")?;
    let from = from.max(to.checked_sub(RANGE).unwrap_or(from));
    let user = account.user_id;
    let rows = shelf::focuses(account).live().map(|row| (row.object(), row.changed));
    let wanted = |(focus, _): &(Object, i64)| {
        focus.int("type") == Some(kind) && focus.instant("startTime").is_some_and(|start| (from..=to).contains(&start))
    };
    let mut found: Vec<(Object, i64)> = rows.filter(wanted).collect();
    found.sort_by_key(|(focus, _)| Reverse(focus.instant("startTime")));
    view::list(found.iter().map(|(focus, changed)| shown(focus, *changed, user)))
}

pub(super) fn delete(account: &mut Account, call: &Call) -> Answer {
    let (focus, _) = find(account, call)?;
    let stamp = account.stamp(call.now);
    shelf::focuses(account).remove(call.path("focusId"), stamp);
    Ok(Reply::json(&view::shown(&focus, &["id", "type"])))
}

/// Stores a session of the past.
pub(super) fn create(account: &mut Account, call: &Call) -> Answer {
    let sent = body::read::<OpenFocusDraft>(call, &["startTime", "endTime"])?;
    let pause = sent.int("pauseDuration").unwrap_or_default();
    let start = sent.instant("startTime").ok_or_else(Refusal::senseless)?;
    let lasted = sent.int("duration").map(|seconds| SignedDuration::from_secs(seconds.saturating_add(pause)));
    let end = sent.instant("endTime").or_else(|| start.checked_add(lasted?).ok());
    let end = end.filter(|end| start <= *end && *end <= call.now).ok_or_else(Refusal::senseless)?;
    let note = sent.word("note").filter(|note| !note.is_empty());
    if note.as_ref().is_some_and(|note| note.chars().count() > NOTE) {
        return Err(Refusal::senseless());
    }
    let focus = json!({
        "id": account.make_id(),
        "startTime": wire(start),
        "endTime": wire(end),
        "status": COMPLETED,
        "pauseDuration": pause,
        "adjustTime": 0,
        "type": sent.int("type"),
        "note": note,
        "added": true,
        "focusOnId": sent.word("taskId"),
        "tasks": [stretch(account, sent.word("taskId"), start, end)?],
    });
    let mut focus = Object::encode(&focus).unwrap_or_default();
    account.save(shelf::focuses, &mut focus, call.now);
    Ok(Reply::json(&shown(&focus, call.now.as_millisecond(), account.user_id)))
}

/// Makes the one stretch of a session, about a task or nothing in particular.
fn stretch(account: &Account, task: Option<String>, start: Timestamp, end: Timestamp) -> Result<Object, Refusal> {
    let mut stretch = Object::new();
    if let Some(id) = task {
        let task = account.tasks.get(&id).ok_or_else(Refusal::no_task)?;
        let list = account.projects.get(&task.text("projectId").unwrap_or_default()).unwrap_or_default();
        stretch.put("taskId", id);
        stretch.put("title", task.text("title"));
        stretch.put("projectName", list.text("name").unwrap_or_default());
        stretch.put("tags", task.texts("tags"));
    }
    stretch.put("startTime", wire(start));
    stretch.put("endTime", wire(end));
    Ok(stretch)
}

/// Returns a session of the kind in the query, and the checkpoint of its last change.
fn find(account: &mut Account, call: &Call) -> Result<(Object, i64), Refusal> {
    let kind = body::number(call, "type")?;
    let row = shelf::focuses(account).row(call.path("focusId")).map(|row| (row.object(), row.changed));
    row.filter(|(focus, _)| focus.int("type") == Some(kind)).ok_or_else(Refusal::senseless)
}

fn moment(call: &Call, name: &str) -> Result<Timestamp, Refusal> {
    let time = ticktick_models::Timestamp::from(body::needed(call, name)?);
    time.instant().ok_or_else(Refusal::senseless)
}

/// Shows a session with its length, which is not stored.
fn shown(focus: &Object, changed: i64, user: i64) -> Object {
    let mut view = view::shown(focus, FOCUS);
    view.put("userId", user);
    let stretches: Vec<Object> = focus.read("tasks").unwrap_or_default();
    if let Some(task) = stretches.iter().find_map(|stretch| stretch.word("taskId")) {
        view.put("taskId", task);
    }
    view.put("tasks", stretches.iter().map(|stretch| shown_stretch(stretch)).collect::<Vec<_>>());
    view.put("etimestamp", changed);
    if let Ok(changed) = Timestamp::from_millisecond(changed) {
        view.put("modifiedTime", wire(changed));
    }
    if let (Some(start), Some(end)) = (focus.instant("startTime"), focus.instant("endTime")) {
        let number = |key| focus.int(key).unwrap_or_default();
        let lasted = end.duration_since(start).as_secs();
        let focused = lasted.saturating_sub(number("pauseDuration")).saturating_add(number("adjustTime"));
        view.put("duration", focused.max(0));
    }
    view
}

fn shown_stretch(stretch: &Object) -> Object {
    let mut view = view::shown(stretch, STRETCH);
    if stretch.word("taskId").is_none() {
        view.remove("title");
    }
    view
}
