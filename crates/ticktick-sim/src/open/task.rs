//! Tasks of the Open API.

use jiff::Timestamp;
use serde::Deserialize;
use ticktick_models::{Object, OpenTaskDraft, OpenTaskPatch};

use crate::exchange::batch::Outcome;
use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::open::found::{in_project, known, live, refusal, shown};
use crate::open::written::{DATES, apply_rules, written};
use crate::open::{body, complete, place, row};
use crate::world::account::Account;
use crate::world::fields::{Fields, is_null, wire};
use crate::world::item::{Item, NO_PERMISSION, NO_PROJECT, NO_TASK, OVER_QUOTA, Refused, Stored};

/// Members that null clears.
const CLEARED: &[&str] = &["startDate", "dueDate", "repeatFlag"];

/// Members that the service does not add to a task of the Open API.
const LEFT_OUT: &[&str] = &["content", "desc", "progress"];

/// Code of an item that refers to something unknown.
const NOT_EXISTED: &str = "NOT_EXISTED";

/// Maximum number of tasks that one call adds, changes or completes. The service ignores the others.
const MOST: usize = 50;

/// Tasks of one project to complete.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Completions {
    project_id: Option<String>,
    task_ids: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Batch {
    add: Option<Vec<Object>>,
    update: Option<Vec<Object>>,
}

/// Returns a task, also from the trash. For an unknown task, the body is empty.
pub(super) fn get(account: &Account, call: &Call) -> Answer {
    let found = in_project(account, call.path("projectId"), call.path("taskId"))?;
    Ok(found.map_or_else(Reply::empty, |found| Reply::json(&row::task(account, found))))
}

pub(super) fn create(account: &mut Account, call: &Call) -> Answer {
    let mut sent: Object = call.json()?;
    if sent.get("title").is_none() {
        sent.put("title", "");
    }
    let sent = checked::<OpenTaskDraft>(sent)?;
    let (id, _) = add(account, &sent, call.now).map_err(|(_, code)| refusal(code))?;
    let made = account.tasks.row(&id).ok_or_else(Refusal::no_task)?;
    Ok(Reply::json(&row::created(account, made)))
}

/// Changes a task. The response is empty if the task is not in the project in the body.
pub(super) fn update(account: &mut Account, call: &Call) -> Answer {
    let sent = checked::<OpenTaskPatch>(call.json()?)?;
    let project = sent.text("projectId").unwrap_or_default();
    let id = call.path("taskId");
    if live(account, &project, id)?.is_some() {
        change(account, id, &sent, call.now);
    }
    shown(account, &project, id)
}

/// Deletes a task. A task that does not exist is not an error.
pub(super) fn delete(account: &mut Account, call: &Call) -> Answer {
    account.delete_task(call.path("taskId"), call.path("projectId"), call.now);
    Ok(Reply::empty())
}

pub(super) fn finish(account: &mut Account, call: &Call) -> Answer {
    let task = known(account, call.path("projectId"), call.path("taskId"))?;
    complete::complete(account, &task, call.now, call.now);
    Ok(Reply::empty())
}

/// Completes tasks of a project, which defaults to the inbox, and returns the ids of those that were found.
pub(super) fn finish_many(account: &mut Account, call: &Call) -> Answer {
    let sent: Completions = call.json()?;
    let project = sent.project_id.filter(|id| !id.is_empty()).unwrap_or_else(|| "inbox".into());
    let mut done = Vec::new();
    for id in sent.task_ids.into_iter().take(MOST) {
        if let Some(task) = live(account, &project, &id)? {
            complete::complete(account, &task, call.now, call.now);
            done.push(id);
        }
    }
    Ok(Reply::json(&done))
}

/// Adds and changes tasks. Each item is refused on its own.
pub(super) fn batch(account: &mut Account, call: &Call) -> Answer {
    let sent: Batch = call.json()?;
    let added = sent.add.unwrap_or_default().into_iter().take(MOST).map(checked::<OpenTaskDraft>);
    let added = added.collect::<Result<Vec<_>, _>>()?;
    let changed = sent.update.unwrap_or_default().into_iter().take(MOST).map(checked::<OpenTaskPatch>);
    let changed = changed.collect::<Result<Vec<_>, _>>()?;
    let mut outcome = Outcome::default();
    for sent in added {
        outcome.note(add(account, &sent, call.now).map_err(documented));
    }
    for sent in changed {
        outcome.note(change_one(account, &sent, call.now));
    }
    Ok(outcome.reply())
}

