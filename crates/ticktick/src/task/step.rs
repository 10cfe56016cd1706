//! [`Step`]: one write of one task, which goes out together with others.

use ticktick_models::{
    BatchAnswer, BatchTasks, DeletedState, Etag, Field, MoveTask, ProjectId, RestoreTask, Task, TaskId, TaskRef,
};
use ticktick_raw::{self as raw, Operation, op};

use super::resource;
use crate::resource::Resource;
use crate::workaround::{batch_empty_maps, batch_item_errors};
use crate::write::{self, Settled, Stored};
use crate::{Client, Error};

/// One write of one task.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) task: Task,
    pub(super) deed: Deed,
    /// What was stored before, if that is known.
    pub(super) base: Option<Box<Task>>,
}

/// What is done with the task.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Deed {
    Create,
    Update,
    /// Moves a series on and stores the finished copy of its present occurrence.
    Finish(Box<Task>),
    Delete,
    /// Moves it to a project.
    Move(ProjectId),
    /// Takes it out of the trash and into a project.
    Restore(ProjectId),
}

/// What became of a step whose answer was lost.
pub(super) enum Fate {
    /// It was carried out.
    Done(Task),
    /// It was not carried out.
    Open(Step),
    /// Nobody knows.
    Unclear,
}

impl Step {
    pub(super) fn create(task: Task) -> Self {
        Self { task, deed: Deed::Create, base: None }
    }

    /// Sends a changed task back; `client` tells the time of the change.
    pub(super) fn update(client: &Client, mut task: Task) -> Self {
        task.touch(client.now());
        Self { task, deed: Deed::Update, base: None }
    }

    /// Names what was stored before, so that a check of the write notices what was left out.
    pub(super) fn based_on(mut self, before: &Task) -> Self {
        self.base = Some(Box::new(before.clone()));
        self
    }

    /// Sends a series that has moved on, and the copy of the occurrence that is finished.
    pub(super) fn finish(client: &Client, series: Task, copy: Task) -> Self {
        Self { deed: Deed::Finish(Box::new(copy)), ..Self::update(client, series) }
    }

    pub(super) fn delete(task: Task) -> Self {
        Self { task, deed: Deed::Delete, base: None }
    }

    pub(super) fn relocate(task: Task, to: ProjectId) -> Self {
        Self { task, deed: Deed::Move(to), base: None }
    }

    pub(super) fn restore(task: Task, to: ProjectId) -> Self {
        Self { task, deed: Deed::Restore(to), base: None }
    }

    /// Returns the operation that carries it.
    pub(super) fn operation(&self) -> Operation {
        match self.deed {
            Deed::Create | Deed::Update | Deed::Finish(_) | Deed::Delete => op::TASK_BATCH,
            Deed::Move(_) => op::TASK_MOVE,
            Deed::Restore(_) => op::TASK_RESTORE,
        }
    }

    /// Returns its place within a request: what is added is stored first, and deleted last.
    pub(super) fn rank(&self) -> u8 {
        match self.deed {
            Deed::Update | Deed::Finish(_) => 1,
            Deed::Delete => 2,
            _ => 0,
        }
    }

    /// Tells whether it finishes an occurrence of a series.
    pub(super) fn is_finish(&self) -> bool {
        matches!(self.deed, Deed::Finish(_))
    }

    /// Counts the tasks that it sends.
    pub(super) fn size(&self) -> usize {
        if self.is_finish() { 2 } else { 1 }
    }

    /// Returns the tasks that are to be stored as they are sent.
    fn stored(&self) -> impl Iterator<Item = &Task> {
        let (task, copy) = match &self.deed {
            Deed::Create | Deed::Update => (Some(&self.task), None),
            Deed::Finish(copy) => (Some(&self.task), Some(&**copy)),
            Deed::Delete | Deed::Move(_) | Deed::Restore(_) => (None, None),
        };
        task.into_iter().chain(copy)
    }

