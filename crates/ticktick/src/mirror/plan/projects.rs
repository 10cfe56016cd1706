//! Plans of writes that delete projects, which also delete their columns and move their tasks to the trash.

use rusqlite::Connection;

use super::{Item, Plan};
use crate::mirror::action::ChangeAction;
use crate::mirror::kind::Kind;
use crate::mirror::store::Sql;

/// Adds the contents of the projects that a batch deletes to its plan.
///
/// The next refresh shows where the tasks are, so only the journal keeps them.
pub(super) fn with_contents(connection: &Connection, mut plan: Plan) -> Sql<Plan> {
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
