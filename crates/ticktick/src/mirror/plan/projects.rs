//! Plans of writes of projects. Deleting one also deletes its columns and moves its tasks to the trash.

use rusqlite::Connection;
use ticktick_models::{FolderId, Json, Object};

use super::{Item, Plan};
use crate::mirror::action::ChangeAction;
use crate::mirror::kind::Kind;
use crate::mirror::store::Sql;
use crate::workaround::leave_folder_by_none;

/// Completes the plan of a batch: adds the contents of the projects that it deletes.
///
/// The next refresh shows where the tasks are, so only the journal keeps them.
pub(super) fn with_contents(connection: &Connection, mut plan: Plan) -> Sql<Plan> {
    for after in plan.items.iter_mut().filter_map(|item| item.after.as_mut()) {
        if let Some(stored) = as_stored(after) {
            *after = stored;
        }
    }
    let deleted: Vec<String> = deleted(&plan).map(ToOwned::to_owned).collect();
    for project in &deleted {
        for (id, before) in contents(connection, Kind::Task, project)? {
            let item = Item::new(Kind::Task, id, ChangeAction::Delete, None);
            plan.items.push(Item { before: Some(before), recorded: true, ..item });
        }
        for (id, before) in contents(connection, Kind::Column, project)? {
            let item = Item::new(Kind::Column, id, ChangeAction::Delete, None);
            plan.items.push(Item { before: Some(before), ..item });
        }
    }
    plan.spreads = !deleted.is_empty();
    Ok(plan)
}

/// Returns a project that was sent in no folder as the service stores it, which differs.
fn as_stored(sent: &str) -> Option<String> {
    let mut project: Object = serde_json::from_str(sent).ok()?;
    let folder = project.get("groupId")?.decode::<FolderId>().ok()?;
    project.set("groupId", Json::null());
    leave_folder_by_none::is_none(&folder).then(|| serde_json::to_string(&project).ok())?
}

/// Returns the ids of the projects that a plan deletes.
pub(super) fn deleted(plan: &Plan) -> impl Iterator<Item = &str> {
    let is_deleted = |item: &&Item| item.kind == Kind::Project && item.action == ChangeAction::Delete;
    plan.items.iter().filter(is_deleted).map(|item| item.id.as_str())
}

/// Returns the objects of a project, except tasks in the trash.
fn contents(connection: &Connection, kind: Kind, project: &str) -> Sql<Vec<(String, String)>> {
    let mut statement = connection.prepare(
        "select id, json from object join raw using (num) \
         where owner = ?2 and kind = ?1 and state is not 'trashed' order by num",
    )?;
    statement.query_map([kind.name(), project], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
