//! Projects of the Open API, with their columns, folders and members.

use serde_json::json;
use ticktick_models::{Object, OpenColumnDraft, OpenGroupDraft, OpenProjectDraft, OpenProjectPatch};

use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::open::found::refusal;
use crate::open::{body, row, view};
use crate::world::account::Account;
use crate::world::fields::Fields;

/// Members that a client writes.
const WRITTEN: &[&str] = &["name", "color", "sortOrder", "viewMode", "kind"];

/// Members that a client can change. The folder is not documented, but the service accepts it.
const CHANGED: &[&str] = &["name", "color", "sortOrder", "viewMode", "kind", "groupId"];

/// Maximum and default number of projects in a response.
const PAGE: i64 = 200;

/// Distance between the positions of columns.
const STEP: i64 = 1 << 40;

/// Returns a page of projects, without the inbox.
pub(super) fn list(account: &Account, call: &Call) -> Answer {
    let offset = call.number("offset", 0)?.max(0);
    let limit = Some(call.number("limit", PAGE)?).filter(|limit| *limit >= 0).unwrap_or(PAGE).min(PAGE);
    let rows = account.projects.live().skip(size(offset)).take(size(limit));
    view::list(rows.map(|row| view::project(&row.object())))
}

fn size(number: i64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Returns a project. Unlike in other operations, an unknown project is 404.
pub(super) fn get(account: &Account, call: &Call) -> Answer {
    let project = find(account, call.path("projectId")).ok_or(Refusal::new(404, "project_not_found"))?;
    Ok(Reply::json(&view::project(&project)))
}

/// Returns a project with its open tasks and its columns, or an empty object if the project is unknown.
pub(super) fn data(account: &Account, call: &Call) -> Answer {
    let Some(project) = find(account, call.path("projectId")) else {
        return Ok(Reply::json(&json!({})));
    };
    let id = project.text("id").unwrap_or_default();
    let open = account.tasks.live().filter(|row| row.head.is_open() && *row.head.project == *id);
    let tasks: Vec<Object> = open.map(|row| row::task(account, row)).collect();
    Ok(Reply::json(&json!({
        "project": view::project(&project),
        "tasks": tasks,
        "columns": columns_of(account, &id).iter().map(view::column).collect::<Vec<_>>(),
    })))
}

/// Creates a project. A name that is too long is truncated; an empty one and a malformed color are refused.
pub(super) fn create(account: &mut Account, call: &Call) -> Answer {
    let mut sent = body::picked(&body::read::<OpenProjectDraft>(call, &[])?, WRITTEN);
    if sent.word("name").is_none() || sent.word("color").is_some_and(|color| !is_color(&color)) {
        return Err(Refusal::senseless());
    }
    body::cut_name(&mut sent);
    let (id, _) = account.add_project(&sent, call.now).map_err(|(_, code)| refusal(code))?;
    Ok(Reply::json(&view::project(&account.projects.get(&id).unwrap_or_default())))
}

/// Returns `true` if a text is a color such as `#F18181`.
fn is_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    matches!(digits.len(), 3 | 6 | 8) && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

pub(super) fn update(account: &mut Account, call: &Call) -> Answer {
    let mut sent = body::picked(&body::read::<OpenProjectPatch>(call, &[])?, CHANGED);
    body::cut_name(&mut sent);
    let id = call.path("projectId");
    // The complete object, because an update of the private API may remove what it omits.
    let mut project = account.projects.get(id).ok_or_else(Refusal::no_project)?;
    project.merge(sent);
    account.update_project(&project, call.now);
    Ok(Reply::json(&view::project(&account.projects.get(id).unwrap_or_default())))
}

/// Deletes a project. One that does not exist is not an error.
pub(super) fn delete(account: &mut Account, call: &Call) -> Answer {
    account.delete_project(call.path("projectId"), call.now);
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
    body::cut_name(&mut column);
    column.put("sortOrder", last.map_or(0, |last| last.saturating_add(STEP)));
    column.put("projectId", project);
    let (id, _) = account.add_column(&column, call.now).map_err(|(_, code)| refusal(code))?;
    Ok(Reply::json(&view::column(&account.columns.get(&id).unwrap_or_default())))
}

/// Renames a column. The response is empty if there is no such column in the project.
pub(super) fn update_column(account: &mut Account, call: &Call) -> Answer {
    let mut sent = body::picked(&body::read::<OpenColumnDraft>(call, &[])?, &["name"]);
    body::cut_name(&mut sent);
    let (project, id) = (account.project_id(call.path("projectId")), call.path("columnId"));
    let is_here = |column: &Object| column.text("projectId").as_ref() == Some(&project);
    let Some(mut column) = account.columns.get(id).filter(is_here) else {
        return Ok(Reply::empty());
    };
    column.merge(sent);
    account.add_column(&column, call.now).map_err(|(_, code)| refusal(code))?;
    Ok(Reply::json(&view::column(&account.columns.get(id).unwrap_or_default())))
}

pub(super) fn list_groups(account: &Account) -> Answer {
    view::list(account.groups.live().map(|row| view::group(&row.object())))
}

pub(super) fn create_group(account: &mut Account, call: &Call) -> Answer {
    let group = sent_group(call)?;
    Ok(Reply::json(&view::group(&save_group(account, &group, call)?)))
}

/// Renames a folder, or creates it if it does not exist. The response lacks the position.
pub(super) fn update_group(account: &mut Account, call: &Call) -> Answer {
    let sent = sent_group(call)?;
    let id = call.path("groupId");
    let mut group = account.groups.get(id).unwrap_or_default();
    group.put("id", id);
    group.merge(sent);
    let mut view = view::group(&save_group(account, &group, call)?);
    view.remove("sortOrder");
    Ok(Reply::json(&view))
}

/// Reads the name of a folder. Unlike for projects, a name that is too long is refused.
fn sent_group(call: &Call) -> Result<Object, Refusal> {
    let group = body::picked(&body::read::<OpenGroupDraft>(call, &[])?, &["name"]);
    let name = group.word("name").filter(|name| !body::is_long(name));
    name.map(|_| group).ok_or_else(Refusal::senseless)
}

fn save_group(account: &mut Account, group: &Object, call: &Call) -> Result<Object, Refusal> {
    let (id, _) = account.add_group(group, call.now).map_err(|(_, code)| refusal(code))?;
    Ok(account.groups.get(&id).unwrap_or_default())
}

/// Deletes a folder, if it exists. As in the private API, its projects keep its id.
pub(super) fn delete_group(account: &mut Account, call: &Call) -> Answer {
    let stamp = account.stamp(call.now);
    account.groups.remove(call.path("groupId"), stamp);
    Ok(Reply::empty())
}

/// Returns the members of a project. A project that is not shared has only its owner.
pub(super) fn members(account: &Account, call: &Call) -> Answer {
    let people = account.people(&known(account, call)?);
    view::list(people.iter().map(|person| {
        json!({
            "username": person.username,
            "displayName": person.username.split('@').next(),
            "self": person.user_id == account.user_id,
        })
    }))
}

/// Returns a project. The inbox is found by its id and by the word `inbox`.
fn find(account: &Account, named: &str) -> Option<Object> {
    let id = account.project_id(named);
    if id == account.inbox_id {
        let inbox = json!({ "id": id, "name": "Inbox", "sortOrder": 0, "viewMode": "list", "kind": "TASK" });
        return Object::encode(&inbox).ok();
    }
    account.projects.get(&id)
}

/// Returns the id of the project in the path.
fn known(account: &Account, call: &Call) -> Result<String, Refusal> {
    let id = account.project_id(call.path("projectId"));
    if account.has_project(&id) { Ok(id) } else { Err(Refusal::no_project()) }
}

fn columns_of(account: &Account, project: &str) -> Vec<Object> {
    let columns = account.columns.live().map(|row| row.object());
    columns.filter(|column| column.text("projectId").as_deref() == Some(project)).collect()
}
