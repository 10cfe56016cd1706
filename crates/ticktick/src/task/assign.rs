//! Assigning tasks of shared projects.

use ticktick_models::Task;

use super::{TaskManager, assignee};
use crate::Error;

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
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// let task = client.task().assign(&task, 120_295_392).await?;
    /// # Ok(())
    /// # }
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
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// client.task().unassign(&task).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn unassign(self, task: &Task) -> Result<Task, Error> {
        assignee::assign(self.client, task, assignee::NOBODY).await
    }
}
