//! Finished sessions.

use std::cmp::Reverse;

use serde::Deserialize;
use serde_json::json;
use ticktick_models::{FocusRecord, Object};

use crate::exchange::batch::{Batch, Outcome};
use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::exchange::shape;
use crate::world::account::Account;
use crate::world::book::focus::{FocusHead, POMODORO, STOPWATCH};
use crate::world::fields::Fields;
use crate::world::focus::record::INSTANTS;
use crate::world::json::array;
use crate::world::store::Row;

/// Sessions on a page of the timeline.
const PAGE: usize = 31;

/// Returns the sessions of a kind that started in a range. Without a range, the list is empty.
pub(super) fn between(account: &Account, call: &Call, kind: i64) -> Answer {
    let (from, to) = (call.number("from", 0)?, call.number("to", 0)?);
    if call.query("from").is_none() || call.query("to").is_none() {
        return Ok(Reply::json_text("[]"));
    }
    let within = |row: &Row<FocusHead>| {
        let start = row.head.start.as_millisecond();
        row.head.kind == kind && start >= from && start <= to
    };
    Ok(newest_first(account, within, usize::MAX))
}

/// Returns a page of sessions of both kinds that started before an instant.
pub(super) fn timeline(account: &Account, call: &Call) -> Answer {
    let to = call.number("to", i64::MAX)?;
    Ok(newest_first(account, |row| row.head.start.as_millisecond() < to, PAGE))
}

/// Returns the sessions of a task, if it is in the given project.
pub(super) fn by_task(account: &Account, call: &Call) -> Answer {
    let (Some(project), Some(task)) = (call.query("projectId"), call.query("taskId")) else {
        return Err(Refusal::senseless());
    };
    let project = account.project_id(project);
    if account.tasks.row(task).is_some_and(|row| *row.head.project != *project) {
        return Ok(Reply::json_text("[]"));
    }
    Ok(newest_first(account, |row| is_about(row, "taskId", task), usize::MAX))
}

pub(super) fn newest_first(account: &Account, wanted: impl Fn(&Row<FocusHead>) -> bool, most: usize) -> Reply {
    let mut rows: Vec<_> = account.focus.records.live().filter(|row| wanted(row)).collect();
    rows.sort_by_key(|row| Reverse(row.head.start));
    rows.truncate(most);
    Reply::json_text(array(rows.iter().map(|row| &*row.text)))
}

/// Returns `true` if a session or a part of it belongs to an object.
pub(super) fn is_about(row: &Row<FocusHead>, key: &str, id: &str) -> bool {
    // A record that refers to the object contains its id in its text.
    row.text.contains(id) && {
        let record = row.object();
        let stretches: Vec<Object> = record.read("tasks").unwrap_or_default();
        record.text("focusOnId").as_deref() == Some(id)
            || stretches.iter().any(|stretch| stretch.text(key).as_deref() == Some(id))
    }
}

pub(super) fn batch(account: &mut Account, call: &Call, kind: i64) -> Answer {
    let mut batch = Batch::read(call)?;
    batch.sent().try_for_each(|sent| shape::check::<FocusRecord>(sent, &[("id", json!(""))], INSTANTS))?;
    let deleted: Vec<String> = batch.delete()?;
    let mut outcome = Outcome::default();
    for sent in batch.add() {
        outcome.note(account.add_focus(&sent, kind, call.now));
    }
    for sent in batch.update() {
        if let Some(item) = account.update_focus(&sent, kind, call.now) {
            outcome.note(item);
        }
    }
    for id in deleted {
        account.delete_focus(&id, kind, call.now);
    }
    Ok(outcome.reply())
}

/// Sessions to delete, by kind.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Deleted {
    pomodoro_ids: Option<Vec<String>>,
    timing_ids: Option<Vec<String>>,
}

pub(super) fn delete(account: &mut Account, call: &Call) -> Answer {
    let sent: Object = call.json()?;
    let sent: Deleted = sent.decode().map_err(|_| Refusal::senseless())?;
    for (ids, kind) in [(sent.pomodoro_ids, POMODORO), (sent.timing_ids, STOPWATCH)] {
        for id in ids.unwrap_or_default() {
            account.delete_focus(&id, kind, call.now);
        }
    }
    Ok(Reply::empty())
}
