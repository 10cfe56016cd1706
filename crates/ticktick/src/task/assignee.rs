//! Sets the assignee of a task and checks that it was stored.

use std::slice;

use ticktick_models::{AssignTask, BatchAnswer, ProjectId, Task};
use ticktick_raw::{self as raw, op};

use super::resource;
use crate::error::MEMBER;
use crate::turn::Claim;
use crate::workaround::batch_item_errors;
use crate::{Client, Error, write};

/// The assignee id that means nobody.
pub(super) const NOBODY: i64 = -1;

/// Assigns a task to a user, or to [`NOBODY`].
pub(super) async fn assign(client: &Client, task: &Task, user: i64) -> Result<Task, Error> {
    if task.project_id.is_inbox() {
        return Err(Error::Unsupported {
            what: "assigning the task",
            why: "it is in the inbox, which cannot be shared\nhint: move it to a shared project first".into(),
        });
    }
    let project = client.real_id(&task.project_id).await?;
    let body = AssignTask::new(user.to_string(), project, task.id.clone());
    let _turn = client.turn(Claim::one::<Task>(&task.id)).await;
    let read = || async {
        let found = resource::get(client, &task.id).await;
        found.map(|task| Some(task).filter(|task| has(task, user)))
    };
    let answer = write::perform(
        client,
        || raw::task::assign(client.wire(), slice::from_ref(&body)),
        || async { Ok(read().await?.map(|_| None)) },
    );
    let answer = match answer.await {
        // The service does not say what is missing.
        Err(error) if error.may_be_missing() && user != NOBODY && !has_member(client, &task.project_id, user).await => {
            return Err(Error::not_found(MEMBER, &user));
        }
        answer => answer?,
    };
    let answer = answer.and_then(|json| json.decode::<BatchAnswer>().ok()).unwrap_or_default();
    batch_item_errors::check(&op::TASK_ASSIGN, &answer)?;
    let not_applied = || Error::NotApplied { operation: op::TASK_ASSIGN.id, id: task.id.to_string() };
    read().await?.ok_or_else(not_applied)
}

/// Returns whether a user is a member of a project, or may be one because the members cannot be read.
async fn has_member(client: &Client, project: &ProjectId, user: i64) -> bool {
    let Ok(project) = client.real_id(project).await else { return true };
    let members = raw::project::users(client.wire(), &project).await;
    members.map_or(true, |members| members.iter().any(|member| member.user_id == user))
}

/// Returns whether a task is assigned to this user; nobody is null or -1.
fn has(task: &Task, user: i64) -> bool {
    task.assignee.copied().unwrap_or(NOBODY) == user
}
