//! Columns of boards.

use jiff::Timestamp;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::fields::{Fields, wire};
use crate::world::item::{Item, NO_PROJECT, Stored};
use crate::world::readings::Other;

impl Account {
    /// Adds a column. Adding a column again changes the existing one.
    pub(crate) fn add_column(&mut self, sent: &Object, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        let mut column = sent.clone();
        column.put("id", &id);
        if let Some(stored) = self.update_column(&column, now) {
            return Ok(stored);
        }
        let project = self.project_id(&column.text("projectId").unwrap_or_default());
        if !self.has_project(&project) {
            return Err((id, NO_PROJECT));
        }
        let taken = self.columns.live().filter(|row| row.object().text("projectId").as_ref() == Some(&project));
        self.room(taken.count(), "kanbanNumber", &id)?;
        column.put("projectId", project);
        column.fill("name", "");
        column.fill("sortOrder", 0);
        column.fill("createdTime", wire(now));
        column.put("modifiedTime", wire(now));
        Ok((id, self.save(|account| &mut account.columns, &mut column, now)))
    }

    /// Deletes a column, if it is in the project, and returns its id with an etag.
    pub(crate) fn delete_column(&mut self, id: &str, project: &str, now: Timestamp) -> Option<Stored> {
        let stamp = self.stamp(now);
        self.columns.get(id).filter(|stored| stored.text("projectId").as_deref() == Some(project))?;
        self.columns.remove(id, stamp);
        self.leave_column(id, now);
        Some((id.to_owned(), self.make_etag()))
    }

    /// Updates the tasks of a deleted column as the service does. By default, they keep its id.
    fn leave_column(&mut self, column: &str, now: Timestamp) {
        let has_it = |task: &Object| task.text("columnId").as_deref() == Some(column);
        for id in self.tasks.ids(|row| row.text.contains(column) && has_it(&row.object())) {
            if self.readings.has(Other::ColumnDeleteClears) {
                let mut task = self.tasks.get(&id).unwrap_or_default();
                task.put("columnId", ());
                self.save_task(task, now);
            } else if self.readings.has(Other::ColumnDeleteTrashes) {
                self.trash_task(&id, now);
            } else if self.readings.has(Other::ColumnDeletePurges) {
                self.trash_task(&id, now);
                self.purge_task(&id, now);
            }
        }
    }

    /// Changes a column. By default, the service ignores an update that does not name the project.
    pub(crate) fn update_column(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let id = sent.text("id")?;
        let mut column = self.columns.get(&id)?;
        let names_project = sent.word("projectId").is_some() || !self.readings.has(Other::ColumnNeedsNoProject);
        if names_project && (sent.word("projectId").is_none() || column.text("projectId") != sent.text("projectId")) {
            return None;
        }
        if self.readings.has(Other::ColumnUpdateResets) {
            column.put("name", "");
            column.put("sortOrder", 0);
        }
        column.merge(sent.clone());
        column.put("modifiedTime", wire(now));
        Some((id, self.save(|account| &mut account.columns, &mut column, now)))
    }
}
