//! [`Found`]: tasks that were read in few requests before they are written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;
use ticktick_models::{Task, TaskId};

use super::family::parent_of;
use super::links::Links;
use super::unused::FEW;
use super::{resource, unused};
use crate::arrival::{self, Read, ReadTask, first};
use crate::workaround::delta_add_lane_is_empty;
use crate::{Client, Error};

/// What is kept of an open task.
enum Part {
    Task(Box<Task>),
    /// A task and its parent.
    Link(TaskId, TaskId),
}

impl Part {
    fn of(task: Task, ids: &BTreeSet<TaskId>) -> Option<Self> {
        match parent_of(&task) {
            _ if task.is_deleted() => None,
            _ if ids.contains(&task.id) => Some(Self::Task(task.into())),
            parent => parent.cloned().map(|parent| Self::Link(task.id, parent)),
        }
    }
}

/// The members that decide what is kept of a task.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    id: TaskId,
    #[serde(default)]
    parent_id: Option<TaskId>,
    #[serde(default)]
    deleted: Option<i64>,
}

/// Reads the tasks with some ids, and the parents of the others.
struct Parts(Arc<BTreeSet<TaskId>>);

impl ReadTask for Parts {
    type Task = Part;

    fn read(&mut self, text: &str) -> Read<Part> {
        let (head, length) = first::<Head>(text)?;
        if head.deleted.unwrap_or_default() != 0 || self.0.contains(&head.id) {
            let (task, length) = first::<Task>(text)?;
            return Ok((Part::of(task, &self.0), length));
        }
        let parent = head.parent_id.filter(|id| !id.as_str().is_empty());
        Ok((parent.map(|parent| Part::Link(head.id, parent)), length))
    }
}

/// Tasks that were just read.
#[derive(Debug, Default)]
pub(super) struct Found {
    tasks: BTreeMap<TaskId, Task>,
    trashed: BTreeSet<TaskId>,
    /// The parents of all open tasks, if `is_whole`.
    pub(super) links: Links,
    /// Whether a sync was needed.
    pub(super) is_whole: bool,
}

impl Found {
    /// Reads tasks. More than [`FEW`] are read by a sync, which contains the open ones; the others are read one by one.
    ///
    /// `new` are ids for tasks to create. They are not read if a delta shows that nothing is stored under them.
    pub(super) async fn read(client: &Client, ids: &BTreeSet<TaskId>, new: &BTreeSet<TaskId>) -> Result<Self, Error> {
        let unused = unused::among(client, new).await?;
        let ids: BTreeSet<&TaskId> = ids.union(new).filter(|id| !unused.contains(*id)).collect();
        let mut found = Self::default();
        if ids.len() > FEW {
            found.read_whole(client, ids.iter().map(|id| (*id).clone()).collect()).await?;
        }
        for id in ids {
            if !found.tasks.contains_key(id) {
                found.read_one(client, id).await?;
            }
        }
        Ok(found)
    }

    /// Reads the open tasks with a sync, and keeps those with the given ids. Of the others, only the parents are kept.
    async fn read_whole(&mut self, client: &Client, ids: BTreeSet<TaskId>) -> Result<(), Error> {
        let ids = Arc::new(ids);
        let (parts, _, answer) = arrival::read(client, 0, Parts(Arc::clone(&ids))).await?;
        client.remember_inbox(answer.inbox_id.get());
        let mut lanes = answer.sync_task_bean.into_option().unwrap_or_default();
        // Those that did not fit.
        let others = delta_add_lane_is_empty::take(&mut lanes).into_iter().filter_map(|task| Part::of(task, &ids));
        for part in parts.into_iter().chain(others) {
            match part {
                Part::Task(task) => {
                    self.links.put(task.id.clone(), parent_of(&task));
                    self.tasks.insert(task.id.clone(), *task);
                }
                Part::Link(child, parent) => self.links.put(child, Some(&parent)),
            }
        }
        self.is_whole = true;
        Ok(())
    }

    async fn read_one(&mut self, client: &Client, id: &TaskId) -> Result<(), Error> {
        match resource::with_trash(client, id).await {
            Ok(task) if task.is_deleted() => drop(self.trashed.insert(id.clone())),
            Ok(task) => drop(self.tasks.insert(id.clone(), task)),
            Err(Error::NotFound { .. }) => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Returns a task that is neither deleted nor in the trash.
    pub(super) fn get(&self, id: &TaskId) -> Result<&Task, Error> {
        self.tasks.get(id).ok_or_else(|| Error::not_found("task", id))
    }

    /// Returns the task that an earlier attempt created under an id, if any.
    pub(super) fn created(&self, id: &TaskId) -> Result<Option<&Task>, Error> {
        if self.trashed.contains(id) { Err(resource::in_trash(id)) } else { Ok(self.tasks.get(id)) }
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use ticktick_models::BatchTasks;
    use ticktick_raw::Transport;
    use ticktick_sim::Simulator;

    use super::*;

    /// Runs what never waits.
    fn now<T>(work: impl Future<Output = T>) -> T {
        match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(done) => done,
            Poll::Pending => panic!("the simulator in the same process answers at once"),
        }
    }

    #[test]
    fn a_batch_keeps_no_tasks_that_it_does_not_need() {
        let service = Simulator::builder().account("me", "secret").build();
        let wire: &dyn Transport = &service.signed_on("me");
        let mut batch = BatchTasks::default();
        batch.add.extend((0..50).map(|number| {
            let mut task = Task::new(format!("{number:024x}"), "inbox");
            task.title = format!("Title {number}.").into();
            task
        }));
        now(ticktick_raw::task::batch(wire, &batch)).unwrap();
        let client = Client::builder().transport(service.signed_on("me")).base_url("http://127.0.0.1:1").build();
        let client = client.unwrap();
        let ids = (0..5).map(|number| TaskId::from(format!("{number:024x}"))).collect();
        let found = now(Found::read(&client, &ids, &BTreeSet::new())).unwrap();
        assert!(found.is_whole);
        assert!(ids.iter().all(|id| found.get(id).is_ok()));
        assert_eq!(format!("{found:?}").matches("Title ").count(), 5);
    }
}
