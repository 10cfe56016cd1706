//! Focus sessions of the Open API.

use std::cmp::Reverse;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use ticktick_models::{Object, OpenFocusDraft};

use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::open::found::refusal;
use crate::open::{body, view};
use crate::world::account::Account;
use crate::world::book::focus::FocusHead;
use crate::world::fields::{Fields, object, wire};
use crate::world::store::Row;

/// Maximum range. The start of a longer one is moved.
const RANGE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Maximum number of characters in a note.
const NOTE: usize = 5_000;

const FOCUS: &[&str] =
    &["id", "type", "note", "status", "startTime", "endTime", "pauseDuration", "adjustTime", "added", "etag"];

const STRETCH: &[&str] = &["taskId", "title", "habitId", "timerId", "timerName", "startTime", "endTime"];

pub(super) fn get(account: &Account, call: &Call) -> Answer {
    Ok(Reply::json(&shown(find(account, call)?, account.user_id)))
}

/// Returns the sessions of a kind that began in a range, the latest first.
pub(super) fn list(account: &Account, call: &Call) -> Answer {
    let (from, to) = (moment(call, "from")?, moment(call, "to")?);
    let kind = body::number(call, "type")?;
    let from = from.max(to.checked_sub(RANGE).unwrap_or(from));
    let wanted = |row: &&Row<FocusHead>| row.head.kind == kind && (from..=to).contains(&row.head.start);
    let mut rows: Vec<_> = account.focus.records.live().filter(wanted).collect();
    rows.sort_by_key(|row| Reverse(row.head.start));
    view::list(rows.into_iter().map(|row| shown(row, account.user_id)))
}

pub(super) fn delete(account: &mut Account, call: &Call) -> Answer {
    let row = find(account, call)?;
    let (answer, kind) = (view::shown(&row.object(), &["id", "type"]), row.head.kind);
    account.delete_focus(call.path("focusId"), kind, call.now);
    Ok(Reply::json(&answer))
}

/// Stores a finished session.
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
    let task = sent.word("taskId");
    if task.as_ref().is_some_and(|task| account.tasks.row(task).is_none()) {
        return Err(Refusal::no_task());
    }
    let focus = json!({
        "startTime": wire(start),
        "endTime": wire(end),
        "pauseDuration": pause,
        "note": note,
        "added": true,
        "focusOnId": task,
        "tasks": [task.map_or_else(|| json!({}), |task| json!({ "taskId": task }))],
    });
    let focus = object(&focus);
    let kind = sent.int("type").unwrap_or_default();
    let (id, _) = account.add_focus(&focus, kind, call.now).map_err(|(_, code)| refusal(code))?;
    let row = account.focus.records.row(&id).ok_or_else(Refusal::senseless)?;
    Ok(Reply::json(&shown(row, account.user_id)))
}

/// Changes the note of a session. No other member of the body is recorded.
pub(super) fn update(account: &mut Account, call: &Call) -> Answer {
    let sent: Object = call.json()?;
    let id = call.path("focusId");
    let row = account.focus.records.row(id).ok_or_else(Refusal::senseless)?;
    let (mut focus, kind) = (row.object(), row.head.kind);
    focus.merge(body::picked(&sent, &["note"]));
    account.add_focus(&focus, kind, call.now).map_err(|(_, code)| refusal(code))?;
    let row = account.focus.records.row(id).ok_or_else(Refusal::senseless)?;
    Ok(Reply::json(&shown(row, account.user_id)))
}

/// Returns a session of the kind in the query.
fn find<'a>(account: &'a Account, call: &Call) -> Result<&'a Row<FocusHead>, Refusal> {
    let kind = body::number(call, "type")?;
    let row = account.focus.records.row(call.path("focusId"));
    row.filter(|row| row.head.kind == kind).ok_or_else(Refusal::senseless)
}

fn moment(call: &Call, name: &str) -> Result<Timestamp, Refusal> {
    let time = ticktick_models::Timestamp::from(body::needed(call, name)?);
    time.instant().ok_or_else(Refusal::senseless)
}

/// Shows a session with its length, which is not stored.
fn shown(row: &Row<FocusHead>, user: i64) -> Object {
    let focus = row.object();
    let mut view = view::shown(&focus, FOCUS);
    view.put("userId", user);
    let stretches: Vec<Object> = focus.read("tasks").unwrap_or_default();
    if let Some(task) = stretches.iter().find_map(|stretch| stretch.word("taskId")) {
        view.put("taskId", task);
    }
    view.put("tasks", stretches.iter().map(shown_stretch).collect::<Vec<_>>());
    view.put("etimestamp", row.changed);
    if let Ok(changed) = Timestamp::from_millisecond(row.changed) {
        view.put("modifiedTime", wire(changed));
    }
    view.put("duration", row.head.seconds);
    view
}

fn shown_stretch(stretch: &Object) -> Object {
    let mut view = view::shown(stretch, STRETCH);
    if stretch.word("taskId").is_none() {
        view.remove("title");
    }
    view
}
