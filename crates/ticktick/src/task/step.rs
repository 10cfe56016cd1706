//! [`Step`]: one write of one task, sent together with others.

use ticktick_models::{
    BatchAnswer, BatchTasks, DeletedState, Etag, Field, MoveTask, ProjectId, RestoreTask, Task, TaskId, TaskRef,
};
use ticktick_raw::{self as raw, Operation, op};

use super::resource;
use crate::resource::Resource;
use crate::workaround::{batch_empty_maps, batch_item_errors};
use crate::write::{self, Outcome as WriteOutcome, Stored};
use crate::{Client, Error};

/// One write of one task.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) task: Task,
    pub(super) action: Action,
    /// The stored version before the write, if it is known.
    pub(super) base: Option<Box<Task>>,
}

/// What a step does with its task.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Action {
    Create,
    Update,
    /// Moves a recurring task on and stores the finished copy of its current occurrence.
    Finish(Box<Task>),
    Delete,
    /// Moves the task to a project.
    Move(ProjectId),
    /// Restores the task from the trash to a project.
    Restore(ProjectId),
}

/// The outcome of a step whose response was lost.
pub(super) enum Outcome {
    /// The step was applied.
    Applied(Task),
    /// The step was not applied.
    NotApplied(Step),
    /// The outcome is unknown.
    Unknown,
}

impl Step {
    pub(super) fn create(task: Task) -> Self {
        Self { task, action: Action::Create, base: None }
    }

    /// Updates a stored task; the client's clock provides the time of the change.
    pub(super) fn update(client: &Client, mut task: Task) -> Self {
        task.touch(client.now());
        Self { task, action: Action::Update, base: None }
    }

    /// Sets the stored version, so that a verified write notices omitted fields.
    pub(super) fn based_on(mut self, before: &Task) -> Self {
        self.base = Some(Box::new(before.clone()));
        self
    }

    /// Stores a recurring task that has moved on, and the finished copy of its occurrence.
    pub(super) fn finish(client: &Client, series: Task, copy: Task) -> Self {
        Self { action: Action::Finish(Box::new(copy)), ..Self::update(client, series) }
    }

    pub(super) fn delete(task: Task) -> Self {
        Self { task, action: Action::Delete, base: None }
    }

    pub(super) fn relocate(task: Task, to: ProjectId) -> Self {
        Self { task, action: Action::Move(to), base: None }
    }

    pub(super) fn restore(task: Task, to: ProjectId) -> Self {
        Self { task, action: Action::Restore(to), base: None }
    }

    /// Returns the operation that sends this step.
    pub(super) fn operation(&self) -> Operation {
        match self.action {
            Action::Create | Action::Update | Action::Finish(_) | Action::Delete => op::TASK_BATCH,
            Action::Move(_) => op::TASK_MOVE,
            Action::Restore(_) => op::TASK_RESTORE,
        }
    }

    /// Returns the order within a request: additions first, deletions last.
    pub(super) fn rank(&self) -> u8 {
        match self.action {
            Action::Update | Action::Finish(_) => 1,
            Action::Delete => 2,
            _ => 0,
        }
    }

    /// Returns whether the step finishes an occurrence of a recurring task.
    pub(super) fn is_finish(&self) -> bool {
        matches!(self.action, Action::Finish(_))
    }

    /// Returns the number of tasks that the step sends.
    pub(super) fn size(&self) -> usize {
        if self.is_finish() { 2 } else { 1 }
    }

    /// Returns the tasks that must be stored as sent.
    fn stored(&self) -> impl Iterator<Item = &Task> {
        let (task, copy) = match &self.action {
            Action::Create | Action::Update => (Some(&self.task), None),
            Action::Finish(copy) => (Some(&self.task), Some(&**copy)),
            Action::Delete | Action::Move(_) | Action::Restore(_) => (None, None),
        };
        task.into_iter().chain(copy)
    }

    /// Reads back what was written and returns an error if it differs.
    ///
    /// A new task is returned with the fields that the service added.
    pub(super) async fn read_back(&self, client: &Client) -> Result<Option<Task>, Error> {
        let mut stored = None;
        for task in self.stored() {
            let base = self.base.as_deref().filter(|base| base.id == task.id);
            let found = task.read(client).await?;
            write::compare(base, task, &found)?;
            stored = Some(found);
        }
        let to = match &self.action {
            Action::Create => return Ok(stored),
            Action::Update | Action::Finish(_) => return Ok(None),
            Action::Delete => None,
            Action::Move(to) | Action::Restore(to) => Some(to),
        };
        let found = match resource::get(client, &self.task.id).await {
            Err(Error::NotFound { .. }) => None,
            found => Some(found?.project_id),
        };
        if found.as_ref() == to {
            Ok(None)
        } else {
            Err(Error::NotApplied { operation: self.operation().id, id: self.task.id.to_string() })
        }
    }

    /// Reads the outcome of the task from a response.
    pub(super) fn outcome(self, answer: &BatchAnswer) -> Result<Task, Error> {
        if let Action::Finish(copy) = self.action {
            return finished(&self.task, *copy, answer);
        }
        let operation = self.operation();
        batch_item_errors::check_one(&operation, answer, self.task.id.as_str())?;
        if self.action == Action::Delete {
            return Ok(self.task);
        }
        let etag = batch_empty_maps::stored(&operation, answer, self.task.id.as_str())?;
        Ok(self.done(etag))
    }

