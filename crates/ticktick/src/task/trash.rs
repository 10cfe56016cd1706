//! Listing, restoring and emptying the trash.

use std::borrow::Borrow;
use std::collections::BTreeSet;

use ticktick_models::{AsId, ProjectId, Task, TaskId};
use ticktick_raw as raw;

use super::step::Step;
use super::{TaskManager, deleted, send};
use crate::{Error, id};

impl TaskManager<'_> {
    /// Lists all tasks in the trash, most recently deleted first.
    ///
    /// `GET /api/v2/project/all/trash/pagination`, once for each 50 tasks
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] if the service sends the trash in an unknown form.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let trash = client.task().trash().await?;
    /// assert_eq!(trash[0].title, "Cancel the gym");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn trash(self) -> Result<Vec<Task>, Error> {
        deleted::list(self.client).await
    }

    /// Restores a task from the trash to its project and returns the updated task.
    ///
    /// If the project was deleted, the service silently puts the task into the inbox, according to one report. To
    /// choose the project, use [`restore_to`](Self::restore_to).
    ///
    /// `POST /api/v2/trash/restore`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let task = client.task().create(ticktick::TaskDraft::new("Call Ada")).await?;
    /// client.task().delete(&task).await?;
    /// let task = client.task().restore(&task).await?;
    /// assert!(!client.task().get(&task).await?.is_deleted());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn restore(self, task: &Task) -> Result<Task, Error> {
        self.restore_to(task, &task.project_id).await
    }

    /// Restores a task from the trash to the given project and returns the updated task.
    ///
    /// The id `inbox` names the inbox of any account.
    ///
    /// `POST /api/v2/trash/restore`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let task = client.task().trash().await?.remove(0);
    /// let task = client.task().restore_to(&task, "inbox").await?;
    /// assert!(task.is_open());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn restore_to(self, task: &Task, project: impl AsId<ProjectId>) -> Result<Task, Error> {
        let to = self.client.project_id(project).await?;
        send::one(self.client, Step::restore(task.clone(), to)).await
    }

    /// Restores tasks from the trash to their projects and returns the updated tasks.
    ///
    /// `POST /api/v2/trash/restore`, once for each 200 tasks
    ///
    /// # Errors
    ///
    /// Returns [`Error::Batch`] with the tasks that the service refused; all others are restored.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let trash = client.task().trash().await?;
    /// client.task().restore_all(&trash).await?;
    /// assert!(client.task().trash().await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn restore_all<T: Borrow<Task>>(self, tasks: impl IntoIterator<Item = T>) -> Result<Vec<Task>, Error> {
        let steps = tasks.into_iter().map(|task| {
            let task = task.borrow();
            Step::restore(task.clone(), task.project_id.clone())
        });
        let steps = steps.collect();
        send::together(self.client, steps).await
    }

    /// Permanently deletes everything in the trash. This cannot be undone, and the client never retries it.
    ///
    /// `DELETE /api/v2/trash/cleanUp`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// client.task().empty_trash().await?;
    /// assert!(client.task().trash().await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn empty_trash(self) -> Result<(), Error> {
        Ok(raw::task::empty_trash(self.client.wire()).await?)
    }

    /// Permanently deletes tasks, wherever they are. This cannot be undone, and the client never retries it.
    ///
    /// This call is reported by one source only and its response is unknown, so each task is read before and after.
    ///
    /// `GET /api/v2/task/{taskId}` for each, `DELETE /api/v2/task`, then `GET /api/v2/task/{taskId}` for each
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotFound`] before any task is deleted if one of them does not exist, and [`Error::NotApplied`]
    /// if a task still exists afterwards.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let old = [client.task().create("Cancel the gym".into()).await?];
    /// client.task().delete_forever(&old).await?;
    /// assert!(client.task().trash().await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn delete_forever<T: AsId<TaskId>>(self, tasks: impl IntoIterator<Item = T>) -> Result<(), Error> {
        let ids = tasks.into_iter().map(id::of).collect::<Result<BTreeSet<TaskId>, _>>()?;
        deleted::purge(self.client, ids).await
    }
}
