//! Lists of the Open API, their columns, their folders and who shares them.

use serde_json::json;
use ticktick_models::{Object, OpenColumnDraft, OpenGroupDraft, OpenProjectDraft, OpenProjectPatch};

use crate::account::Account;
use crate::call::Call;
use crate::fields::Fields;
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};

use super::task::refusal;
use super::{body, view};

/// Members that a client writes.
const WRITTEN: &[&str] = &["name", "color", "sortOrder", "viewMode", "kind"];

/// How far apart columns are placed.
const STEP: i64 = 1 << 40;

/// Answers the lists; the inbox is not among them.
pub(super) fn list(account: &Account) -> Answer {
    view::list(account.projects.live().map(|row| view::project(&row.object())))
}

pub(super) fn get(account: &Account, call: &Call) -> Answer {
    let project = find(account, call.path("projectId")).ok_or_else(Refusal::no_project)?;
    Ok(Reply::json(&view::project(&project)))
}

/// Answers a list with its open tasks and its columns, or nothing of an unknown one.
pub(super) fn data(account: &Account, call: &Call) -> Answer {
    let Some(project) = find(account, call.path("projectId")) else {
        return Ok(Reply::json(&json!({})));
    };
    let id = project.text("id").unwrap_or_default();
    let open = account.tasks.live().filter(|row| row.head.is_open() && *row.head.project == *id);
    let tasks: Vec<Object> = open.map(|row| view::task(&row.object())).collect();
    Ok(Reply::json(&json!({
        "project": view::project(&project),
        "tasks": tasks,
        "columns": columns_of(account, &id).iter().map(view::column).collect::<Vec<_>>(),
    })))
}

pub(super) fn create(account: &mut Account, call: &Call) -> Answer {
    let sent = body::picked(&body::read::<OpenProjectDraft>(call, &[])?, WRITTEN);
    if sent.word("name").is_none() {
        return Err(Refusal::senseless());
    }
    let (id, _) = account.add_project(&sent, call.now).map_err(|(_, code)| refusal(code))?;
    Ok(Reply::json(&view::project(&account.projects.get(&id).unwrap_or_default())))
}

pub(super) fn update(account: &mut Account, call: &Call) -> Answer {
    let sent = body::picked(&body::read::<OpenProjectPatch>(call, &[])?, WRITTEN);
    let id = call.path("projectId");
    // Whole, since an update of the private API may take away what it leaves out.
    let mut project = account.projects.get(id).ok_or_else(Refusal::no_project)?;
    project.merge(sent);
    account.update_project(&project, call.now);
    Ok(Reply::json(&view::project(&account.projects.get(id).unwrap_or_default())))
}

pub(super) fn delete(account: &mut Account, call: &Call) -> Answer {
    let id = call.path("projectId");
    account.projects.row(id).ok_or_else(Refusal::no_project)?;
    account.delete_project(id, call.now);
    Ok(Reply::empty())
}

pub(super) fn list_columns(account: &Account, call: &Call) -> Answer {
    let id = known(account, call)?;
    view::list(columns_of(account, &id).iter().map(view::column))
}

pub(super) fn create_column(account: &mut Account, call: &Call) -> Answer {
    let sent = body::read::<OpenColumnDraft>(call, &[])?;
    let project = known(account, call)?;
    let last = columns_of(account, &project).iter().filter_map(|column| column.int("sortOrder")).max();
    let mut column = body::picked(&sent, &["name"]);
    column.put("sortOrder", last.map_or(0, |last| last.saturating_add(STEP)));
    column.put("projectId", project);
    let (id, _) = account.add_column(&column, call.now).map_err(|(_, code)| refusal(code))?;
    Ok(Reply::json(&view::column(&account.columns.get(&id).unwrap_or_default())))
}

pub(super) fn update_column(account: &mut Account, call: &Call) -> Answer {
    let sent = body::read::<OpenColumnDraft>(call, &[])?;
    let project = known(account, call)?;
    let id = call.path("columnId");
    let is_here = |column: &Object| column.text("projectId").as_ref() == Some(&project);
    let mut column = account.columns.get(id).filter(is_here).ok_or_else(Refusal::senseless)?;
    column.merge(body::picked(&sent, &["name"]));
    account.add_column(&column, call.now).map_err(|(_, code)| refusal(code))?;
    Ok(Reply::json(&view::column(&account.columns.get(id).unwrap_or_default())))
}

pub(super) fn list_groups(account: &Account) -> Answer {
    view::list(account.groups.live().map(|row| view::group(&row.object())))
}

pub(super) fn create_group(account: &mut Account, call: &Call) -> Answer {
    let sent = body::read::<OpenGroupDraft>(call, &[])?;
    let group = body::picked(&sent, &["name"]);
    if group.word("name").is_none() {
        return Err(Refusal::senseless());
    }
    save_group(account, &group, call)
}

pub(super) fn update_group(account: &mut Account, call: &Call) -> Answer {
    let sent = body::read::<OpenGroupDraft>(call, &[])?;
    let mut group = account.groups.get(call.path("groupId")).ok_or_else(Refusal::senseless)?;
    group.merge(body::picked(&sent, &["name"]));
    save_group(account, &group, call)
}

fn save_group(account: &mut Account, group: &Object, call: &Call) -> Answer {
    let (id, _) = account.add_group(group, call.now).map_err(|(_, code)| refusal(code))?;
    Ok(Reply::json(&view::group(&account.groups.get(&id).unwrap_or_default())))
}

/// Deletes a folder; its lists go on naming it, as after a delete by the private API.
pub(super) fn delete_group(account: &mut Account, call: &Call) -> Answer {
    let stamp = account.stamp(call.now);
    if account.groups.remove(call.path("groupId"), stamp) { Ok(Reply::empty()) } else { Err(Refusal::senseless()) }
}

/// Answers who shares a list: as long as nobody else does, its owner.
pub(super) fn members(account: &Account, call: &Call) -> Answer {
    known(account, call)?;
    let name = account.username.split('@').next().unwrap_or_default();
    view::list([json!({ "username": account.username, "displayName": name })].iter())
}

/// Returns a list; the inbox is one, by its id and by the word.
fn find(account: &Account, named: &str) -> Option<Object> {
    let id = account.project_id(named);
    if id == account.inbox_id {
        let inbox = json!({ "id": id, "name": "Inbox", "sortOrder": 0, "viewMode": "list", "kind": "TASK" });
        return Object::encode(&inbox).ok();
    }
    account.projects.get(&id)
}

/// Returns the id of the list in the path.
fn known(account: &Account, call: &Call) -> Result<String, Refusal> {
    let id = account.project_id(call.path("projectId"));
    if account.has_project(&id) { Ok(id) } else { Err(Refusal::no_project()) }
}

fn columns_of(account: &Account, project: &str) -> Vec<Object> {
    let columns = account.columns.live().map(|row| row.object());
    columns.filter(|column| column.text("projectId").as_deref() == Some(project)).collect()
}