    /// Returns the task as it is now stored.
    fn done(self, etag: Etag) -> Task {
        let mut task = self.task;
        task.etag = etag.into();
        match self.action {
            Action::Create | Action::Update | Action::Finish(_) | Action::Delete => {}
            Action::Move(to) => {
                task.project_id = to;
                // A column belongs to its project. An absent column changes nothing when it is sent.
                task.column_id = Field::Absent;
            }
            Action::Restore(to) => {
                task.project_id = to;
                // The service always sends this field; without it, a verified write would report it as lost.
                task.deleted = DeletedState::Live.into();
                task.deleted_time = Field::Absent;
                task.deleted_by = Field::Absent;
            }
        }
        task
    }

    /// Returns the tasks whose stored versions [`reconcile`](Self::reconcile) needs.
    pub(super) fn wanted(&self) -> impl Iterator<Item = &Task> {
        let (task, copy) = match &self.action {
            Action::Create => (None, None),
            Action::Finish(copy) => (Some(&self.task), Some(&**copy)),
            _ => (Some(&self.task), None),
        };
        task.into_iter().chain(copy)
    }

    /// Determines the outcome from the stored task after the response was lost.
    pub(super) async fn reconcile(self, client: &Client, stored: &Stored<Task>) -> Outcome {
        match &self.action {
            // The client chose the id, so sending it again never stores it twice.
            Action::Create => Outcome::NotApplied(self),
            Action::Update => match write::reconcile(client, &self.task, stored).await {
                WriteOutcome::Applied(etag) => Outcome::Applied(self.done(etag)),
                WriteOutcome::NotApplied => Outcome::NotApplied(self),
                WriteOutcome::Unknown => Outcome::Unknown,
            },
            Action::Finish(copy) => match write::reconcile(client, &self.task, stored).await {
                WriteOutcome::Applied(_) => match stored.get(client, copy).await {
                    Ok(copy) => Outcome::Applied(copy),
                    Err(Error::NotFound { .. }) => Outcome::NotApplied(Self::create((**copy).clone())),
                    Err(_) => Outcome::Unknown,
                },
                WriteOutcome::NotApplied => Outcome::NotApplied(self),
                WriteOutcome::Unknown => Outcome::Unknown,
            },
            Action::Delete => match stored.get(client, &self.task).await {
                Err(Error::NotFound { .. }) => Outcome::Applied(self.task),
                Ok(_) => Outcome::NotApplied(self),
                Err(_) => Outcome::Unknown,
            },
            Action::Move(to) => match stored.get(client, &self.task).await {
                Ok(found) if found.project_id == *to => Outcome::Applied(found),
                Ok(found) if found.project_id == self.task.project_id => Outcome::NotApplied(self),
                _ => Outcome::Unknown,
            },
            Action::Restore(_) => match stored.get(client, &self.task).await {
                Ok(found) => Outcome::Applied(found),
                Err(Error::NotFound { .. }) => Outcome::NotApplied(self),
                Err(_) => Outcome::Unknown,
            },
        }
    }
}

/// Returns the finished copy of an occurrence, if the recurring task was stored too.
fn finished(series: &Task, copy: Task, answer: &BatchAnswer) -> Result<Task, Error> {
    let stored = |id: &TaskId| {
        batch_item_errors::check_one(&op::TASK_BATCH, answer, id.as_str())?;
        batch_empty_maps::stored(&op::TASK_BATCH, answer, id.as_str())
    };
    match (stored(&series.id), stored(&copy.id)) {
        (Ok(_), Ok(etag)) => Ok(Step::create(copy).done(etag)),
        (Err(error), Err(_)) => Err(error),
        (Ok(_), Err(error)) => {
            Err(error.unfinished(&series.id, "was moved to its next date, but its finished occurrence was not stored"))
        }
        (Err(error), Ok(_)) => Err(error.unfinished(
            &copy.id,
            "was stored as the finished occurrence, but the recurring task was not moved to its next date",
        )),
    }
}

/// Sends steps that share an operation.
pub(super) async fn post<'a>(
    client: &Client,
    steps: impl Iterator<Item = &'a Step>,
) -> Result<BatchAnswer, raw::Error> {
    let (mut batch, mut moves, mut restores) = (BatchTasks::default(), Vec::new(), Vec::new());
    for Step { task, action, .. } in steps {
        let (id, project): (TaskId, ProjectId) = (task.id.clone(), task.project_id.clone());
        match action {
            Action::Create => batch.add.push(task.clone()),
            Action::Update => batch.update.push(task.clone()),
            Action::Finish(copy) => {
                batch.add.push((**copy).clone());
                batch.update.push(task.clone());
            }
            Action::Delete => batch.delete.push(TaskRef::new(id, project)),
            Action::Move(to) => moves.push(MoveTask::new(id, project, to.clone())),
            Action::Restore(to) => restores.push(RestoreTask::new(id, project, to.clone())),
        }
    }
    if !moves.is_empty() {
        raw::task::r#move(client.wire(), &moves).await
    } else if !restores.is_empty() {
        raw::task::restore(client.wire(), &restores).await
    } else {
        raw::task::batch(client.wire(), &batch).await
    }
}
