//! Undoes writes of tasks, whose projects and parents are changed by operations of their own.

use std::collections::BTreeMap;

use ticktick_models::{Object, Task, TaskId};

use super::Undo;
use crate::mirror::action::ChangeAction;
use crate::mirror::conflict::same;
use crate::mirror::journal::Change;
use crate::mirror::kind::Kind;
use crate::mirror::members::Members;
use crate::{Client, Error};

/// Moves the tasks that a write moved back to their projects, each project in one batch. If they moved one by one, the
/// service would release the subtasks.
pub(super) async fn move_back(client: &Client, entry: i64, changes: &[&Change]) -> Result<(), Error> {
    let mut moved: BTreeMap<String, Vec<TaskId>> = BTreeMap::new();
    let is_updated = |change: &&&Change| change.kind == Kind::Task.name() && change.action == ChangeAction::Update;
    for &change in changes.iter().filter(is_updated) {
        let (before, after) = Undo { client, entry, change }.versions()?;
        if !same(before.get("projectId"), after.get("projectId"))
            && let Some(project) = Members(before).text("projectId").filter(|id| !id.is_empty())
        {
            moved.entry(project).or_default().push(TaskId::from(change.id.as_str()));
        }
    }
    for (project, tasks) in moved.into_iter().filter(|(_, tasks)| tasks.len() > 1) {
        client.task().batch().move_to(&tasks, project.as_str()).send().await?.into_result()?;
    }
    Ok(())
}

impl Undo<'_> {
    /// Undoes a write of a task.
    pub(super) async fn task(&self) -> Result<Option<String>, Error> {
        let id = TaskId::from(self.change.id.as_str());
        let tasks = self.client.task();
        match self.change.action {
            ChangeAction::Create => {
                self.check_untouched(&tasks.get(&id).await?)?;
                tasks.delete(&id).await.map(|()| None)
            }
            ChangeAction::Update => self.task_members(&id).await.map(|()| None),
            ChangeAction::Delete => {
                let before: Task = self.decode(self.change.before.as_ref())?;
                match tasks.restore(&before).await {
                    Ok(_) => Ok(None),
                    Err(error) if error.may_be_missing() || matches!(error, Error::NotApplied { .. }) => {
                        self.create_again(before).await
                    }
                    Err(error) => Err(error),
                }
            }
        }
    }

    /// Restores members of a task. The project and the parent have operations of their own.
    async fn task_members(&self, id: &TaskId) -> Result<(), Error> {
        let (before, after) = self.versions()?;
        let current = Object::encode(&self.client.task().get(id).await?).unwrap_or_default();
        let members = self.members(&before, &after, &current)?;
        let text = |key| Members(before.clone()).text(key).filter(|text| !text.is_empty());
        if members.iter().any(|key| key == "projectId")
            && let Some(project) = text("projectId")
        {
            self.client.task().move_to(id, project.as_str()).await?;
        }
        if members.iter().any(|key| key == "parentId") {
            match text("parentId") {
                Some(parent) => self.client.task().set_parent(id, parent.as_str()).await.map(drop)?,
                None => self.client.task().unset_parent(id).await.map(drop)?,
            }
        }
        let mut except = vec!["projectId", "parentId"];
        if members.iter().any(|key| key == "columnId")
            && let Some(column) = text("columnId")
            && !self.has_column(id, &column).await?
        {
            // A task may stay in a column that was deleted, but it cannot return to one.
            except.push("columnId");
        }
        self.restore_members::<Task>(id, &except).await
    }

    /// Returns whether a column exists in the project of a task.
    async fn has_column(&self, task: &TaskId, column: &str) -> Result<bool, Error> {
        let project = self.client.task().get(task).await?.project_id;
        let columns = self.client.column().list_by_project(&project).await?;
        Ok(columns.iter().any(|known| known.id == *column))
    }
}
