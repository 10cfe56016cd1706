//! The tasks of a snapshot and their indexes.

use std::collections::HashMap;
use std::sync::OnceLock;

use ticktick_models::{ProjectId, TagName, Task, TaskId};

use crate::tag::name;

/// The tasks of a snapshot. Indexes are built on first use.
#[derive(Clone)]
pub(super) struct Tasks {
    list: Vec<Task>,
    places: OnceLock<HashMap<TaskId, usize>>,
    groups: OnceLock<Groups>,
}

/// Indexes of tasks by project, tag (in lower case) and parent.
#[derive(Clone, Default)]
struct Groups {
    projects: HashMap<ProjectId, Vec<usize>>,
    tags: HashMap<TagName, Vec<usize>>,
    parents: HashMap<TaskId, Vec<usize>>,
}

/// The outcome of storing a task.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Put {
    Added,
    Changed,
    Same,
}

impl Tasks {
    pub(super) fn new(mut list: Vec<Task>) -> Self {
        list.retain(belongs);
        Self { list, places: OnceLock::new(), groups: OnceLock::new() }
    }

    pub(super) fn list(&self) -> &[Task] {
        &self.list
    }

    pub(super) fn into_vec(self) -> Vec<Task> {
        self.list
    }

    pub(super) fn get(&self, id: &TaskId) -> Option<&Task> {
        self.list.get(*self.places().get(id)?)
    }

    pub(super) fn of_project(&self, id: &ProjectId) -> impl Iterator<Item = &Task> {
        self.at(self.groups().projects.get(id))
    }

    /// Returns the tasks with a tag, whose key is given in lower case.
    pub(super) fn of_tag(&self, name: &TagName) -> impl Iterator<Item = &Task> {
        self.at(self.groups().tags.get(name))
    }

    pub(super) fn of_parent(&self, id: &TaskId) -> impl Iterator<Item = &Task> {
        self.at(self.groups().parents.get(id))
    }

    /// Stores a task by its id, wherever it was before.
    pub(super) fn put(&mut self, task: Task) -> Put {
        let mut places = self.take_places();
        let put = match places.get(&task.id) {
            Some(place) if self.list[*place] == task => Put::Same,
            Some(place) => {
                self.list[*place] = task;
                Put::Changed
            }
            None => {
                places.insert(task.id.clone(), self.list.len());
                self.list.push(task);
                Put::Added
            }
        };
        self.places = places.into();
        put
    }

    /// Removes a task and returns whether it was there.
    pub(super) fn remove(&mut self, id: &TaskId) -> bool {
        let mut places = self.take_places();
        let place = places.remove(id);
        if let Some(place) = place {
            self.list.swap_remove(place);
            if let Some(moved) = self.list.get(place) {
                places.insert(moved.id.clone(), place);
            }
        }
        self.places = places.into();
        place.is_some()
    }

    fn places(&self) -> &HashMap<TaskId, usize> {
        self.places.get_or_init(|| self.list.iter().zip(0..).map(|(task, place)| (task.id.clone(), place)).collect())
    }

    /// Takes the index for a change. The groups are rebuilt on next use.
    fn take_places(&mut self) -> HashMap<TaskId, usize> {
        self.groups.take();
        self.places();
        self.places.take().unwrap_or_default()
    }

    fn groups(&self) -> &Groups {
        self.groups.get_or_init(|| {
            let mut groups = Groups::default();
            for (task, place) in self.list.iter().zip(0..) {
                groups.projects.entry(task.project_id.clone()).or_default().push(place);
                for tag in &task.tags {
                    let places = groups.tags.entry(name::lower(tag.as_str())).or_default();
                    if places.last() != Some(&place) {
                        places.push(place);
                    }
                }
                if let Some(parent) = task.parent_id.get() {
                    groups.parents.entry(parent.clone()).or_default().push(place);
                }
            }
            groups
        })
    }

    fn at<'a>(&'a self, places: Option<&'a Vec<usize>>) -> impl Iterator<Item = &'a Task> {
        places.into_iter().flatten().filter_map(|place| self.list.get(*place))
    }
}

/// Returns whether a snapshot contains a task in this state. An old completion time may remain, so it is ignored.
pub(super) fn belongs(task: &Task) -> bool {
    !task.is_completed() && !task.is_wont_do() && !task.is_deleted()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(id: &str, project: &str) -> Task {
        Task::new(id, project)
    }

    fn ids<'a>(tasks: impl Iterator<Item = &'a Task>) -> Vec<&'a str> {
        tasks.map(|task| task.id.as_str()).collect()
    }

    #[test]
    fn what_finds_tasks_keeps_up_with_them() {
        let mut tasks = Tasks::new(vec![task("a", "p"), task("b", "p"), task("c", "q")]);
        assert_eq!(ids(tasks.of_project(&"p".into())), ["a", "b"]);
        assert!(tasks.remove(&"a".into()) && !tasks.remove(&"a".into()));
        assert_eq!(tasks.get(&"c".into()).unwrap().project_id, "q");
        let mut child = task("d", "q");
        child.parent_id = TaskId::from("c").into();
        child.tags.push("work".into());
        assert_eq!(tasks.put(child.clone()), Put::Added);
        assert_eq!(tasks.put(child.clone()), Put::Same);
        assert_eq!(ids(tasks.of_parent(&"c".into())), ["d"]);
        child.project_id = "p".into();
        assert_eq!(tasks.put(child), Put::Changed);
        assert_eq!(ids(tasks.of_tag(&"work".into())), vec!["d"]);
        assert_eq!(ids(tasks.of_project(&"q".into())), vec!["c"]);
        for id in ["b", "c", "d"] {
            assert_eq!(tasks.get(&id.into()).unwrap().id, id);
            assert!(tasks.remove(&id.into()));
        }
        assert!(tasks.into_vec().is_empty());
    }
}
