//! Tasks of the Open API: one at a time, and several in a batch.

use jiff::Timestamp;
use serde::Deserialize;
use ticktick_models::{Object, OpenTaskDraft, OpenTaskPatch};

use crate::account::Account;
use crate::batch::{Item, NO_PROJECT, NO_TASK, OVER_QUOTA, Outcome, SENSELESS, Stored};
use crate::call::Call;
use crate::fields::{Fields, canonical, is_null, wire};
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::share::NO_PERMISSION;
use crate::task::Move;

use super::{body, complete, view};

/// Members that a client writes; links to relatives have ways of their own.
const WRITTEN: &[&str] = &[
    "title",
    "content",
    "desc",
    "isAllDay",
    "startDate",
    "dueDate",
    "timeZone",
    "reminders",
    "tags",
    "repeatFlag",
    "priority",
    "sortOrder",
    "items",
];

/// Members that null takes away.
const CLEARED: &[&str] = &["startDate", "dueDate", "repeatFlag"];

const DATES: &[&str] = &["startDate", "dueDate"];

#[derive(Default, Deserialize)]
#[serde(default)]
struct Batch {
    add: Option<Vec<Object>>,
    update: Option<Vec<Object>>,
}

/// Answers a task, one in the trash too; for an unknown one the body is empty.
pub(super) fn get(account: &Account, call: &Call) -> Answer {
    let task = in_list(account, call.path("projectId"), call.path("taskId"));
    Ok(task.map_or_else(Reply::empty, |task| Reply::json(&view::task(&task))))
}

pub(super) fn create(account: &mut Account, call: &Call) -> Answer {
    let sent = body::read::<OpenTaskDraft>(call, DATES)?;
    match add(account, &sent, call.now) {
        Ok((id, _)) => Ok(one(account, &id)),
        Err((_, code)) => Err(refusal(code)),
    }
}

pub(super) fn update(account: &mut Account, call: &Call) -> Answer {
    let sent = body::read::<OpenTaskPatch>(call, DATES)?;
    let id = call.path("taskId");
    change(account, id, &sent, call.now).ok_or_else(Refusal::no_task)?;
    Ok(one(account, id))
}

pub(super) fn delete(account: &mut Account, call: &Call) -> Answer {
    let (project, id) = (call.path("projectId"), call.path("taskId"));
    live(account, project, id)?;
    account.delete_task(id, project, call.now);
    Ok(Reply::empty())
}

pub(super) fn finish(account: &mut Account, call: &Call) -> Answer {
    let task = live(account, call.path("projectId"), call.path("taskId"))?;
    complete::complete(account, &task, call.now);
    Ok(Reply::empty())
}

/// Moves all of the tasks, or none if one of them cannot be moved.
pub(super) fn move_all(account: &mut Account, call: &Call) -> Answer {
    let moves: Vec<Move> = call.json()?;
    for sent in &moves {
        live(account, &sent.from_project_id, &sent.task_id)?;
        if !account.has_project(&account.project_id(&sent.to_project_id)) {
            return Err(Refusal::no_project());
        }
    }
    for sent in &moves {
        account.move_task(sent, call.now).map_err(|(_, code)| refusal(code))?;
    }
    for sent in &moves {
        account.part_families(&sent.task_id, call.now);
    }
    let tasks = moves.iter().filter_map(|sent| account.tasks.get(&sent.task_id));
    view::list(tasks.map(|task| view::shown(&task, &["id", "etag"])))
}

/// Adds and changes tasks; what cannot be done is told item by item.
pub(super) fn batch(account: &mut Account, call: &Call) -> Answer {
    let sent: Batch = call.json()?;
    let (added, changed) = (sent.add.unwrap_or_default(), sent.update.unwrap_or_default());
    added.iter().try_for_each(|sent| body::check::<OpenTaskDraft>(sent, DATES))?;
    changed.iter().try_for_each(|sent| body::check::<OpenTaskPatch>(sent, DATES))?;
    let mut outcome = Outcome::default();
    for sent in added {
        outcome.note(add(account, &sent, call.now));
    }
    for sent in changed {
        let id = sent.text("id").unwrap_or_default();
        let changed = change(account, &id, &sent, call.now);
        outcome.note(changed.ok_or((id, NO_TASK)));
    }
    Ok(outcome.reply())
}

fn add(account: &mut Account, sent: &Object, now: Timestamp) -> Item {
    let mut task = written(account, sent);
    let project = account.project_id(&sent.word("projectId").unwrap_or_else(|| "inbox".into()));
    let is_note = account.projects.get(&project).is_some_and(|list| list.text("kind").as_deref() == Some("NOTE"));
    task.put("projectId", project);
    task.put("kind", if is_note { "NOTE" } else { "TEXT" });
    list_items(&mut task);
    let (id, _) = account.add_task(&task, now)?;
    put_under(account, &id, sent, now);
    let etag = account.tasks.get(&id).and_then(|task| task.text("etag"));
    Ok((id, etag.unwrap_or_default()))
}

