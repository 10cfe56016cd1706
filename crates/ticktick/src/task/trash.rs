//! Listing, restoring and emptying the trash.

use std::borrow::Borrow;
use std::collections::{BTreeSet, HashSet};

use ticktick_models::{AsId, BatchAnswer, DeletedState, ProjectId, Task, TaskId, TaskRef};
use ticktick_raw::{self as raw, op};

use super::step::Step;
use super::{TaskManager, resource, send};
use crate::turn::Claim;
use crate::workaround::trash_shapes;
use crate::{Error, id, write};

/// Number of rows in a page; a shorter page is the last one.
const PAGE: usize = 50;

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
        let (mut tasks, mut seen) = (Vec::new(), HashSet::new());
        let mut options = raw::task::TrashOptions::default();
        options.limit = i64::try_from(PAGE).ok();
        loop {
            let (page, next) = trash_shapes::read(raw::task::trash(self.client.wire(), &options).await?)?;
            let (rows, before) = (page.len(), tasks.len());
            tasks.extend(page.into_iter().filter(|task: &Task| seen.insert(task.id.clone())));
            if rows < PAGE || tasks.len() == before || next.is_none() {
                return Ok(tasks);
            }
            options.start = next;
        }
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
    /// This call is reported by one source only and its answer is unknown, so each task is read before and after.
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
        let _turn = self.client.turn(ids.iter().fold(Claim::default(), Claim::and::<Task>)).await;
        let mut body = Vec::with_capacity(ids.len());
        for id in ids {
            let project = resource::with_trash(self.client, &id).await?.project_id;
            body.push(TaskRef::new(id, project));
        }
        if body.is_empty() {
            return Ok(());
        }
        let mut options = raw::task::DeleteWithBodyOptions::default();
        options.deleteforever = Some(true);
        let answer = raw::task::delete_with_body(self.client.wire(), &body, &options).await?;
        // The form of the answer is undocumented, but a recognizable refusal is reported.
        let answer = answer.and_then(|json| json.decode::<BatchAnswer>().ok()).unwrap_or_default();
        write::check_deleted(&op::TASK_DELETE_WITH_BODY, &answer)?;
        for TaskRef { task_id, .. } in body {
            match resource::with_trash(self.client, &task_id).await {
                Err(Error::NotFound { .. }) => {}
                Ok(task) if task.deleted == DeletedState::Forever => {}
                Ok(_) => {
                    let operation = op::TASK_DELETE_WITH_BODY.id;
                    return Err(Error::NotApplied { operation, id: task_id.to_string() });
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
