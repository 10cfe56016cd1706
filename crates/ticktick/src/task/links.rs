//! [`Links`]: which task is below which.

use std::collections::{HashMap, HashSet};

use ticktick_models::TaskId;

/// The parents of tasks. Tasks without a parent take no room.
#[derive(Debug, Default)]
pub(crate) struct Links {
    above: HashMap<TaskId, TaskId>,
    /// Ids of the direct subtasks of each parent.
    below: HashMap<TaskId, Vec<TaskId>>,
}

impl Links {
    /// Puts a task below a parent, or below none.
    pub(crate) fn put(&mut self, child: TaskId, parent: Option<&TaskId>) {
        if let Some(siblings) = self.above.remove(&child).and_then(|old| self.below.get_mut(&old)) {
            siblings.retain(|sibling| *sibling != child);
        }
        if let Some(parent) = parent {
            self.below.entry(parent.clone()).or_default().push(child.clone());
            self.above.insert(child, parent.clone());
        }
    }

    /// Adds newer links.
    pub(crate) fn extend(&mut self, newer: Self) {
        newer.above.into_iter().for_each(|(child, parent)| self.put(child, Some(&parent)));
    }

    pub(crate) fn parent(&self, id: &TaskId) -> Option<&TaskId> {
        self.above.get(id)
    }

    /// Returns the ids of the direct subtasks of a task.
    pub(crate) fn children(&self, id: &TaskId) -> impl Iterator<Item = &TaskId> {
        self.below.get(id).into_iter().flatten()
    }

    /// Returns the ids of a task and its ancestors, starting with the task, whose parent is given.
    pub(crate) fn line(&self, id: &TaskId, parent: Option<&TaskId>) -> Vec<TaskId> {
        let mut line = vec![id.clone()];
        let mut seen = HashSet::from([id]);
        let mut above = parent;
        // Stops at a cycle in the stored parents.
        while let Some(id) = above.filter(|id| seen.insert(*id)) {
            line.push(id.clone());
            above = self.parent(id);
        }
        line
    }

    /// Counts the levels of a task and its descendants.
    pub(crate) fn height(&self, id: &TaskId) -> usize {
        let mut seen = HashSet::from([id]);
        let mut level = vec![id];
        let mut height = 0;
        while !level.is_empty() {
            height += 1;
            let next = level.iter().flat_map(|id| self.children(id));
            level = next.filter(|child| seen.insert(*child)).collect();
        }
        height
    }
}
