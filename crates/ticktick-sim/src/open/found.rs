//! Finds tasks by project and id, and converts refusals.

use ticktick_models::Object;

use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::open::row;
use crate::world::account::Account;
use crate::world::book::task::TaskHead;
use crate::world::item::{NO_PERMISSION, NO_PROJECT, NO_TASK, OVER_QUOTA, SENSELESS};
use crate::world::store::Row;

/// Returns a task of the given project. If the project was deleted, the service fails.
pub(crate) fn in_project<'a>(
    account: &'a Account,
    project: &str,
    id: &str,
) -> Result<Option<&'a Row<TaskHead>>, Refusal> {
    let project = account.project_id(project);
    let row = account.tasks.row(id).filter(|row| *row.head.project == *project);
    if row.is_some() && !account.has_project(&project) { Err(Refusal::senseless()) } else { Ok(row) }
}

/// Returns a task of the given project, unless it is in the trash.
pub(crate) fn live(account: &Account, project: &str, id: &str) -> Result<Option<Object>, Refusal> {
    let row = in_project(account, project, id)?.filter(|row| !row.head.is_trashed());
    Ok(row.map(Row::object))
}

/// Returns a task of the given project, or refuses the request if it does not exist.
pub(crate) fn known(account: &Account, project: &str, id: &str) -> Result<Object, Refusal> {
    live(account, project, id)?.ok_or_else(Refusal::no_task)
}

/// Returns a task. The response is empty if the task is not in the project or in the trash.
pub(crate) fn shown(account: &Account, project: &str, id: &str) -> Answer {
    let found = in_project(account, project, id)?.filter(|row| !row.head.is_trashed());
    Ok(found.map_or_else(Reply::empty, |found| Reply::json(&row::task(account, found))))
}

/// Converts the code of a refused item to a refusal of the request.
pub(crate) fn refusal(code: &str) -> Refusal {
    match code {
        NO_TASK => Refusal::no_task(),
        NO_PROJECT => Refusal::no_project(),
        OVER_QUOTA => Refusal::new(500, "exceed_quota"),
        NO_PERMISSION => Refusal::new(500, "no_project_permission"),
        _ => Refusal::new(500, SENSELESS),
    }
}
