//! The order of tasks in a project.

use ticktick_models::{AsId, Task, TaskId};

use super::{TaskManager, reorder};
use crate::order::Place;
use crate::{Error, id};

impl TaskManager<'_> {
    /// Moves a task directly above another open task of its project and returns the updated task.
    ///
    /// Changes the order within the whole project, so the new order applies to the list and to each column. To change
    /// the column, use [`move_to_column`](Self::move_to_column). If no position is free between the neighbors, they get
    /// new positions in the same call. If the task is already there, it is not changed.
    ///
    /// `GET /api/v2/project/{projectId}/tasks`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] unless both tasks are open and in the project of `neighbor`.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let first = client.task().create("First".into()).await?;
    /// let second = client.task().create("Second".into()).await?;
    /// let second = client.task().move_before(&second, &first).await?;
    /// assert!(second.sort_order < client.task().get(&first).await?.sort_order);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_before(self, task: impl AsId<TaskId>, neighbor: impl AsId<TaskId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let (project, neighbor) = (neighbor.known_project(), id::of(neighbor)?);
        reorder::reorder(self.client, &task, project, Place::Before(&neighbor)).await
    }

    /// Moves a task directly below another open task of its project and returns the updated task.
    ///
    /// Otherwise like [`move_before`](Self::move_before).
    ///
    /// `GET /api/v2/project/{projectId}/tasks`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`move_before`](Self::move_before).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let first = client.task().create("First".into()).await?;
    /// let second = client.task().create("Second".into()).await?;
    /// let first = client.task().move_after(&first, &second).await?;
    /// assert!(first.sort_order > client.task().get(&second).await?.sort_order);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_after(self, task: impl AsId<TaskId>, neighbor: impl AsId<TaskId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let (project, neighbor) = (neighbor.known_project(), id::of(neighbor)?);
        reorder::reorder(self.client, &task, project, Place::After(&neighbor)).await
    }

    /// Moves an open task to the top of its project and returns the updated task.
    ///
    /// `GET /api/v2/project/{projectId}/tasks`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the task is not open, or is no longer in that project.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let first = client.task().create("First".into()).await?;
    /// let second = client.task().create("Second".into()).await?;
    /// let second = client.task().move_to_top(&second).await?;
    /// assert!(second.sort_order < client.task().get(&first).await?.sort_order);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_to_top(self, task: impl AsId<TaskId>) -> Result<Task, Error> {
        let (project, task) = (task.known_project(), id::of(task)?);
        reorder::reorder(self.client, &task, project, Place::Top).await
    }

    /// Moves an open task to the bottom of its project and returns the updated task.
    ///
    /// `GET /api/v2/project/{projectId}/tasks`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`move_to_top`](Self::move_to_top).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let first = client.task().create("First".into()).await?;
    /// let second = client.task().create("Second".into()).await?;
    /// let first = client.task().move_to_bottom(&first).await?;
    /// assert!(first.sort_order > client.task().get(&second).await?.sort_order);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_to_bottom(self, task: impl AsId<TaskId>) -> Result<Task, Error> {
        let (project, task) = (task.known_project(), id::of(task)?);
        reorder::reorder(self.client, &task, project, Place::Bottom).await
    }
}