    /// Reads back what was done, and refuses to call done what is not so.
    ///
    /// A new task is returned with what the service added to it.
    pub(super) async fn verify(&self, client: &Client) -> Result<Option<Task>, Error> {
        let mut stored = None;
        for task in self.stored() {
            let base = self.base.as_deref().filter(|base| base.id == task.id);
            let found = task.read(client).await?;
            write::verify(base, task, &found)?;
            stored = Some(found);
        }
        let to = match &self.deed {
            Deed::Create => return Ok(stored),
            Deed::Update | Deed::Finish(_) => return Ok(None),
            Deed::Delete => None,
            Deed::Move(to) | Deed::Restore(to) => Some(to),
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

    /// Makes of an answer what became of the task.
    pub(super) fn outcome(self, answer: &BatchAnswer) -> Result<Task, Error> {
        if let Deed::Finish(copy) = self.deed {
            return finished(&self.task, *copy, answer);
        }
        let operation = self.operation();
        batch_item_errors::check_one(&operation, answer, self.task.id.as_str())?;
        if self.deed == Deed::Delete {
            return Ok(self.task);
        }
        let etag = batch_empty_maps::stored(&operation, answer, self.task.id.as_str())?;
        Ok(self.done(etag))
    }

    /// Returns the task as it is stored now.
    fn done(self, etag: Etag) -> Task {
        let mut task = self.task;
        task.etag = etag.into();
        match self.deed {
            Deed::Create | Deed::Update | Deed::Finish(_) | Deed::Delete => {}
            Deed::Move(to) => {
                task.project_id = to;
                // A column belongs to its project; what is absent here changes nothing if it is sent.
                task.column_id = Field::Absent;
            }
            Deed::Restore(to) => {
                task.project_id = to;
                // The service always names it; left out, it would seem to be lost.
                task.deleted = DeletedState::Live.into();
                task.deleted_time = Field::Absent;
                task.deleted_by = Field::Absent;
            }
        }
        task
    }

    /// Returns the tasks of which [`settle`](Self::settle) wants to know what is stored.
    pub(super) fn wanted(&self) -> impl Iterator<Item = &Task> {
        let (task, copy) = match &self.deed {
            Deed::Create => (None, None),
            Deed::Finish(copy) => (Some(&self.task), Some(&**copy)),
            _ => (Some(&self.task), None),
        };
        task.into_iter().chain(copy)
    }

    /// Finds out by what is stored what became of it after its answer was lost.
    pub(super) async fn settle(self, client: &Client, stored: &Stored<Task>) -> Fate {
        match &self.deed {
            // It carries an id of ours, so it never doubles.
            Deed::Create => Fate::Open(self),
            Deed::Update => match write::settle(client, &self.task, stored).await {
                Settled::Stored(etag) => Fate::Done(self.done(etag)),
                Settled::Untouched => Fate::Open(self),
                Settled::Unclear => Fate::Unclear,
            },
            Deed::Finish(copy) => match write::settle(client, &self.task, stored).await {
                Settled::Stored(_) => match stored.get(client, copy).await {
                    Ok(copy) => Fate::Done(copy),
                    Err(Error::NotFound { .. }) => Fate::Open(Self::create((**copy).clone())),
                    Err(_) => Fate::Unclear,
                },
                Settled::Untouched => Fate::Open(self),
                Settled::Unclear => Fate::Unclear,
            },
            Deed::Delete => match stored.get(client, &self.task).await {
                Err(Error::NotFound { .. }) => Fate::Done(self.task),
                Ok(_) => Fate::Open(self),
                Err(_) => Fate::Unclear,
            },
            Deed::Move(to) => match stored.get(client, &self.task).await {
                Ok(found) if found.project_id == *to => Fate::Done(found),
                Ok(found) if found.project_id == self.task.project_id => Fate::Open(self),
                _ => Fate::Unclear,
            },
            Deed::Restore(_) => match stored.get(client, &self.task).await {
                Ok(found) => Fate::Done(found),
                Err(Error::NotFound { .. }) => Fate::Open(self),
                Err(_) => Fate::Unclear,
            },
        }
    }
}

/// Returns the finished copy of an occurrence, which counts only if the series has moved on too.
fn finished(series: &Task, copy: Task, answer: &BatchAnswer) -> Result<Task, Error> {
    let stored = |id: &TaskId| {
        batch_item_errors::check_one(&op::TASK_BATCH, answer, id.as_str())?;
        batch_empty_maps::stored(&op::TASK_BATCH, answer, id.as_str())
    };
    match (stored(&series.id), stored(&copy.id)) {
        (Ok(_), Ok(etag)) => Ok(Step::create(copy).done(etag)),
        (Err(error), Err(_)) => Err(error),
        (Ok(_), Err(error)) => {
            Err(error.unfinished(&series.id, "has moved on, but its finished occurrence is not kept"))
        }
        (Err(error), Ok(_)) => {
            Err(error.unfinished(&copy.id, "is the finished occurrence, but its series did not move on"))
        }
    }
}

/// Sends steps that one operation carries.
pub(super) async fn post<'a>(
    client: &Client,
    steps: impl Iterator<Item = &'a Step>,
) -> Result<BatchAnswer, raw::Error> {
    let (mut batch, mut moves, mut restores) = (BatchTasks::default(), Vec::new(), Vec::new());
    for Step { task, deed, .. } in steps {
        let (id, project): (TaskId, ProjectId) = (task.id.clone(), task.project_id.clone());
        match deed {
            Deed::Create => batch.add.push(task.clone()),
            Deed::Update => batch.update.push(task.clone()),
            Deed::Finish(copy) => {
                batch.add.push((**copy).clone());
                batch.update.push(task.clone());
            }
            Deed::Delete => batch.delete.push(TaskRef::new(id, project)),
            Deed::Move(to) => moves.push(MoveTask::new(id, project, to.clone())),
            Deed::Restore(to) => restores.push(RestoreTask::new(id, project, to.clone())),
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