/// Changes what is named and nothing else, if there is such a task.
fn change(account: &mut Account, id: &str, sent: &Object, now: Timestamp) -> Option<Stored> {
    account.tasks.row(id).filter(|row| !row.head.is_trashed())?;
    let written = written(account, sent);
    let mut task = account.tasks.get(id)?;
    task.merge(written);
    for key in CLEARED {
        if sent.get(key).is_some_and(is_null) {
            task.put(key, ());
        }
    }
    list_items(&mut task);
    let was_open = task.int("status") == Some(0);
    if sent.int("status") == Some(0) && !was_open {
        task.put("status", 0);
        task.remove("completedTime");
        task.remove("completedUserId");
    }
    task.put("modifiedTime", wire(now));
    account.save_task(task, now);
    put_under(account, id, sent, now);
    let task = account.tasks.get(id)?;
    if sent.int("status") == Some(2) && was_open {
        complete::complete(account, &task, now);
    }
    Some((id.to_owned(), account.tasks.get(id)?.text("etag")?))
}

/// Returns what a client wrote, as the private API keeps it.
fn written(account: &mut Account, sent: &Object) -> Object {
    let mut task = body::picked(sent, WRITTEN);
    if !task.is_none("reminders") {
        let triggers = task.texts("reminders");
        let reminders: Vec<_> = triggers.iter().map(|trigger| view::reminder(&account.make_id(), trigger)).collect();
        task.put("reminders", reminders);
    }
    if let Some(items) = task.read::<Vec<Object>>("items") {
        let items = items.iter().map(|item| {
            let mut item = body::picked(item, view::ITEM);
            canonical(&mut item, &["startDate", "completedTime"]);
            item.fill("status", 0);
            item
        });
        task.put("items", items.collect::<Vec<_>>());
    }
    canonical(&mut task, DATES);
    task
}

/// Makes a task with items a checklist.
fn list_items(task: &mut Object) {
    let is_text = task.text("kind").as_deref() == Some("TEXT");
    if is_text && task.read::<Vec<Object>>("items").is_some_and(|items| !items.is_empty()) {
        task.put("kind", "CHECKLIST");
    }
}

/// Puts a task under the parent that was named, or takes it out from under one for null.
///
/// A parent in another list, an unknown one or one below the task itself is passed over.
fn put_under(account: &mut Account, id: &str, sent: &Object, now: Timestamp) {
    let Some(named) = sent.get("parentId") else { return };
    let own = account.tasks.get(id).and_then(|task| task.word("parentId"));
    let parent = named.decode::<String>().ok().filter(|parent| !parent.is_empty());
    if own == parent {
        return;
    }
    let Some(parent) = parent else { return account.detach(id, now) };
    let list = |id: &str| {
        let row = account.tasks.row(id).filter(|row| !row.head.is_trashed());
        row.map(|row| row.head.project.to_string())
    };
    let above = |id: &String| account.tasks.get(id)?.word("parentId");
    let is_below = std::iter::successors(Some(parent.clone()), above).any(|above| above == id);
    if list(&parent).is_some() && list(&parent) == list(id) && !is_below {
        account.detach(id, now);
        account.attach(id, &parent, now);
    }
}

/// Returns a task that is in the list that was named.
pub(super) fn in_list(account: &Account, project: &str, id: &str) -> Option<Object> {
    let project = account.project_id(project);
    Some(account.tasks.row(id).filter(|row| *row.head.project == *project)?.object())
}

/// Returns a task that is in the list that was named and not in the trash.
pub(super) fn live(account: &Account, project: &str, id: &str) -> Result<Object, Refusal> {
    let task = in_list(account, project, id).filter(|task| task.int("deleted") != Some(1));
    task.ok_or_else(Refusal::no_task)
}

fn one(account: &Account, id: &str) -> Reply {
    Reply::json(&view::task(&account.tasks.get(id).unwrap_or_default()))
}

/// Refuses a request for the reason that one item of a batch would be refused for.
pub(super) fn refusal(code: &str) -> Refusal {
    match code {
        NO_TASK => Refusal::no_task(),
        NO_PROJECT => Refusal::no_project(),
        OVER_QUOTA => Refusal::new(500, "exceed_quota"),
        NO_PERMISSION => Refusal::new(500, "no_project_permission"),
        _ => Refusal::new(500, SENSELESS),
    }
}
