//! Assigns tasks of shared projects to members.

use serde::Deserialize;

use crate::exchange::batch::{Outcome, list};
use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::world::account::Account;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assignment {
    /// A number as text; -1 for unassigned.
    assignee: String,
    project_id: String,
    task_id: String,
}

/// Assigns all tasks. If a project is not shared or the assignee is not a member, no task is assigned.
pub(super) fn assign_all(account: &mut Account, call: &Call) -> Answer {
    let sent: Vec<Assignment> = list(call)?;
    let mut checked = Vec::new();
    for assignment in sent {
        let project = account.project_id(&assignment.project_id);
        let assignee: i64 = assignment.assignee.parse().map_err(|_| Refusal::senseless())?;
        let is_member = assignee == -1 || account.sharing.is_member(&project, assignee);
        if !account.sharing.is_shared(&project) || !is_member {
            return Err(Refusal::senseless());
        }
        account.may_write(&project, "").map_err(|_| Refusal::new(500, "no_project_permission"))?;
        checked.push((assignment.task_id, project, assignee));
    }
    let mut outcome = Outcome::default();
    for (task, project, assignee) in checked {
        outcome.note(account.assign(task, &project, assignee, call.now));
    }
    Ok(outcome.reply())
}
