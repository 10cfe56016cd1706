//! [`Found`]: tasks that were read in few requests before they are written.

use std::collections::{BTreeMap, BTreeSet};

use ticktick_models::{Task, TaskId};

use super::resource;
use crate::workaround::delta_add_lane_is_empty;
use crate::{Client, Error};

/// Maximum number of tasks that are read one by one; a sync reads more of them.
const FEW: usize = 3;

/// Tasks that were just read.
#[derive(Debug, Default)]
pub(super) struct Found {
    tasks: BTreeMap<TaskId, Task>,
}

impl Found {
    /// Reads tasks. More than [`FEW`] are read by a sync, which contains the open ones; the others are read one by one.
    pub(super) async fn read(client: &Client, ids: &BTreeSet<TaskId>) -> Result<Self, Error> {
        let mut tasks = BTreeMap::new();
        if ids.len() > FEW {
            let mut lanes = client.sync().everything().await?.sync_task_bean.into_option().unwrap_or_default();
            let open = delta_add_lane_is_empty::take(&mut lanes);
            let wanted = open.into_iter().filter(|task| ids.contains(&task.id) && !task.is_deleted());
            tasks.extend(wanted.map(|task| (task.id.clone(), task)));
        }
        for id in ids {
            if tasks.contains_key(id) {
                continue;
            }
            match resource::get(client, id).await {
                Ok(task) => drop(tasks.insert(id.clone(), task)),
                Err(Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Self { tasks })
    }

    /// Returns a task that is neither deleted nor in the trash.
    pub(super) fn get(&self, id: &TaskId) -> Result<&Task, Error> {
        self.tasks.get(id).ok_or_else(|| Error::not_found("task", id))
    }
}