/// Converts the code of a refused item to the documented codes of the Open API.
fn documented((key, code): Refused) -> Refused {
    match code {
        NO_TASK | NO_PROJECT => (key, NOT_EXISTED),
        OVER_QUOTA | NO_PERMISSION => (key, code),
        _ => (key, "UNKNOWN"),
    }
}

/// Changes a task of a batch.
fn change_one(account: &mut Account, sent: &Object, now: Timestamp) -> Item {
    let id = sent.text("id").unwrap_or_default();
    let project = account.project_id(&sent.text("projectId").unwrap_or_default());
    let code = match account.tasks.row(&id) {
        None => NOT_EXISTED,
        Some(row) if row.head.is_trashed() => "DELETED",
        Some(row) if *row.head.project != *project => "PROJECT_MOVE_ERROR",
        Some(_) => return change(account, &id, sent, now).ok_or((id, NOT_EXISTED)),
    };
    Err((id, code))
}

/// Removes dates that the service ignores, and refuses a body that does not match its model.
fn checked<M: serde::de::DeserializeOwned>(mut sent: Object) -> Result<Object, Refusal> {
    body::drop_odd_dates(&mut sent, DATES);
    body::check::<M>(&sent, DATES)?;
    Ok(sent)
}

fn add(account: &mut Account, sent: &Object, now: Timestamp) -> Item {
    let mut task = written(account, sent);
    let project = account.project_id(&sent.word("projectId").unwrap_or_else(|| "inbox".into()));
    if task.is_none("kind") {
        let is_note =
            account.projects.get(&project).is_some_and(|project| project.text("kind").as_deref() == Some("NOTE"));
        task.put("kind", if is_note { "NOTE" } else { "TEXT" });
    }
    task.put("projectId", project);
    task.fill("isAllDay", false);
    apply_rules(&mut task, sent, &account.zone);
    let (id, _) = account.add_task(&task, now)?;
    let mut stored = account.tasks.get(&id).unwrap_or_default();
    for key in LEFT_OUT.iter().filter(|key| task.is_none(key)) {
        stored.remove(key);
    }
    put_state(account, &mut stored, sent, now);
    place::put_assignee(account, &mut stored, sent);
    if sent.int("status") == Some(2) {
        complete::store_closed(account, stored, time_of(sent, now), now);
    } else {
        account.save_task(stored, now);
    }
    place::put_under(account, &id, sent, now);
    let etag = account.tasks.get(&id).and_then(|task| task.text("etag"));
    Ok((id, etag.unwrap_or_default()))
}

/// Changes the sent members of a task. The modification time stays the same.
fn change(account: &mut Account, id: &str, sent: &Object, now: Timestamp) -> Option<Stored> {
    let mut task = account.tasks.get(id)?;
    let written = written(account, sent);
    task.merge(written);
    for key in CLEARED {
        if sent.get(key).is_some_and(is_null) {
            task.put(key, ());
        }
    }
    apply_rules(&mut task, sent, &account.zone);
    complete::without_empty_tags(&mut task);
    let was_open = task.int("status") == Some(0);
    put_state(account, &mut task, sent, now);
    place::put_assignee(account, &mut task, sent);
    account.save_task(task, now);
    place::put_under(account, id, sent, now);
    let task = account.tasks.get(id)?;
    if sent.int("status") == Some(2) && was_open {
        complete::complete(account, &task, time_of(sent, now), now);
    }
    Some((id.to_owned(), account.tasks.get(id)?.text("etag")?))
}

/// Returns the completion time. Defaults to now.
fn time_of(sent: &Object, now: Timestamp) -> Timestamp {
    sent.instant("completedTime").unwrap_or(now)
}

/// Reopens or abandons a task. `complete` completes tasks, because that takes more than a status.
fn put_state(account: &Account, task: &mut Object, sent: &Object, now: Timestamp) {
    let before = task.int("status");
    match sent.int("status").filter(|status| Some(*status) != before) {
        Some(0) => {
            task.put("status", 0);
            task.remove("completedTime");
            task.remove("completedUserId");
        }
        Some(-1) => {
            task.put("status", -1);
            task.put("completedTime", wire(time_of(sent, now)));
            task.put("completedUserId", account.user_id);
        }
        _ => {}
    }
}
