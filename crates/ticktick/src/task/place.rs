//! Where tasks stand: project and column.

use ticktick_models::{AsId, ColumnId, Field, ProjectId, Task, TaskId};

use super::step::Step;
use super::{TaskManager, parent, send};
use crate::turn::Claim;
use crate::workaround::{parent_unset_by_old_parent, task_move_leaves_children};
use crate::{Client, Error, id};

impl TaskManager<'_> {
    /// Moves a task to a project, with everything below it, and returns it as it is now.
    ///
    /// Ids stay, and so does the order of the family. A task that stands below another one leaves its parent, which
    /// stays where it is, and any task leaves its column. The id `inbox` is the inbox of any account. A task that is
    /// there already stays as it is.
    ///
    /// `GET /api/v2/task/{taskId}`; for a parent `GET /api/v2/project/{projectId}/tasks` and `GET /api/v2/task/{taskId}`
    /// for each closed child; for a child `POST /api/v2/batch/taskParent`; then `POST /api/v2/batch/taskProject`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if it is gone; [`Error::Batch`] if one of the tasks is refused, such as for want of room;
    /// [`Error::Unfinished`] if it left its parent and was not moved.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// use ticktick::ProjectId;
    ///
    /// let task = client.task().move_to(&task, ProjectId::from("inbox")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn move_to(self, task: impl AsId<TaskId>, project: impl AsId<ProjectId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let to = self.client.project_id(project).await?;
        let _turn = self.client.turn(Claim::one::<Task>(&task)).await;
        let root = self.get(task).await?;
        if root.project_id == to {
            return Ok(root);
        }
        let below = task_move_leaves_children::below(self.client, &root).await?;
        relocate(self.client, root, below, &to).await
    }

    /// Moves a task to a project without what is below it, and returns it as it is now.
    ///
    /// Its children stay in their project and stand on their own. Otherwise it is as [`move_to`](Self::move_to).
    ///
    /// `GET /api/v2/task/{taskId}`; for a child `POST /api/v2/batch/taskParent`; then
    /// `POST /api/v2/batch/taskProject`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if it is gone; [`Error::Batch`] if it is refused, such as for want of room;
    /// [`Error::Unfinished`] if it left its parent and was not moved.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// use ticktick::ProjectId;
    ///
    /// let task = client.task().move_without_subtasks(&task, ProjectId::from("65f0a1b2c3d4e5f6a7b8c9d0")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn move_without_subtasks(
        self,
        task: impl AsId<TaskId>,
        project: impl AsId<ProjectId>,
    ) -> Result<Task, Error> {
        let task = id::of(task)?;
        let to = self.client.project_id(project).await?;
        let _turn = self.client.turn(Claim::one::<Task>(&task)).await;
        let root = self.get(task).await?;
        if root.project_id == to {
            return Ok(root);
        }
        relocate(self.client, root, Vec::new(), &to).await
    }

    /// Puts a task into a column of its project, and returns it as it is now.
    ///
    /// One that is in the column already stays as it is.
    ///
    /// `GET /api/v2/task/{taskId}`, `GET /api/v2/column/project/{projectId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the task does not exist; [`Error::InvalidInput`] if the column was deleted or belongs to another
    /// project; [`Error::NotApplied`] if the service took the call and stored nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// use ticktick::column::ColumnId;
    ///
    /// let task = client.task().move_to_column(&task, ColumnId::from("65f0a1b2c3d4e5f6a7b8c9d0")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn move_to_column(self, task: impl AsId<TaskId>, column: impl AsId<ColumnId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let to = id::of(column)?;
        self.change(&task, |task| {
            task.column_id = to.into();
            Ok(())
        })
        .await
    }
}

/// Moves a task and the given ones below it to another project, out from under its parent.
pub(super) async fn relocate(client: &Client, mut root: Task, below: Vec<Task>, to: &ProjectId) -> Result<Task, Error> {
    let left = parent_unset_by_old_parent::leave(&root);
    if let Some(link) = &left {
        parent::send(client, link).await?;
        root.parent_id = Field::Absent;
    }
    let id = root.id.clone();
    let steps = std::iter::once(root).chain(below).map(|task| Step::relocate(task, to.clone())).collect();
    let moved = send::together(client, steps).await.map_err(|error| match left {
        Some(_) => error.unfinished(&id, "is out from under its parent, but was not moved"),
        None => error,
    })?;
    // As many tasks came back as were sent, the first one first.
    moved.into_iter().next().ok_or_else(|| Error::not_found("task", &id))
}
