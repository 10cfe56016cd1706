//! [`Found`]: tasks that were read in few requests before they are written.

use std::collections::{BTreeMap, BTreeSet};

use ticktick_models::{Task, TaskId};

use super::family::Family;
use super::unused::FEW;
use super::{resource, unused};
use crate::workaround::delta_add_lane_is_empty;
use crate::{Client, Error};

/// Tasks that were just read.
#[derive(Debug, Default)]
pub(super) struct Found {
    tasks: BTreeMap<TaskId, Task>,
    trashed: BTreeSet<TaskId>,
    /// All open tasks, if `is_whole`.
    pub(super) family: Family,
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
            let mut lanes = client.sync().everything().await?.sync_task_bean.into_option().unwrap_or_default();
            let mut open = delta_add_lane_is_empty::take(&mut lanes);
            open.retain(|task| !task.is_deleted());
            let wanted = open.iter().filter(|task| ids.contains(&task.id));
            found.tasks.extend(wanted.map(|task| (task.id.clone(), task.clone())));
            found.family = Family::of(open);
            found.is_whole = true;
        }
        for id in ids {
            if !found.tasks.contains_key(id) {
                found.read_one(client, id).await?;
            }
        }
        Ok(found)
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
