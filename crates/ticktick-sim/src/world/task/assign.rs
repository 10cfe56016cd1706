//! Assigns tasks of shared projects to members.

use jiff::Timestamp;

use crate::world::account::Account;
use crate::world::fields::{Fields, wire};
use crate::world::item::{Item, NO_TASK};

impl Account {
    /// Assigns a task to a user.
    pub(crate) fn assign(&mut self, id: String, project: &str, assignee: i64, now: Timestamp) -> Item {
        let is_here = self.tasks.row(&id).is_some_and(|row| *row.head.project == *project && !row.head.is_trashed());
        let Some(mut task) = self.tasks.get(&id).filter(|_| is_here) else {
            return Err((id, NO_TASK));
        };
        task.put("assignee", assignee);
        task.put("modifiedTime", wire(now));
        Ok((id, self.save_task(task, now)))
    }
}
