//! The place of a task: its project, its parent, and its restoration from the trash.

use jiff::Timestamp;
use serde::Deserialize;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::fields::{Fields, wire};
use crate::world::item::{Item, NO_PROJECT, NO_TASK, Refused, SENSELESS};
use crate::world::readings::Other;

/// Maximum number of levels of nested tasks.
const LEVELS: usize = 5;

/// A task and its project.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TaskRef {
    pub(crate) task_id: String,
    pub(crate) project_id: String,
}

/// A move to another project, or out of the trash.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Move {
    pub(crate) task_id: String,
    pub(crate) from_project_id: String,
    pub(crate) to_project_id: String,
    pub(crate) sort_order: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Link {
    pub(crate) task_id: String,
    pub(crate) project_id: String,
    pub(crate) parent_id: Option<String>,
    pub(crate) old_parent_id: Option<String>,
}

impl Account {
    /// Moves a task to another project. Its relatives are not changed.
    pub(crate) fn move_task(&mut self, sent: &Move, now: Timestamp) -> Item {
        let id = &sent.task_id;
        let (from, to) = (self.project_id(&sent.from_project_id), self.project_id(&sent.to_project_id));
        // A child may already have moved with its parent.
        let is_there = self.readings.has(Other::ChildrenMoveAlong) && self.is_live_in(id, &to);
        let Some(mut task) = self.tasks.get(id).filter(|_| is_there || self.is_live_in(id, &from)) else {
            return Err((id.clone(), NO_TASK));
        };
        if !self.has_project(&to) {
            return Err((id.clone(), NO_PROJECT));
        }
        self.may_write(&from, id)?;
        self.may_write(&to, id)?;
        if from != to && task.int("status").unwrap_or_default() == 0 {
            self.room_in(&to, id)?;
        }
        task.put("projectId", &to);
        if from != to && task.get("columnId").is_some() {
            // The column belongs to the old project. Null, so that deltas contain the change.
            task.put("columnId", ());
        }
        if let Some(order) = sent.sort_order {
            task.put("sortOrder", order);
        }
        Ok((id.clone(), self.save_task(task, now)))
    }

    /// Moves the subtasks of a task to the project that the task has moved to.
    pub(crate) fn bring_children(&mut self, sent: &Move, now: Timestamp) {
        for task_id in self.children(&sent.task_id) {
            let (from_project_id, to_project_id) = (sent.from_project_id.clone(), sent.to_project_id.clone());
            let along = Move { task_id, from_project_id, to_project_id, sort_order: None };
            if self.move_task(&along, now).is_ok() {
                self.bring_children(&along, now);
            }
        }
    }

    /// Moves a task to the project that an update names.
    pub(crate) fn follow_project(&mut self, sent: &Object, now: Timestamp) {
        let (task_id, to_project_id) =
            (sent.text("id").unwrap_or_default(), sent.text("projectId").unwrap_or_default());
        let Some(from_project_id) = self.tasks.row(&task_id).map(|row| row.head.project.to_string()) else { return };
        let sent = Move { task_id, from_project_id, to_project_id, sort_order: None };
        if self.project_id(&sent.to_project_id) != sent.from_project_id && self.move_task(&sent, now).is_ok() {
            self.part_families(&sent.task_id, now);
        }
    }

    /// Moves a new task under its parent and returns the new etag, if the parent accepts it.
    pub(crate) fn put_under(&mut self, id: &str, parent: &str, now: Timestamp) -> Option<String> {
        let project_id = self.tasks.row(id)?.head.project.to_string();
        let link = Link { task_id: id.into(), project_id, parent_id: Some(parent.into()), old_parent_id: None };
        self.set_parent(&link, now).ok()?;
        self.tasks.get(id)?.text("etag")
    }

    /// Restores a task from the trash. By default, a task of a deleted project is restored to the inbox.
    pub(crate) fn restore_task(&mut self, sent: &Move, now: Timestamp) -> Item {
        let id = &sent.task_id;
        let mut to = self.project_id(&sent.to_project_id);
        let (is_refused, is_lost) =
            (self.readings.has(Other::RestoreIsRefused), self.readings.has(Other::RestoreIntoNothing));
        if !self.has_project(&to) && !is_refused && !is_lost {
            to.clone_from(&self.inbox_id);
        }
        let trashed = self.tasks.row(id).is_some_and(|row| row.head.is_trashed());
        let Some(mut task) = self.tasks.get(id).filter(|_| trashed) else {
            return Err((id.clone(), NO_TASK));
        };
        if is_refused && !self.has_project(&to) {
            return Err((id.clone(), NO_PROJECT));
        }
        if task.int("status").unwrap_or_default() == 0 {
            self.room_in(&to, id)?;
        }
        task.put("projectId", &to);
        task.put("deleted", 0);
        task.remove("deletedTime");
        task.remove("deletedBy");
        Ok((id.clone(), self.save_task(task, now)))
    }

