//! [`Family`]: the parents and subtasks among the open tasks of a project.

use std::collections::BTreeMap;

use ticktick_models::{ProjectId, Task, TaskId};

use super::links::Links;
use super::read;
use crate::{Client, Error};

/// The open tasks of a project, by id.
#[derive(Debug, Default)]
pub(crate) struct Family {
    tasks: BTreeMap<TaskId, Task>,
    links: Links,
}

impl Family {
    pub(crate) async fn read(client: &Client, project: &ProjectId) -> Result<Self, Error> {
        Ok(Self::of(read::list_by_project(client, project).await?))
    }

    fn of(tasks: impl IntoIterator<Item = Task>) -> Self {
        let mut family = Self::default();
        for task in tasks {
            family.links.put(task.id.clone(), parent_of(&task));
            family.tasks.insert(task.id.clone(), task);
        }
        family
    }

    /// Keeps only the parents.
    pub(crate) fn into_links(self) -> Links {
        self.links
    }

    pub(crate) fn get(&self, id: &TaskId) -> Option<&Task> {
        self.tasks.get(id)
    }

    /// Returns the direct subtasks of a task.
    pub(crate) fn children(&self, id: &TaskId) -> impl Iterator<Item = &Task> {
        self.links.children(id).filter_map(|child| self.get(child))
    }

    /// Returns the ids of a task and its ancestors, starting with the task.
    pub(crate) fn line(&self, task: &Task) -> Vec<TaskId> {
        self.links.line(&task.id, parent_of(task))
    }

    /// Counts the levels of a task and its descendants.
    pub(crate) fn height(&self, id: &TaskId) -> usize {
        self.links.height(id)
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
    fn a_task_that_is_put_below_another_one_leaves_its_old_parent() {
        let mut links = family(&[("a", ""), ("b", "a"), ("c", "")]).into_links();
        let mut newer = Links::default();
        newer.put("b".into(), Some(&"c".into()));
        links.extend(newer);
        assert_eq!(["a", "c"].map(|id| links.children(&id.into()).count()), [0, 1]);
        links.put("b".into(), None);
        assert_eq!((links.parent(&"b".into()), links.height(&"c".into())), (None, 1));
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
