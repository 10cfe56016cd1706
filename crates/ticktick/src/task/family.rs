//! [`Family`]: the parents and subtasks among the open tasks of a project.

use std::collections::{BTreeMap, HashMap, HashSet};

use ticktick_models::{ProjectId, Task, TaskId};

use super::read;
use crate::{Client, Error};

/// The open tasks of a project, by id.
#[derive(Debug, Default)]
pub(crate) struct Family {
    tasks: BTreeMap<TaskId, Task>,
    /// Ids of the direct subtasks of each parent.
    below: HashMap<TaskId, Vec<TaskId>>,
}

impl Family {
    pub(crate) async fn read(client: &Client, project: &ProjectId) -> Result<Self, Error> {
        Ok(Self::of(read::list_by_project(client, project).await?))
    }

    pub(crate) fn of(tasks: impl IntoIterator<Item = Task>) -> Self {
        let mut family = Self::default();
        tasks.into_iter().for_each(|task| family.add(task));
        family
    }

    /// Adds a task, or replaces it.
    pub(crate) fn add(&mut self, task: Task) {
        if let Some(parent) = self.tasks.get(&task.id).and_then(parent_of) {
            self.below.entry(parent.clone()).or_default().retain(|child| *child != task.id);
        }
        if let Some(parent) = parent_of(&task) {
            self.below.entry(parent.clone()).or_default().push(task.id.clone());
        }
        self.tasks.insert(task.id.clone(), task);
    }

    /// Adds the tasks of another family.
    pub(crate) fn extend(&mut self, other: Self) {
        other.tasks.into_values().for_each(|task| self.add(task));
    }

    pub(crate) fn get(&self, id: &TaskId) -> Option<&Task> {
        self.tasks.get(id)
    }

    /// Returns the direct subtasks of a task.
    pub(crate) fn children(&self, id: &TaskId) -> impl Iterator<Item = &Task> {
        self.below.get(id).into_iter().flatten().filter_map(|child| self.get(child))
    }

    /// Returns the ids of a task and its ancestors, starting with the task.
    pub(crate) fn line(&self, task: &Task) -> Vec<TaskId> {
        let mut line = vec![task.id.clone()];
        let mut seen = HashSet::from([&task.id]);
        let mut above = parent_of(task);
        // Stops at a cycle in the stored parents.
        while let Some(id) = above.filter(|id| seen.insert(*id)) {
            line.push(id.clone());
            above = self.get(id).and_then(parent_of);
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
            let next = level.iter().flat_map(|id| self.below.get(*id).into_iter().flatten());
            level = next.filter(|child| seen.insert(*child)).collect();
        }
        height
    }
}

/// Returns the parent of a task, unless it is missing or empty.
pub(crate) fn parent_of(task: &Task) -> Option<&TaskId> {
    task.parent_id.get().filter(|id| !id.as_str().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn family(links: &[(&str, &str)]) -> Family {
        let task = |(id, parent): &(&str, &str)| {
            let mut task = Task::new(*id, "p");
            task.parent_id = TaskId::from(*parent).into();
            task
        };
        Family::of(links.iter().map(task))
    }

    fn line(family: &Family, id: &str) -> Vec<String> {
        family.line(family.get(&id.into()).unwrap()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn lines_go_up_and_heights_go_down() {
        let family = family(&[("a", ""), ("b", "a"), ("c", "b"), ("d", "a"), ("e", "elsewhere")]);
        assert_eq!(line(&family, "c"), ["c", "b", "a"]);
        assert_eq!(line(&family, "e"), ["e", "elsewhere"]);
        let heights = ["a", "b", "c", "d", "x"].map(|id| family.height(&id.into()));
        assert_eq!(heights, [3, 2, 1, 1, 1]);
        assert_eq!(family.children(&"a".into()).count(), 2);
    }

    #[test]
    fn a_task_that_is_added_again_leaves_its_old_parent() {
        let mut family = family(&[("a", ""), ("b", "a"), ("c", "")]);
        let mut moved = family.get(&"b".into()).unwrap().clone();
        moved.parent_id = TaskId::from("c").into();
        family.add(moved);
        assert_eq!(["a", "c"].map(|id| family.children(&id.into()).count()), [0, 1]);
    }

    #[test]
    fn a_long_circle_takes_no_longer_than_a_long_line() {
        let count = 100_000;
        let links: Vec<(String, String)> =
            (0..count).map(|at| (at.to_string(), ((at + 1) % count).to_string())).collect();
        let links: Vec<(&str, &str)> = links.iter().map(|(id, parent)| (id.as_str(), parent.as_str())).collect();
        let family = family(&links);
        assert_eq!(line(&family, "0").len(), count);
        assert_eq!(family.height(&"0".into()), count);
        assert_eq!(family.children(&"1".into()).count(), 1);
    }

    #[test]
    fn a_circle_ends() {
        let family = family(&[("a", "b"), ("b", "a")]);
        assert_eq!(line(&family, "a"), ["a", "b"]);
        assert_eq!(family.height(&"a".into()), 2);
    }
}
