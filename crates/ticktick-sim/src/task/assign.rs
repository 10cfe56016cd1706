//! Assigns tasks of shared lists to members.

use serde::Deserialize;

use crate::account::Account;
use crate::batch::{Item, NO_TASK, Outcome, list};
use crate::call::Call;
use crate::fields::{Fields, wire};
use crate::refusal::Refusal;
use crate::reply::Answer;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assignment {
    /// A number, written as text; -1 means unassigned.
    assignee: String,
    project_id: String,
    task_id: String,
}

/// Assigns all tasks or, where one of their lists is not shared or the person no member of it, none.
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
        outcome.note(account.assign(task, &project, assignee, call));
    }
    Ok(outcome.reply())
}

impl Account {
    fn assign(&mut self, id: String, project: &str, assignee: i64, call: &Call) -> Item {
        let is_here = self.tasks.row(&id).is_some_and(|row| *row.head.project == *project && !row.head.is_trashed());
        let Some(mut task) = self.tasks.get(&id).filter(|_| is_here) else {
            return Err((id, NO_TASK));
        };
        task.put("assignee", assignee);
        task.put("modifiedTime", wire(call.now));
        Ok((id, self.save_task(task, call.now)))
    }
}
