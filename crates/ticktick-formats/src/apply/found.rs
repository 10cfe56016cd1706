//! [`Found`]: the tasks of an import that are already in the account.

use std::collections::BTreeMap;

use ticktick::{Account, Client, Error, ProjectId, Task};

/// Maximum number of tasks that are read one by one.
const FEW: usize = 3;

/// The tasks that are in the account: open, closed or in the trash.
#[derive(Debug, Default)]
pub(super) struct Found(BTreeMap<String, Option<ProjectId>>);

impl Found {
    /// Finds the open tasks.
    pub(super) fn of(account: &Account) -> Self {
        let mut found = Self::default();
        account.tasks().iter().for_each(|task| found.keep(task));
        found
    }

    /// Keeps the project of a task that could still get a parent.
    fn keep(&mut self, task: &Task) {
        let project = task.parent().is_none().then(|| task.project_id.clone());
        self.0.insert(task.id.to_string(), project);
    }

    /// Looks for tasks that are not open. Tasks that the user has deleted are not created again.
    pub(super) async fn look_for(&mut self, client: &Client, ids: &[String]) -> Result<(), Error> {
        let missing: Vec<&String> = ids.iter().filter(|id| !self.0.contains_key(*id)).collect();
        if missing.len() <= FEW {
            for id in missing {
                match client.task().get(id.as_str()).await {
                    Ok(task) => self.keep(&task),
                    Err(error) if error.is_not_found() => {}
                    Err(error) => return Err(error),
                }
            }
        } else {
            let mut history = client.task().history(..);
            while let Some(task) = history.try_next().await? {
                self.keep(&task);
            }
        }
        for task in client.task().trash().await? {
            self.0.insert(task.id.to_string(), None);
        }
        Ok(())
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// Returns the project of a task without a parent.
    pub(super) fn orphan(&self, id: &str) -> Option<ProjectId> {
        self.0.get(id).cloned().flatten()
    }
}
