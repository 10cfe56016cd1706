//! Deletes a column whose tasks go to another one.

use ticktick_models::{AsId, ColumnId, TaskId};

use super::{ColumnManager, resource};
use crate::resource::take;
use crate::task::BatchReport;
use crate::{Error, id};

impl ColumnManager<'_> {
    /// Moves the open tasks of a column to another column of the project, and then deletes the column.
    ///
    /// If a task cannot be moved, the column is not deleted, and the tasks that were already moved remain in the other
    /// column. To try again, repeat the call. Completed tasks keep their reference to the deleted column.
    ///
    /// `GET /api/v2/column/project/{projectId}`, `GET /api/v2/project/{projectId}/tasks`, the requests of
    /// [`TaskBatch::move_to_column`](crate::task::TaskBatch::move_to_column) if there are tasks, then those of
    /// [`delete`](Self::delete)
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if both columns are the same or in different projects, [`Error::NotMoved`] with
    /// the ids of the tasks that were not moved, and the errors of [`delete`](Self::delete).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::{ProjectDraft, TaskDraft};
    /// let board = client.project().create(ProjectDraft::new("Board")).await?;
    /// let doing = client.column().create(&board, "Doing").await?;
    /// let done = client.column().create(&board, "Done").await?;
    /// let draft = TaskDraft::new("Press kit").project(&board).column(&doing);
    /// let task = client.task().create(draft).await?;
    ///
    /// client.column().delete_into(&doing, &done).await?;
    /// assert_eq!(client.task().get(&task).await?.column_id, done.id);
    /// assert_eq!(client.column().list_by_project(&board).await?.len(), 1);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn delete_into(self, column: impl AsId<ColumnId>, other: impl AsId<ColumnId>) -> Result<(), Error> {
        let (from, project) = self.find(column).await?;
        let to = id::of(other)?;
        if from == to {
            return Err(Error::invalid_input(format!(
                "column {from} cannot be deleted into itself\nhint: choose another one"
            )));
        }
        let mut columns = resource::list(self.client, &project).await?.into_inner();
        let column = take(&mut columns, &from)?;
        if columns.iter().all(|column| column.id != to) {
            return Err(Error::invalid_input(format!(
                "project {project} has no column {to}\nhint: choose one of its columns"
            )));
        }
        let mut tasks = self.client.task().list_by_project(&project).await?.into_inner();
        tasks.retain(|task| task.column_id == from);
        if !tasks.is_empty() {
            let report = self.client.task().batch().move_to_column(&tasks, &to).send().await?;
            check_moved(&from, report)?;
        }
        self.delete(&column).await
    }
}

/// Returns an error that names the tasks that were not moved.
fn check_moved(column: &ColumnId, report: BatchReport) -> Result<(), Error> {
    let tasks: Vec<TaskId> = report.failures().map(|failure| failure.id.clone()).collect();
    match report.into_result() {
        Ok(_) => Ok(()),
        Err(source) => Err(Error::NotMoved { column: column.to_string(), tasks, source: Box::new(source) }),
    }
}
