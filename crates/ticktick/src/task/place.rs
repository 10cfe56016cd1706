//! Moving tasks to another project or column, and duplicating them.

use ticktick_models::{AsId, ColumnId, ProjectId, Task, TaskId};

use super::change::change;
use super::relocate::{self, Subtasks};
use super::{TaskManager, new_ids};
use crate::{Error, id, write};

impl TaskManager<'_> {
    /// Moves a task with all its subtasks to a project and returns the updated task.
    ///
    /// Keeps the ids and the structure below the task. The task leaves its column and is detached from its parent,
    /// which is not moved. The id `inbox` names the inbox of any account. If the task is already in the project, it is
    /// not changed.
    ///
    /// `GET /api/v2/task/{taskId}`; for a parent `GET /api/v2/project/{projectId}/tasks` and `GET /api/v2/task/{taskId}`
    /// for each closed child; for a child `POST /api/v2/batch/taskParent`; then `POST /api/v2/batch/taskProject`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Batch`] if the service refuses one of the tasks, for example because the project is full, and
    /// [`Error::Unfinished`] if the task was detached from its parent but not moved.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Paint the wall".into()).await?;
    /// use ticktick::ProjectDraft;
    ///
    /// let home = client.project().create(ProjectDraft::new("Home")).await?;
    /// let task = client.task().move_to(&task, &home).await?;
    /// assert_eq!(task.project_id, home.id);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_to(self, task: impl AsId<TaskId>, project: impl AsId<ProjectId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let to = self.client.project_id(project).await?;
        relocate::move_to(self.client, &task, &to, Subtasks::Follow).await
    }

    /// Moves a task to a project without its subtasks and returns the updated task.
    ///
    /// Its subtasks stay in their project and become top-level tasks. Otherwise like [`move_to`](Self::move_to).
    ///
    /// `GET /api/v2/task/{taskId}`; for a child `POST /api/v2/batch/taskParent`; then
    /// `POST /api/v2/batch/taskProject`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`move_to`](Self::move_to).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Paint the wall".into()).await?;
    /// # let child = client.task().create_under(&task, "Buy paint".into()).await?;
    /// use ticktick::ProjectDraft;
    ///
    /// let home = client.project().create(ProjectDraft::new("Home")).await?;
    /// let task = client.task().move_without_subtasks(&task, &home).await?;
    /// assert_ne!(client.task().get(&child.id).await?.project_id, task.project_id);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_without_subtasks(
        self,
        task: impl AsId<TaskId>,
        project: impl AsId<ProjectId>,
    ) -> Result<Task, Error> {
        let task = id::of(task)?;
        let to = self.client.project_id(project).await?;
        relocate::move_to(self.client, &task, &to, Subtasks::Stay).await
    }

    /// Puts a task into a column of its project and returns the updated task.
    ///
    /// If the task is already in the column, it is not changed.
    ///
    /// `GET /api/v2/task/{taskId}`, `GET /api/v2/column/project/{projectId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the column was deleted or belongs to another project.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let tasks = client.task().list().await?;
    /// # let task = tasks.iter().find(|task| task.title == "Legal notice").expect("part of the demo");
    /// let columns = client.column().list_by_project(&task.project_id).await?;
    /// let task = client.task().move_to_column(task, &columns[0]).await?;
    /// assert_eq!(task.column_id, columns[0].id);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_to_column(self, task: impl AsId<TaskId>, column: impl AsId<ColumnId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let to = id::of(column)?;
        change(self.client, &task, |task| {
            task.column_id = to.into();
            Ok(())
        })
        .await
    }

    /// Creates an open copy of a task in the same project and column and returns it.
    ///
    /// The task, its checklist items and its reminders get new ids. The copy is not pinned and has no parent, subtasks,
    /// comments, attachments or focus times. Everything else is copied, including fields that this version does not
    /// know. The service chooses its position, as for any new task.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// Returns [`Error::Batch`] if the service refuses the copy, for example because the account has reached its limit.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Report".into()).await?;
    /// let copy = client.task().duplicate(&task).await?;
    /// assert_ne!(copy.id, task.id);
    /// assert_eq!(copy.title, task.title);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn duplicate(self, task: impl AsId<TaskId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let mut task = self.get(task).await?;
        new_ids::make_new(&mut task, &mut self.client.ids(), self.client.now());
        write::create(self.client, task).await
    }
}
