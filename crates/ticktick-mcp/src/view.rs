//! [`View`]: the account as one call sees it.

use std::collections::HashSet;

use jiff::tz::TimeZone;
use ticktick::mirror::TaskRow;
use ticktick::models::TaskKind;
use ticktick::quick_add::QuickAdd;
use ticktick::{Project, ProjectId, Task, TaskId};

use crate::item::{Item, Printer};
use crate::text::{clean, title};

/// The account as one call sees it. Open tasks are rows, because decoding all tasks of a large account takes much memory.
pub(crate) struct View {
    pub(crate) printer: Printer,
    /// Open tasks and notes, in the order in which they are stored.
    pub(crate) tasks: Vec<TaskRow>,
    /// All projects except the inbox.
    pub(crate) projects: Vec<Project>,
    pub(crate) inbox: Option<ProjectId>,
    /// Parses dates.
    pub(crate) quick_add: QuickAdd,
    /// Ids of closed and deleted tasks whose codes earlier answers have shown.
    pub(crate) listed: Vec<String>,
}

impl View {
    pub(crate) fn zone(&self) -> &TimeZone {
        self.printer.zone()
    }

    pub(crate) fn now(&self) -> &jiff::ZonedDateTime {
        &self.printer.now
    }

    /// Returns the shortest suffix of an id that identifies one task.
    pub(crate) fn code<'a>(&self, id: &'a str) -> &'a str {
        self.printer.code(id)
    }

    pub(crate) fn project_name(&self, id: &ProjectId) -> String {
        match self.projects.iter().find(|project| project.id == *id) {
            Some(project) => clean(project.name()),
            None => "Inbox".to_owned(),
        }
    }

    /// Returns an open task.
    pub(crate) fn row(&self, id: &TaskId) -> Option<&TaskRow> {
        self.tasks.iter().find(|row| row.id == *id)
    }

    /// Returns the open tasks and notes of a project.
    pub(crate) fn of_project<'a>(&'a self, id: &'a ProjectId) -> impl Iterator<Item = &'a TaskRow> {
        self.tasks.iter().filter(move |row| row.project_id == *id)
    }

    /// Returns the tasks that lists by date show: no notes, and nothing of archived projects.
    pub(crate) fn shown(&self) -> HashSet<&TaskId> {
        let archived: HashSet<&ProjectId> =
            self.projects.iter().filter(|project| project.is_archived()).map(|project| &project.id).collect();
        let is_shown = |row: &&TaskRow| row.kind != TaskKind::Note && !archived.contains(&row.project_id);
        self.tasks.iter().filter(is_shown).map(|row| &row.id).collect()
    }

    /// Returns a task with its code, as other lines name it.
    pub(crate) fn name(&self, task: &Task) -> String {
        format!("{} {}", self.code(task.id.as_str()), title(task.title()))
    }

    /// Returns the line of a task.
    pub(crate) fn line(&self, task: &Task) -> String {
        self.printer.line(&self.item(task))
    }

    /// Returns the line of an open task.
    pub(crate) fn line_of(&self, row: &TaskRow) -> String {
        self.printer.line(&Item::of_row(row))
    }

    /// Returns the line of a task as it is now, or as it was written if it is not open.
    pub(crate) fn current(&self, task: &Task) -> String {
        self.row(&task.id).map_or_else(|| self.line(task), |row| self.line_of(row))
    }

    /// Returns a task as lists show it.
    pub(crate) fn item<'a>(&self, task: &'a Task) -> Item<'a> {
        Item::of(task, self.project_name(&task.project_id), self.zone())
    }

    /// Returns the first line of a list.
    pub(crate) fn head(&self, what: &str) -> String {
        self.printer.head(what)
    }

    /// Returns the direct subtasks of a task, by their position.
    pub(crate) fn children(&self, id: &TaskId) -> Vec<&TaskRow> {
        let mut children: Vec<&TaskRow> = self.tasks.iter().filter(|row| row.parent.as_ref() == Some(id)).collect();
        children.sort_by_key(|row| (row.sort_order, row.id.as_str()));
        children
    }

    /// Returns the open tasks below a task, without it.
    pub(crate) fn below(&self, id: &TaskId) -> Vec<&TaskRow> {
        let (mut all, mut next) = (self.children(id), 0);
        let mut seen: HashSet<&TaskId> = all.iter().map(|row| &row.id).collect();
        while let Some(child) = all.get(next).copied() {
            all.extend(self.children(&child.id).into_iter().filter(|row| row.id != *id && seen.insert(&row.id)));
            next += 1;
        }
        all
    }
}
