//! The plain model: the contents of an account after an action, without requests and responses.

use std::collections::{BTreeMap, BTreeSet};

use ticktick_models::{DeletedState, Task};
use ticktick_sim::UpdateMode;

/// A request of a device to the service.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    AddProject {
        project: String,
    },
    DeleteProject {
        project: String,
    },
    Create {
        task: String,
        project: String,
        sent: Sent,
    },
    Update {
        task: String,
        sent: Sent,
    },
    Move {
        task: String,
        from: String,
        to: String,
    },
    /// Without a parent, removes the task from its old one.
    SetParent {
        task: String,
        project: String,
        parent: Option<String>,
        old: Option<String>,
    },
    Delete {
        task: String,
        project: String,
    },
    Restore {
        task: String,
        from: String,
        to: String,
    },
    RenameTag {
        old: String,
        new: String,
    },
}

/// Members of a task that an action sends; the others are omitted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sent {
    pub(crate) title: Option<String>,
    pub(crate) content: Option<String>,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) status: Option<i64>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plain {
    pub(crate) mode: UpdateMode,
    pub(crate) inbox: String,
    pub(crate) projects: BTreeSet<String>,
    pub(crate) tags: BTreeSet<String>,
    pub(crate) tasks: BTreeMap<String, PlainTask>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PlainTask {
    pub(crate) project: String,
    pub(crate) title: String,
    pub(crate) content: String,
    pub(crate) tags: Vec<String>,
    pub(crate) status: i64,
    pub(crate) parent: Option<String>,
    pub(crate) children: Vec<String>,
    pub(crate) trashed: bool,
}

impl From<&Task> for PlainTask {
    fn from(task: &Task) -> Self {
        Self {
            project: task.project_id.to_string(),
            title: task.title.get().cloned().unwrap_or_default(),
            content: task.content.get().cloned().unwrap_or_default(),
            tags: task.tags.iter().map(ToString::to_string).collect(),
            status: task.status.get().map_or(0, |status| status.value()),
            parent: task.parent_id.get().map(ToString::to_string),
            children: task.child_ids.iter().map(ToString::to_string).collect(),
            trashed: task.deleted == DeletedState::InTrash,
        }
    }
}

impl Plain {
    pub(crate) fn new(mode: UpdateMode, inbox: &str) -> Self {
        let (projects, tags, tasks) = Default::default();
        Self { mode, inbox: inbox.into(), projects, tags, tasks }
    }

    /// Returns what a device can know: everything except the trash.
    pub(crate) fn visible(&self) -> Self {
        let mut visible = self.clone();
        visible.tasks.retain(|_, task| !task.trashed);
        visible
    }

    /// Applies an action and returns whether it changed anything.
    pub(crate) fn apply(&mut self, action: &Action) -> bool {
        let before = self.clone();
        match action {
            Action::AddProject { project } => drop(self.projects.insert(project.clone())),
            Action::DeleteProject { project } => self.delete_project(project),
            // A repeated add changes the existing object.
            Action::Create { task, sent, .. } if self.tasks.contains_key(task) => self.update(task, sent),
            Action::Create { task, project, sent } if self.has(project) => {
                self.tasks.insert(task.clone(), PlainTask { project: project.clone(), ..PlainTask::default() });
                self.update(task, sent);
            }
            Action::Update { task, sent } if self.tasks.contains_key(task) => self.update(task, sent),
            Action::Move { task, from, to } if self.is_live_in(task, from) && self.has(to) => self.move_to(task, to),
            Action::SetParent { task, project, parent: Some(parent), .. } => self.nest(task, parent, project),
            Action::SetParent { task, project, parent: None, old } => self.unnest(task, old.as_deref(), project),
            Action::Delete { task, project } if self.is_live_in(task, project) => self.trash(task),
            Action::Restore { task, to, .. } if self.is_trashed(task) => {
                // A task whose project no longer exists is restored to the inbox.
                let project = if self.has(to) { to } else { &self.inbox }.clone();
                let task = self.task(task);
                (task.trashed, task.project) = (false, project);
            }
            Action::RenameTag { old, new } if (old == new || !self.tags.contains(new)) && self.tags.remove(old) => {
                self.rename_tag(old, new);
            }
            _ => {}
        }
        *self != before
    }

    fn task(&mut self, id: &str) -> &mut PlainTask {
        self.tasks.get_mut(id).unwrap()
    }

    fn has(&self, project: &str) -> bool {
        project == self.inbox || self.projects.contains(project)
    }

    fn is_trashed(&self, id: &str) -> bool {
        self.tasks.get(id).is_some_and(|task| task.trashed)
    }

    fn is_live_in(&self, id: &str, project: &str) -> bool {
        self.tasks.get(id).is_some_and(|task| !task.trashed && task.project == project)
    }

    /// Tasks in the trash are changed as well, and stay there.
    fn update(&mut self, id: &str, sent: &Sent) {
        let replace = self.mode == UpdateMode::Replace;
        self.tags.extend(sent.tags.iter().flatten().cloned());
        let task = self.task(id);
        put(&mut task.title, &sent.title, replace);
        put(&mut task.content, &sent.content, replace);
        put(&mut task.tags, &sent.tags, replace);
        put(&mut task.status, &sent.status, replace);
    }

    fn nest(&mut self, id: &str, parent: &str, project: &str) {
        let above = std::iter::successors(Some(parent), |id| self.tasks.get(*id)?.parent.as_deref());
        let above: Vec<&str> = above.collect();
        let fits = !above.contains(&id) && above.len() + self.levels(id) <= 5;
        if self.is_live_in(id, project) && self.is_live_in(parent, project) && fits {
            self.detach(id);
            self.task(id).parent = Some(parent.into());
            self.task(parent).children.push(id.into());
        }
    }

    /// Counts the levels of a task and its descendants.
    fn levels(&self, id: &str) -> usize {
        let children = self.tasks.get(id).map_or(&[][..], |task| &task.children);
        1 + children.iter().map(|child| self.levels(child)).max().unwrap_or(0)
    }

    fn unnest(&mut self, id: &str, old: Option<&str>, project: &str) {
        if self.is_live_in(id, project) && self.tasks[id].parent.as_deref() == old {
            self.detach(id);
        }
    }

    fn detach(&mut self, id: &str) {
        if let Some(parent) = self.task(id).parent.take() {
            self.task(&parent).children.retain(|child| child != id);
        }
    }

    /// Removes a task from its parent and from its children.
    fn part(&mut self, id: &str) {
        self.detach(id);
        for child in self.tasks[id].children.clone() {
            self.detach(&child);
        }
    }

    /// Relatives stay behind.
    fn move_to(&mut self, id: &str, project: &str) {
        if self.tasks[id].project != project {
            self.part(id);
            self.task(id).project = project.into();
        }
    }

    fn trash(&mut self, id: &str) {
        self.part(id);
        self.task(id).trashed = true;
    }

    fn delete_project(&mut self, project: &str) {
        if self.projects.remove(project) {
            let tasks: Vec<String> = self.tasks.keys().filter(|id| self.is_live_in(id, project)).cloned().collect();
            tasks.iter().for_each(|id| self.trash(id));
        }
    }

    fn rename_tag(&mut self, old: &str, new: &str) {
        self.tags.insert(new.into());
        for task in self.tasks.values_mut().filter(|task| task.tags.iter().any(|tag| tag == old)) {
            let mut tags: Vec<String> = Vec::new();
            for tag in &task.tags {
                let tag = if tag == old { new } else { tag };
                if !tags.iter().any(|known| known == tag) {
                    tags.push(tag.into());
                }
            }
            task.tags = tags;
        }
    }
}

/// Omitted members stay, or are removed if updates replace.
fn put<T: Clone + Default>(member: &mut T, sent: &Option<T>, replace: bool) {
    match sent {
        Some(sent) => member.clone_from(sent),
        None if replace => *member = T::default(),
        None => {}
    }
}
