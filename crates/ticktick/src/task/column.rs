//! [`Columns`]: checks that a task's column belongs to its project.

use std::collections::BTreeMap;

use ticktick_models::{ColumnId, ProjectId, Task};

use crate::{Client, Error, check};

/// The columns of projects, each read once.
#[derive(Debug, Default)]
pub(super) struct Columns {
    known: BTreeMap<ProjectId, Vec<ColumnId>>,
}

impl Columns {
    /// Rejects a changed column that does not belong to the task's project, because the service stores any id.
    ///
    /// Reads nothing for a task without a column, or with the same one as before.
    pub(super) async fn check(&mut self, client: &Client, task: &Task, before: Option<&Task>) -> Result<(), Error> {
        let column = check::changed(&task.column_id, before.map(|before| &before.column_id));
        let Some(column) = column.filter(|column| !column.as_str().is_empty()) else { return Ok(()) };
        let project = &task.project_id;
        if !self.known.contains_key(project) {
            let columns = client.column().list_by_project(project).await?;
            self.known.insert(project.clone(), columns.into_iter().map(|column| column.id).collect());
        }
        if self.known.get(project).is_some_and(|known| known.contains(column)) {
            Ok(())
        } else {
            Err(Error::invalid_input(format!(
                "project {project} has no column {column}: it was deleted, or belongs to another project\nhint: take one of `column().list_by_project`"
            )))
        }
    }
}
