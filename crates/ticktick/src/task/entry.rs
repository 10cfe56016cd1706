//! [`Item`]: one entry of a batch, and the [`Plan`] that it gets.

use ticktick_models::{Due, ProjectId, Task, TaskId, TaskStatus};

use super::draft::TaskDraft;
use super::patch::TaskPatch;
use super::report::BatchAction;
use super::step::Step;
use crate::Error;
use crate::tag::name;
use crate::write::Newer;

/// One item of a batch.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) name: Name,
    /// What to do, or why the item is invalid.
    pub(super) what: Result<What, Error>,
}

/// What to do with the task of an item.
#[derive(Debug)]
pub(super) enum What {
    /// A new task, and whether the caller chose the id, so that an earlier attempt may have stored it.
    Create(Box<TaskDraft>, bool),
    Update(Box<Task>, Newer),
    Change(Change),
    /// Completed, or won't do.
    Close(TaskStatus),
    Skip,
    Delete,
    Move(ProjectId),
    SetParent(TaskId),
}

/// A change of single fields.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Patch(Box<TaskPatch>),
    AddTags(Vec<String>),
    Reopen,
    Pin,
    Unpin,
}

/// What identifies an item.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) index: usize,
    pub(super) id: TaskId,
    pub(super) title: Option<String>,
    pub(super) action: BatchAction,
}

/// What an item needs.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) work: Work,
    /// The parent to set afterwards.
    pub(super) parent: Option<TaskId>,
    /// When the recurring task is due next.
    pub(super) next: Option<Due>,
}

/// The write of an item, or its task.
#[derive(Debug)]
pub(super) enum Work {
    Step(Box<Step>),
    /// No step has to be sent.
    Done(Box<Task>),
    /// The parent is in another project, so that the item is written by itself.
    Apart,
}

impl Change {
    /// Rejects invalid changes before anything is sent.
    pub(super) fn check(&self) -> Result<(), Error> {
        match self {
            Self::Patch(patch) => patch.check(),
            Self::AddTags(labels) => labels.iter().try_for_each(|label| name::named(label).map(drop)),
            Self::Reopen | Self::Pin | Self::Unpin => Ok(()),
        }
    }
}

impl Item {
    /// Returns the tags that the item adds, with their capitalization.
    pub(super) fn labels(&self) -> Vec<&String> {
        match &self.what {
            Ok(What::Create(draft, _)) => draft.labels().iter().collect(),
            Ok(What::Change(Change::Patch(patch))) => patch.labels().collect(),
            Ok(What::Change(Change::AddTags(labels))) => labels.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// Returns whether the item creates a task.
    pub(super) fn is_new(&self) -> bool {
        self.name.action == BatchAction::Create
    }

    /// Returns the parent that the task gets.
    pub(super) fn parent(&self) -> Option<&TaskId> {
        match &self.what {
            Ok(What::Create(draft, _)) => draft.chosen_parent(),
            Ok(What::SetParent(parent)) => Some(parent),
            _ => None,
        }
    }

    /// Returns whether the item needs the account's inbox, and whether it needs its zone.
    pub(super) fn needs(&self) -> (bool, bool) {
        match &self.what {
            Ok(What::Create(draft, _)) => (draft.needs_inbox(), draft.needs_zone()),
            Ok(What::Change(Change::Patch(patch))) => (false, patch.needs_zone()),
            _ => (false, false),
        }
    }
}

impl Plan {
    /// Sends a step.
    pub(super) fn step(step: Step) -> Self {
        Self { work: Work::Step(Box::new(step)), parent: None, next: None }
    }

    /// Sends nothing.
    pub(super) fn done(task: &Task) -> Self {
        Self { work: Work::Done(Box::new(task.clone())), parent: None, next: None }
    }
}

/// Returns the error of a subtask whose parent, a draft of the same batch, failed.
pub(super) fn no_parent(index: usize) -> Error {
    Error::invalid_input(format!("its parent, item {index} of the batch, was not created"))
}
