//! Who does a task of a shared project.

use std::slice;

use ticktick_models::{AssignTask, BatchAnswer, Task};
use ticktick_raw::{self as raw, op};

use super::{TaskManager, resource};
use crate::workaround::batch_item_errors;
use crate::{Error, write};

/// Stands for nobody.
const NOBODY: i64 = -1;

impl TaskManager<'_> {
    /// Gives a task of a shared project to a member, by user id, and returns it as it is stored.
    ///
    /// What the service answers is not known, so the task is read afterwards.
    ///
    /// `POST /api/v2/task/assign`, then `GET /api/v2/task/{taskId}`
    ///
    /// # Errors
    ///
    /// [`Error::Raw`] as the service refuses it, such as for a project that is not shared; [`Error::NotApplied`] if it
    /// took the call and stored nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// let task = client.task().assign(&task, 120_295_392).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn assign(self, task: &Task, user: i64) -> Result<Task, Error> {
        let project = self.client.real_id(&task.project_id).await?;
        let body = AssignTask::new(user.to_string(), project, task.id.clone());
        let read = || async {
            let found = resource::get(self.client, &task.id).await;
            found.map(|task| Some(task).filter(|task| has(task, user)))
        };
        let answer = write::perform(
            self.client,
            || raw::task::assign(self.client.wire(), slice::from_ref(&body)),
            || async { Ok(read().await?.map(|_| None)) },
        );
        let answer = answer.await?.and_then(|json| json.decode::<BatchAnswer>().ok()).unwrap_or_default();
        batch_item_errors::check(&op::TASK_ASSIGN, &answer)?;
        let not_applied = || Error::NotApplied { operation: op::TASK_ASSIGN.id, id: task.id.to_string() };
        read().await?.ok_or_else(not_applied)
    }

    /// Takes a task of a shared project from whoever has it, and returns it as it is stored.
    ///
    /// `POST /api/v2/task/assign`, then `GET /api/v2/task/{taskId}`
    ///
    /// # Errors
    ///
    /// Those of [`assign`](Self::assign).
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// client.task().unassign(&task).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn unassign(self, task: &Task) -> Result<Task, Error> {
        self.assign(task, NOBODY).await
    }
}

/// Tells whether a task is somebody's; nobody is null or -1.
fn has(task: &Task, user: i64) -> bool {
    task.assignee.copied().unwrap_or(NOBODY) == user
}
