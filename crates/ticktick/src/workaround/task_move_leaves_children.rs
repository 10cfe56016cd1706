//! A move takes only the tasks that it lists, so what is below a task has to be listed too.

use std::collections::{BTreeSet, VecDeque};

use ticktick_models::Task;

use crate::task::family::Family;
use crate::{Client, Error};

/// Returns what is below a task that was just read, at all levels, closed tasks included.
///
/// Nothing is asked for where there are no children; else the open tasks of the project, and each closed child.
pub(crate) async fn below(client: &Client, root: &Task) -> Result<Vec<Task>, Error> {
    if root.child_ids.is_empty() {
        Ok(Vec::new())
    } else {
        below_in(client, &Family::read(client, &root.project_id).await?, root).await
    }
}

/// Returns what is below a task whose family is known.
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
                // It left the family, and its parent was not told.
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