    /// Changes the parent of a task and returns the changed tasks.
    pub(crate) fn set_parent(&mut self, sent: &Link, now: Timestamp) -> Result<Vec<String>, Refused> {
        let id = &sent.task_id;
        let project = self.project_id(&sent.project_id);
        if !self.is_live_in(id, &project) {
            return Err((id.clone(), NO_TASK));
        }
        self.may_write(&project, id)?;
        let old = self.parent(id);
        let wanted = sent.parent_id.as_deref().filter(|parent| !parent.is_empty());
        if let Some(parent) = wanted {
            let may_be_far = self.readings.has(Other::ParentInOtherProject);
            let is_found = if may_be_far { self.is_live(parent) } else { self.is_live_in(parent, &project) };
            if !is_found {
                return Err((id.clone(), NO_TASK));
            }
            let line = self.line(parent);
            if line.contains(id) || line.len() + self.height(id) > LEVELS {
                return Err((id.clone(), SENSELESS));
            }
            self.detach(id, now);
            self.attach(id, parent, now);
        } else if sent.parent_id.is_some() || self.is_old_parent(old.as_deref(), sent) {
            self.detach(id, now);
        } else {
            return Ok(Vec::new());
        }
        let touched = [Some(id.clone()), old, wanted.map(str::to_owned)];
        Ok(touched.into_iter().flatten().collect())
    }

    /// Returns `true` if a request removes a task from its parent by naming only the old parent.
    fn is_old_parent(&self, old: Option<&str>, sent: &Link) -> bool {
        old.is_some() && old == sent.old_parent_id.as_deref() && !self.readings.has(Other::OldParentIsNotEnough)
    }

    fn is_live(&self, id: &str) -> bool {
        self.tasks.row(id).is_some_and(|row| !row.head.is_trashed())
    }

    fn is_live_in(&self, id: &str, project: &str) -> bool {
        self.is_live(id) && self.tasks.row(id).is_some_and(|row| *row.head.project == *project)
    }

    fn parent(&self, id: &str) -> Option<String> {
        self.tasks.row(id)?.head.parent.as_deref().map(str::to_owned)
    }

    /// Returns the ids of the children of a task.
    pub(crate) fn children(&self, id: &str) -> Vec<String> {
        self.tasks.get(id).map(|task| task.texts("childIds")).unwrap_or_default()
    }

    /// Returns a task and its ancestors.
    fn line(&self, id: &str) -> Vec<String> {
        std::iter::successors(Some(id.to_owned()), |id| self.parent(id)).collect()
    }

    /// Returns `true` if a task is a descendant of another task, or that task itself.
    pub(crate) fn is_below(&self, id: &str, above: &str) -> bool {
        self.line(id).iter().any(|task| task == above)
    }

    /// Counts the levels of a task and its descendants.
    fn height(&self, id: &str) -> usize {
        1 + self.children(id).iter().map(|child| self.height(child)).max().unwrap_or_default()
    }

    /// Moves a task without a parent under a parent.
    pub(crate) fn attach(&mut self, id: &str, parent: &str, now: Timestamp) {
        let mut children = self.children(parent);
        children.push(id.to_owned());
        self.change(parent, now, |task| task.put("childIds", children));
        self.change(id, now, |task| task.put("parentId", parent));
    }

    /// Removes a task from its parent, in both tasks.
    pub(crate) fn detach(&mut self, id: &str, now: Timestamp) {
        let Some(parent) = self.parent(id) else { return };
        let children: Vec<String> = self.children(&parent).into_iter().filter(|child| child != id).collect();
        self.change(&parent, now, |task| task.put("childIds", (!children.is_empty()).then_some(children)));
        self.change(id, now, |task| task.put("parentId", ()));
    }

    /// Unlinks a task from a parent and children that are in other projects.
    pub(crate) fn part_families(&mut self, id: &str, now: Timestamp) {
        let here = self.tasks.row(id).map(|row| row.head.project.to_string());
        let apart =
            |account: &Self, other: &str| account.tasks.row(other).map(|row| row.head.project.to_string()) != here;
        if self.parent(id).is_some_and(|parent| apart(self, &parent)) {
            self.detach(id, now);
        }
        for child in self.children(id) {
            if apart(self, &child) {
                self.detach(&child, now);
            }
        }
    }

    fn change(&mut self, id: &str, now: Timestamp, change: impl FnOnce(&mut Object)) {
        if let Some(mut task) = self.tasks.get(id) {
            change(&mut task);
            task.put("modifiedTime", wire(now));
            self.save_task(task, now);
        }
    }
}
