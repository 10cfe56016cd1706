//! Assigning tasks of shared projects.

use ticktick_models::Task;

use super::{TaskManager, assignee};
use crate::Error;

impl TaskManager<'_> {
    /// Assigns a task of a shared project to a member, by user id, and returns it as stored.
    ///
    /// The service's response is not documented, so the task is read afterwards.
    ///
    /// `POST /api/v2/task/assign`, then `GET /api/v2/task/{taskId}`
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotFound`] if the user is not a member of the project, and [`Error::Unsupported`] without sending
    /// anything if the task is in the inbox.
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
        assignee::assign(self.client, task, user).await
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
        assignee::assign(self.client, task, assignee::NOBODY).await
    }
}
