//! Moves and assigns tasks, and changes their parents.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use ticktick_models::Object;

use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::open::found::{live, refusal, shown};
use crate::open::{row, view};
use crate::world::account::Account;
use crate::world::fields::{Fields, object, wire};
use crate::world::item::NO_TASK;
use crate::world::task::place::Move;

/// The assignee of an unassigned task.
const NOBODY: i64 = -1;

/// A task, its project and its assignee.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assignment {
    project_id: String,
    task_id: String,
    assignee_username: Option<String>,
}

/// Moves tasks. The response omits moves from or to an unknown project, which are ignored, but not unknown tasks.
pub(super) fn move_all(account: &mut Account, call: &Call) -> Answer {
    let moves: Vec<Move> = call.json()?;
    let exists = |named: &str| account.has_project(&account.project_id(named));
    let moves: Vec<Move> =
        moves.into_iter().filter(|sent| exists(&sent.from_project_id) && exists(&sent.to_project_id)).collect();
    for sent in &moves {
        match account.move_task(sent, call.now) {
            Ok(_) => touch(account, &sent.task_id, call.now, |_| {}),
            Err((_, NO_TASK)) => {}
            Err((_, code)) => return Err(refusal(code)),
        }
    }
    for sent in &moves {
        account.part_families(&sent.task_id, call.now);
    }
    let rows: Vec<Object> = moves.iter().map(|sent| moved(account, &sent.task_id, call.now)).collect();
    view::list(rows.iter())
}

/// Assigns a task to a member of its project. The response is empty if the task or the member does not exist.
pub(super) fn assign(account: &mut Account, call: &Call) -> Answer {
    let sent: Assignment = call.json()?;
    let name = sent.assignee_username.as_deref().ok_or_else(Refusal::senseless)?;
    match member(account, &account.project_id(&sent.project_id), name) {
        Some(user) => give(account, &sent, user, call.now),
        None => Ok(Reply::empty()),
    }
}

/// Unassigns a task. The response is empty if the task does not exist.
pub(super) fn unassign(account: &mut Account, call: &Call) -> Answer {
    give(account, &call.json()?, NOBODY, call.now)
}

fn give(account: &mut Account, sent: &Assignment, user: i64, now: Timestamp) -> Answer {
    if live(account, &sent.project_id, &sent.task_id)?.is_some() {
        let project = account.project_id(&sent.project_id);
        account.may_write(&project, "").map_err(|(_, code)| refusal(code))?;
        touch(account, &sent.task_id, now, |task| task.put("assignee", user));
    }
    shown(account, &sent.project_id, &sent.task_id)
}

/// Shows the result of a move, also for a task that does not exist.
fn moved(account: &mut Account, id: &str, now: Timestamp) -> Object {
    if let Some(found) = account.tasks.row(id) {
        return row::moved(account, found);
    }
    let unknown = json!({
        "id": id,
        "isAllDay": false,
        "isFloating": false,
        "etag": account.make_etag(),
        "etimestamp": now.as_millisecond(),
        "modifiedTime": wire(now),
    });
    object(&unknown)
}

/// Changes a task and its modification time.
fn touch(account: &mut Account, id: &str, now: Timestamp, change: impl FnOnce(&mut Object)) {
    if let Some(mut task) = account.tasks.get(id) {
        change(&mut task);
        task.put("modifiedTime", wire(now));
        account.save_task(task, now);
    }
}

/// Moves a task under the given parent, or removes its parent for an empty text. Null changes nothing.
///
/// Ignores a parent in another project, an unknown one, and one below the task itself.
pub(super) fn put_under(account: &mut Account, id: &str, sent: &Object, now: Timestamp) {
    let Some(parent) = sent.text("parentId") else { return };
    let own = account.tasks.get(id).and_then(|task| task.word("parentId"));
    if own.as_ref() == Some(&parent) {
        return;
    }
    if parent.is_empty() {
        return account.detach(id, now);
    }
    let project_of = |id: &str| {
        let row = account.tasks.row(id).filter(|row| !row.head.is_trashed());
        row.map(|row| row.head.project.to_string())
    };
    let above = |id: &String| account.tasks.get(id)?.word("parentId");
    let is_below = std::iter::successors(Some(parent.clone()), above).any(|above| above == id);
    if project_of(&parent).is_some() && project_of(&parent) == project_of(id) && !is_below {
        account.detach(id, now);
        account.attach(id, &parent, now);
    }
}

/// Assigns a task to the given member. Users who are not members are ignored.
pub(super) fn put_assignee(account: &Account, task: &mut Object, sent: &Object) {
    let project = task.text("projectId").unwrap_or_default();
    if let Some(user) = sent.word("assigneeUsername").and_then(|name| member(account, &project, &name)) {
        task.put("assignee", user);
    }
}

fn member(account: &Account, project: &str, name: &str) -> Option<i64> {
    account.people(project).into_iter().find(|person| person.username == name).map(|person| person.user_id)
}
