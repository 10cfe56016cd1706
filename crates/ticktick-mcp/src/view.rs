//! [`View`]: the account as one call sees it.

use jiff::tz::TimeZone;
use ticktick::quick_add::QuickAdd;
use ticktick::{Account, Task};

use crate::item::{Item, Printer};
use crate::text::{clean, title};

/// The account as one call sees it.
pub(crate) struct View {
    pub(crate) account: Account,
    pub(crate) printer: Printer,
}

impl View {
    pub(crate) fn zone(&self) -> &TimeZone {
        self.printer.zone()
    }

    pub(crate) fn now(&self) -> &jiff::ZonedDateTime {
        &self.printer.now
    }

    pub(crate) fn quick_add(&self) -> QuickAdd {
        QuickAdd::new(self.now()).week_start(self.account.first_weekday())
    }

    /// Returns the shortest end of an id that names one task.
    pub(crate) fn code<'a>(&self, id: &'a str) -> &'a str {
        self.printer.code(id)
    }

    pub(crate) fn project_name(&self, id: &ticktick::ProjectId) -> String {
        match self.account.project(id) {
            Some(project) => clean(project.name()),
            None => "Inbox".to_owned(),
        }
    }

    /// Returns a task with its code, as other lines name it.
    pub(crate) fn name(&self, task: &Task) -> String {
        format!("{} {}", self.code(task.id.as_str()), title(task.title()))
    }

    /// Returns the line of a task.
    pub(crate) fn line(&self, task: &Task) -> String {
        self.printer.line(&self.item(task))
    }

    /// Returns a task as lists show it.
    pub(crate) fn item<'a>(&self, task: &'a Task) -> Item<'a> {
        Item::of(task, self.project_name(&task.project_id), self.zone())
    }

    /// Returns the first line of a list.
    pub(crate) fn head(&self, what: &str) -> String {
        self.printer.head(what)
    }

    /// Returns the open tasks below a task, without it.
    pub(crate) fn below(&self, task: &Task) -> Vec<&Task> {
        let mut all: Vec<&Task> = self.account.children(&task.id);
        let mut next = 0;
        while let Some(child) = all.get(next).copied() {
            let further = self.account.children(&child.id);
            all.extend(further.into_iter().filter(|one| one.id != task.id).collect::<Vec<_>>());
            next += 1;
            if next > self.account.tasks().len() {
                break;
            }
        }
        all
    }
}
