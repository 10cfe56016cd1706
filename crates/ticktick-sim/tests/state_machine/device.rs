//! A client with its own copy of the account as of its last sync.

use std::collections::{BTreeMap, BTreeSet};

use ticktick_models::*;
use ticktick_raw::{Error, project, sync, tag, task};
use ticktick_sim::InProcess;

use crate::plain::{Action, Plain, PlainTask, Sent};

/// The actions of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Intent {
    AddProject,
    DeleteProject,
    Create,
    /// Sends only the title.
    Retitle,
    /// Sends the whole task, as the device knows it.
    Rewrite,
    Complete,
    Move,
    Nest,
    Unnest,
    Delete,
    Restore,
    RenameTag,
}

impl Intent {
    /// Creating is more frequent, so that there are objects to work on.
    pub(crate) const ALL: &[Self] = &[
        Self::Create,
        Self::Create,
        Self::Create,
        Self::AddProject,
        Self::Retitle,
        Self::Rewrite,
        Self::Complete,
        Self::Move,
        Self::Move,
        Self::Nest,
        Self::Nest,
        Self::Nest,
        Self::Unnest,
        Self::Unnest,
        Self::Delete,
        Self::Restore,
        Self::RenameTag,
        Self::DeleteProject,
    ];
}

const TAGS: &[&str] = &["red", "green", "blue", "gray"];

pub(crate) struct Device {
    number: usize,
    made: usize,
    transport: InProcess,
    checkpoint: i64,
    inbox: String,
    projects: BTreeSet<String>,
    tags: BTreeSet<String>,
    tasks: BTreeMap<String, Task>,
    /// Deleted tasks with their projects.
    trash: BTreeMap<String, String>,
}

impl Device {
    pub(crate) fn new(number: usize, transport: InProcess) -> Self {
        let (projects, tags, tasks, trash) = Default::default();
        let inbox = String::new();
        Self { number, made: 0, transport, checkpoint: 0, inbox, projects, tags, tasks, trash }
    }

    /// Converts an intent to an action on the device's copy.
    pub(crate) fn choose(&mut self, intent: Intent, [one, two]: [usize; 2]) -> Option<Action> {
        let project = self.project(two);
        if let Intent::AddProject | Intent::Create = intent {
            let id = self.make_id();
            let sent = Sent { title: Some(format!("made {id}")), content: Some("words".into()), ..Sent::default() };
            let sent = Sent { tags: Some([one, one + 1].map(|pick| TAGS[pick % TAGS.len()].into()).into()), ..sent };
            return Some(match intent {
                Intent::AddProject => Action::AddProject { project: id },
                _ => Action::Create { task: id, project, sent },
            });
        }
        if let Intent::DeleteProject = intent {
            return nth(&self.projects, one).map(|project| Action::DeleteProject { project });
        }
        if let Intent::RenameTag = intent {
            // The service would refuse the name of another tag.
            let mut new = format!("tag-{}-{one}-{two}", self.number);
            while self.tags.contains(&new) {
                new.push('x');
            }
            return nth(&self.tags, one).map(|old| Action::RenameTag { old, new });
        }
        if let Intent::Restore = intent {
            let task = nth(self.trash.keys(), one)?;
            return Some(Action::Restore { from: self.trash[&task].clone(), to: project, task });
        }
        let fits = |task: &Task| intent != Intent::Unnest || task.parent_id.get().is_some();
        let task = nth(self.tasks.iter().filter(|(_, task)| fits(task)).map(|(id, _)| id), one)?;
        let known = PlainTask::from(&self.tasks[&task]);
        self.choose_for(intent, task, known, two)
    }

    fn choose_for(&self, intent: Intent, task: String, known: PlainTask, pick: usize) -> Option<Action> {
        let project = known.project.clone();
        let whole = |title: String, status| Sent {
            title: Some(title),
            content: Some(known.content.clone()),
            tags: Some(known.tags.clone()),
            status: Some(status),
        };
        Some(match intent {
            Intent::Retitle => {
                let title = Some(format!("again {pick}"));
                Action::Update { task, sent: Sent { title, ..Sent::default() } }
            }
            Intent::Rewrite => Action::Update { task, sent: whole(format!("new {pick}"), known.status) },
            Intent::Complete => Action::Update { task, sent: whole(known.title.clone(), 2) },
            Intent::Move => Action::Move { task, from: project, to: self.project(pick) },
            Intent::Nest => {
                let siblings = self.tasks.iter().filter(|(_, other)| *other.project_id.as_str() == *project);
                let parent = nth(siblings.map(|(id, _)| id), pick);
                Action::SetParent { task, project, parent, old: None }
            }
            Intent::Unnest => Action::SetParent { task, project, parent: None, old: Some(known.parent?) },
            _ => Action::Delete { task, project },
        })
    }

