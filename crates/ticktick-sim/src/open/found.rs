//! Tasks by their list and id, and refusals.

use ticktick_models::Object;

use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::open::row;
use crate::world::account::Account;
use crate::world::book::task::TaskHead;
use crate::world::item::{NO_PERMISSION, NO_PROJECT, NO_TASK, OVER_QUOTA, SENSELESS};
use crate::world::store::Row;

/// Returns a task of the list that was named. A task whose list was deleted is a failure of the service.
pub(crate) fn in_list<'a>(account: &'a Account, project: &str, id: &str) -> Result<Option<&'a Row<TaskHead>>, Refusal> {
    let project = account.project_id(project);
    let row = account.tasks.row(id).filter(|row| *row.head.project == *project);
    if row.is_some() && !account.has_project(&project) { Err(Refusal::senseless()) } else { Ok(row) }
}

/// Returns a task of the list that was named, unless it is in the trash.
pub(crate) fn live(account: &Account, project: &str, id: &str) -> Result<Option<Object>, Refusal> {
    let row = in_list(account, project, id)?.filter(|row| !row.head.is_trashed());
    Ok(row.map(Row::object))
}

/// Returns a task of the list that was named, and refuses the request if there is none.
pub(crate) fn known(account: &Account, project: &str, id: &str) -> Result<Object, Refusal> {
    live(account, project, id)?.ok_or_else(Refusal::no_task)
}

/// Answers a task, or nothing if there is no such task in the list or if it is in the trash.
pub(crate) fn shown(account: &Account, project: &str, id: &str) -> Answer {
    let found = in_list(account, project, id)?.filter(|row| !row.head.is_trashed());
    Ok(found.map_or_else(Reply::empty, |found| Reply::json(&row::task(account, found))))
}

/// Refuses a request for the reason that one item of a batch would be refused for.
pub(crate) fn refusal(code: &str) -> Refusal {
    match code {
        NO_TASK => Refusal::no_task(),
        NO_PROJECT => Refusal::no_project(),
        OVER_QUOTA => Refusal::new(500, "exceed_quota"),
        NO_PERMISSION => Refusal::new(500, "no_project_permission"),
        _ => Refusal::new(500, SENSELESS),
    }
}
