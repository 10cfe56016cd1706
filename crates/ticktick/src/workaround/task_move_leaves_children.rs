//! A move affects only the listed tasks, so the descendants of a task have to be listed too.

use std::collections::{BTreeSet, VecDeque};

use ticktick_models::Task;

use crate::task::family::Family;
use crate::{Client, Error};

/// Returns all descendants of a task that was just read, including closed ones.
///
/// Reads nothing if there are no subtasks; otherwise the open tasks of the project, and each closed subtask.
pub(crate) async fn below(client: &Client, root: &Task) -> Result<Vec<Task>, Error> {
    if root.child_ids.is_empty() {
        Ok(Vec::new())
    } else {
        below_in(client, &Family::read(client, &root.project_id).await?, root).await
    }
}

/// Returns the descendants of a task whose project was already read.
pub(crate) async fn below_in(client: &Client, family: &Family, root: &Task) -> Result<Vec<Task>, Error> {
    let mut found = Vec::new();
    let mut known = BTreeSet::from([root.id.clone()]);
    let mut next = VecDeque::from_iter(root.child_ids.iter().cloned());
    while let Some(id) = next.pop_front() {
        if !known.insert(id.clone()) {
            continue;
        }
        let task = match family.get(&id) {
            Some(task) => task.clone(),
            None => match client.task().get(&id).await {
                Ok(task) if task.project_id == root.project_id => task,
                // The subtask has left, and its old parent was not updated.
                Ok(_) | Err(Error::NotFound { .. }) => continue,
                Err(error) => return Err(error),
            },
        };
        next.extend(task.child_ids.iter().cloned());
        next.extend(family.children(&id).map(|child| child.id.clone()));
        found.push(task);
    }
    Ok(found)
}