    fn project(&self, pick: usize) -> String {
        nth(self.projects.iter().chain([&self.inbox]), pick).unwrap()
    }

    fn make_id(&mut self) -> String {
        self.made += 1;
        format!("{:024x}", (self.number + 1) * 0x10_0000 + self.made)
    }

    /// Requests an action from the service.
    pub(crate) async fn send(&self, action: &Action) -> Result<(), Error> {
        let transport = &self.transport;
        match action {
            Action::AddProject { project } => {
                let mut batch = BatchProjects::default();
                batch.add.push(Project::new(project.as_str()));
                project::batch(transport, &batch).await.map(drop)
            }
            Action::DeleteProject { project } => project::delete(transport, &project.as_str().into()).await,
            Action::Create { task, project, sent } => {
                let mut batch = BatchTasks::default();
                batch.add.push(sent_task(task, project, sent));
                task::batch(transport, &batch).await.map(drop)
            }
            Action::Update { task, sent } => {
                let mut batch = BatchTasks::default();
                // The project that an update names does not matter.
                batch.update.push(sent_task(task, &self.inbox, sent));
                task::batch(transport, &batch).await.map(drop)
            }
            Action::Move { task, from, to } => {
                let sent = MoveTask::new(task.as_str(), from.as_str(), to.as_str());
                task::r#move(transport, &[sent]).await.map(drop)
            }
            Action::SetParent { task, project, parent, old } => {
                let mut link = SetParent::new(task.as_str(), project.as_str());
                link.parent_id = Field::or_absent(parent.as_deref().map(TaskId::from));
                link.old_parent_id = Field::or_absent(old.as_deref().map(TaskId::from));
                task::set_parents(transport, &[link]).await.map(drop)
            }
            Action::Delete { task, project } => {
                let mut batch = BatchTasks::default();
                batch.delete.push(TaskRef::new(task.as_str(), project.as_str()));
                task::batch(transport, &batch).await.map(drop)
            }
            Action::Restore { task, from, to } => {
                let sent = RestoreTask::new(task.as_str(), from.as_str(), to.as_str());
                task::restore(transport, &[sent]).await.map(drop)
            }
            Action::RenameTag { old, new } => tag::rename(transport, &RenameTag::new(old.as_str(), new.as_str())).await,
        }
    }

    /// Fetches changes and applies them to the copy; each device uses one of the two versions.
    pub(crate) async fn sync(&mut self) -> Result<(), Error> {
        let answer = match self.number {
            0 => sync::check(&self.transport, self.checkpoint).await?,
            _ => sync::check_v2(&self.transport, self.checkpoint).await?,
        };
        // Null means no change.
        if !answer.project_profiles.is_null() {
            self.projects = answer.project_profiles.iter().map(|project| project.id.to_string()).collect();
        }
        if !answer.tags.is_null() {
            self.tags = answer.tags.iter().map(|tag| tag.name.to_string()).collect();
        }
        if let Some(inbox) = answer.inbox_id.get() {
            self.inbox = inbox.to_string();
        }
        let lanes = answer.sync_task_bean.into_option().unwrap_or_default();
        for task in lanes.update {
            self.trash.remove(task.id.as_str());
            self.tasks.insert(task.id.to_string(), task);
        }
        for deleted in lanes.delete {
            let DeletedTask::Key(key) = deleted else { panic!("a deleted task has a key: {deleted:?}") };
            let project = key.project_id.into_option().unwrap();
            self.tasks.remove(key.task_id.as_str());
            self.trash.insert(key.task_id.to_string(), project.to_string());
        }
        self.checkpoint = answer.check_point;
        Ok(())
    }

    pub(crate) fn checkpoint(&self) -> i64 {
        self.checkpoint
    }

    /// Returns the device's copy in the form of the plain model.
    pub(crate) fn seen(&self, plain: &Plain) -> Plain {
        Plain {
            mode: plain.mode,
            inbox: self.inbox.clone(),
            projects: self.projects.clone(),
            tags: self.tags.clone(),
            tasks: self.tasks.iter().map(|(id, task)| (id.clone(), task.into())).collect(),
        }
    }
}

fn sent_task(id: &str, project: &str, sent: &Sent) -> Task {
    let mut task = Task::new(id, project);
    task.title = Field::or_absent(sent.title.clone());
    task.content = Field::or_absent(sent.content.clone());
    if let Some(tags) = &sent.tags {
        task.tags = tags.iter().map(|tag| TagName::from(tag.as_str())).collect::<Vec<_>>().into();
    }
    task.status = Field::or_absent(sent.status.map(TaskStatus::from));
    task
}

/// Picks one of the items, if there are any.
fn nth<'a>(items: impl IntoIterator<Item = &'a String>, pick: usize) -> Option<String> {
    let items: Vec<&String> = items.into_iter().collect();
    items.get(pick.checked_rem(items.len())?).map(|item| (*item).clone())
}
