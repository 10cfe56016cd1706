//! Undoes the deletion of projects, which also deleted their columns and moved their tasks to the trash.

use std::collections::HashMap;

use ticktick_models::{Column, ColumnId, Object, Project, ProjectId, Task, TaskId};
use ticktick_raw::op;

use super::family::exists;
use super::{Undo, UndoneObject, undone};
use crate::mirror::action::ChangeAction;
use crate::mirror::journal::{Change, Entry};
use crate::mirror::kind::Kind;
use crate::mirror::{Mirror, journal};
use crate::{Client, Error};

/// By how much the clock of the service may differ from ours, in milliseconds.
const SKEW: i64 = 60_000;

/// Returns whether a write deleted a project.
pub(super) fn is_deletion(entry: &Entry) -> bool {
    entry.operation == op::PROJECT_BATCH.id && entry.changes.iter().any(is_deleted_project)
}

fn is_deleted_project(change: &Change) -> bool {
    change.kind == Kind::Project.name() && change.action == ChangeAction::Delete
}

/// Undoes the write.
pub(super) async fn undo(
    mirror: &Mirror,
    client: &Client,
    entry: &Entry,
    changes: &[&Change],
) -> Result<Vec<UndoneObject>, Error> {
    let mut objects = Vec::new();
    for change in changes.iter().rev().filter(|change| change.kind == Kind::Project.name()) {
        let undo = Undo { client, entry: entry.id, change };
        let new = undo.object::<Project>(async |id| client.project().delete(id).await).await?;
        objects.push(undone(change, new.clone()));
        if let Some(new) = new.filter(|_| is_deleted_project(change)) {
            let mut again = Again { mirror, client, entry, old: &change.id, new: new.into(), columns: HashMap::new() };
            objects.extend(again.columns(changes).await?);
            objects.extend(again.tasks(changes).await?);
        }
    }
    Ok(objects)
}

/// A project that was created again.
struct Again<'a> {
    mirror: &'a Mirror,
    client: &'a Client,
    entry: &'a Entry,
    old: &'a str,
    new: ProjectId,
    /// The new ids of its columns.
    columns: HashMap<ColumnId, ColumnId>,
}

/// A task of the project, before the deletion.
struct Before<'a> {
    change: &'a Change,
    task: Task,
    /// The new id, if the task had to be created again.
    new_id: Option<String>,
}

impl Again<'_> {
    /// Creates the columns again.
    async fn columns(&mut self, changes: &[&Change]) -> Result<Vec<UndoneObject>, Error> {
        let mut objects = Vec::new();
        for change in changes.iter().filter(|change| change.kind == Kind::Column.name()) {
            let undo = Undo { client: self.client, entry: self.entry.id, change };
            let mut column: Column = undo.decode(change.before.as_ref())?;
            if column.project_id == *self.old {
                column.project_id = self.new.clone();
                let new = undo.create_again(column).await?;
                let id = new.clone().unwrap_or_else(|| change.id.clone());
                self.columns.insert(change.id.as_str().into(), id.into());
                objects.push(undone(change, new));
            }
        }
        Ok(objects)
    }

    /// Restores the tasks with their columns and parents.
    async fn tasks(&self, changes: &[&Change]) -> Result<Vec<UndoneObject>, Error> {
        let mut all = Vec::new();
        for &change in changes.iter().filter(|change| change.kind == Kind::Task.name()) {
            let undo = Undo { client: self.client, entry: self.entry.id, change };
            let task: Task = undo.decode(change.before.as_ref())?;
            if task.project_id == *self.old {
                all.push(Before { change, task, new_id: None });
            }
        }
        let restored = self.restore(&all).await?;
        for before in &mut all {
            if !restored.contains(&before.task.id) && !exists(self.client, &before.task.id).await? {
                before.new_id = self.create_again(before).await?;
            }
        }
        self.arrange(&all).await?;
        Ok(all.into_iter().map(|before| undone(before.change, before.new_id)).collect())
    }

    /// Restores the tasks that the deletion moved to the trash and returns their ids.
    async fn restore(&self, recorded: &[Before<'_>]) -> Result<Vec<TaskId>, Error> {
        let mut trash = self.client.task().trash().await?;
        trash.retain(|task| task.project_id == *self.old);
        let is_recorded = |task: &Task| recorded.iter().any(|before| before.task.id == task.id);
        let at = |task: &Task| task.deleted_time.get().map(|time| time.0);
        let deleted_at = trash.iter().filter(|task| is_recorded(task)).filter_map(at).max();
        let deleted_at = deleted_at.unwrap_or_else(|| self.entry.at.as_millisecond() - SKEW);
        let earlier = self.deleted_earlier()?;
        // The mirror does not hold all closed tasks, nor those that another device has just created.
        let is_later = |task: &Task| at(task).is_some_and(|at| at >= deleted_at) && !earlier.contains(&task.id);
        trash.retain(|task| is_recorded(task) || is_later(task));
        for task in &mut trash {
            task.project_id = self.new.clone();
        }
        if !trash.is_empty() {
            self.client.task().restore_all(&trash).await?;
        }
        Ok(trash.into_iter().map(|task| task.id).collect())
    }

    /// Returns the tasks that this client moved to the trash before the project was deleted.
    fn deleted_earlier(&self) -> Result<Vec<TaskId>, Error> {
        let ids = self.mirror.read(|connection| journal::deleted(connection, Kind::Task, self.entry.id))?;
        Ok(ids.into_iter().map(TaskId::from).collect())
    }

    async fn create_again(&self, before: &Before<'_>) -> Result<Option<String>, Error> {
        let mut members = Object::encode(&before.task).unwrap_or_default();
        for member in ["parentId", "childIds", "columnId"] {
            members.remove(member);
        }
        members.set("projectId", self.new.as_str());
        let undo = Undo { client: self.client, entry: self.entry.id, change: before.change };
        undo.create_again::<Task>(undo.read_back(members)?).await
    }

    /// Puts the tasks into their columns and below their parents.
    async fn arrange(&self, all: &[Before<'_>]) -> Result<(), Error> {
        let now = |id: &TaskId| {
            let before = all.iter().find(|before| before.task.id == *id)?;
            Some(before.new_id.as_deref().map_or_else(|| id.clone(), TaskId::from))
        };
        let mut batch = self.client.task().batch();
        for (old, new) in &self.columns {
            let of_column = all.iter().filter(|before| before.task.column() == Some(old));
            let tasks: Vec<TaskId> = of_column.filter_map(|before| now(&before.task.id)).collect();
            batch = batch.move_to_column(&tasks, new);
        }
        let mut families: HashMap<TaskId, Vec<TaskId>> = HashMap::new();
        for before in all {
            if let Some((parent, child)) = before.task.parent().and_then(now).zip(now(&before.task.id)) {
                families.entry(parent).or_default().push(child);
            }
        }
        for (parent, children) in &families {
            batch = batch.set_parent(children, parent);
        }
        match batch.send().await?.failures().next() {
            Some(failure) => Err(failure.error.clone()),
            None => Ok(()),
        }
    }
}
