//! Assigning tasks of shared projects.

use std::slice;

use ticktick_models::{AssignTask, BatchAnswer, ProjectId, Task};
use ticktick_raw::{self as raw, op};

use super::{TaskManager, resource};
use crate::error::MEMBER;
use crate::turn::Claim;
use crate::workaround::batch_item_errors;
use crate::{Error, write};

/// The assignee id that means nobody.
const NOBODY: i64 = -1;

impl TaskManager<'_> {
    /// Assigns a task of a shared project to a member, by user id, and returns it as stored.
    ///
    /// The service's answer is not documented, so the task is read afterwards.
    ///
    /// `POST /api/v2/task/assign`, then `GET /api/v2/task/{taskId}`
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotFound`] if the user is not a member of the project.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # use ticktick::TaskDraft;
    /// # let projects = client.project().list().await?;
    /// # let family = projects.iter().find(|project| project.name == "Family").expect("part of the demo");
    /// # let task = client.task().create(TaskDraft::new("Cook").project(family)).await?;
    /// # let members = client.project().members(family).await?;
    /// # let ada = members.iter().find(|member| member.is_owner != true).expect("the guest");
    /// # let user = ada.user_id.copied().expect("the guest's number");
    ///
    /// let task = client.task().assign(&task, user).await?;
    /// assert_eq!(task.assignee, user);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn assign(self, task: &Task, user: i64) -> Result<Task, Error> {
        let project = self.client.real_id(&task.project_id).await?;
        let body = AssignTask::new(user.to_string(), project, task.id.clone());
        let _turn = self.client.turn(Claim::one::<Task>(&task.id)).await;
        let read = || async {
            let found = resource::get(self.client, &task.id).await;
            found.map(|task| Some(task).filter(|task| has(task, user)))
        };
        let answer = write::perform(
            self.client,
            || raw::task::assign(self.client.wire(), slice::from_ref(&body)),
            || async { Ok(read().await?.map(|_| None)) },
        );
        let answer = match answer.await {
            // The service does not say what is missing.
            Err(error)
                if error.may_be_missing() && user != NOBODY && !self.has_member(&task.project_id, user).await =>
            {
                return Err(Error::not_found(MEMBER, &user));
            }
            answer => answer?,
        };
        let answer = answer.and_then(|json| json.decode::<BatchAnswer>().ok()).unwrap_or_default();
        batch_item_errors::check(&op::TASK_ASSIGN, &answer)?;
        let not_applied = || Error::NotApplied { operation: op::TASK_ASSIGN.id, id: task.id.to_string() };
        read().await?.ok_or_else(not_applied)
    }

    /// Removes the assignee of a task of a shared project and returns the task as stored.
    ///
    /// `POST /api/v2/task/assign`, then `GET /api/v2/task/{taskId}`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # use ticktick::TaskDraft;
    /// # let projects = client.project().list().await?;
    /// # let family = projects.iter().find(|project| project.name == "Family").expect("part of the demo");
    /// # let task = client.task().create(TaskDraft::new("Cook").project(family)).await?;
    /// # let members = client.project().members(family).await?;
    /// # let user = members.iter().find(|member| member.is_owner != true).and_then(|ada| ada.user_id.copied()).expect("the guest");
    /// let task = client.task().assign(&task, user).await?;
    /// let task = client.task().unassign(&task).await?;
    /// assert_ne!(task.assignee, user);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn unassign(self, task: &Task) -> Result<Task, Error> {
        self.assign(task, NOBODY).await
    }

    /// Returns whether a user is a member of a project, or may be one because the members cannot be read.
    async fn has_member(self, project: &ProjectId, user: i64) -> bool {
        let Ok(project) = self.client.real_id(project).await else { return true };
        let members = raw::project::users(self.client.wire(), &project).await;
        members.map_or(true, |members| members.iter().any(|member| member.user_id == user))
    }
}

/// Returns whether a task is assigned to this user; nobody is null or -1.
fn has(task: &Task, user: i64) -> bool {
    task.assignee.copied().unwrap_or(NOBODY) == user
}
