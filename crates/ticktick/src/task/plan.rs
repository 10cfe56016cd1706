//! [`Planner`]: decides what each item of a batch needs, after its task was read.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use ticktick_models::{ProjectId, Task, TaskId, TaskStatus};

use super::create::Known;
use super::draft::TaskDraft;
use super::entry::{Change, Item, Plan, What, Work, no_parent};
use super::family::{Family, parent_of};
use super::found::Found;
use super::links::Links;
use super::step::Step;
use super::{close, create, occurrence, pin, tag_list};
use crate::resource::Resource;
use crate::workaround::{completed_time_by_client, parent_same_project, task_unpin_minus_one};
use crate::write::{self, Decision, Newer};
use crate::{Client, Error};

/// State that a batch keeps between waves.
#[derive(Default)]
pub(super) struct Course {
    pub(super) known: Known,
    /// Recurring tasks of which an occurrence was completed.
    pub(super) finished: BTreeSet<TaskId>,
    /// The failure that would also affect every further request.
    pub(super) ended: Option<Error>,
}

/// What the planner needs to know about a draft of the wave before it is planned.
struct Draft {
    index: usize,
    is_valid: bool,
    project: Option<ProjectId>,
    parent: Option<TaskId>,
}

/// Plans the items of one wave.
pub(super) struct Planner<'a> {
    client: &'a Client,
    found: &'a Found,
    course: &'a mut Course,
    drafts: BTreeMap<TaskId, Draft>,
    /// The parents of the tasks around the given ones, as they are after the planned items.
    links: Links,
    /// Projects whose tasks are in the links.
    known: BTreeSet<ProjectId>,
}

impl Draft {
    fn of(item: &Item) -> Self {
        let (project, parent) = match &item.what {
            Ok(What::Create(draft, _)) => (draft.chosen_project().cloned(), draft.chosen_parent().cloned()),
            _ => (None, None),
        };
        Self { index: item.name.index, is_valid: item.what.is_ok(), project, parent }
    }
}

impl<'a> Planner<'a> {
    pub(super) fn new(client: &'a Client, found: &'a mut Found, course: &'a mut Course, items: &[Item]) -> Self {
        let links = std::mem::take(&mut found.links);
        let new = items.iter().filter(|item| item.is_new());
        let drafts = new.map(|item| (item.name.id.clone(), Draft::of(item)));
        Self { client, found, course, drafts: drafts.collect(), links, known: BTreeSet::new() }
    }

    /// Returns the title of a task that was read.
    pub(super) fn title(&self, id: &TaskId) -> Option<String> {
        self.found.get(id).ok().map(|task| task.title().to_owned())
    }

    /// Decides what an item needs.
    pub(super) async fn plan(&mut self, id: &TaskId, what: What) -> Result<Plan, Error> {
        match what {
            What::Create(draft, is_chosen) => self.create(id, *draft, is_chosen).await,
            What::Update(task, newer) => self.update(id, *task, newer).await,
            What::Change(change) => self.change(id, change).await,
            What::Close(status) => self.close(id, status).await,
            What::Skip => self.skip(id).await,
            What::Delete => Ok(Plan::step(Step::delete(self.found.get(id)?.clone()))),
            What::Move(to) => self.relocate(id, &to).await,
            What::SetParent(parent) => self.set_parent(id, parent).await,
        }
    }

    async fn create(&mut self, id: &TaskId, draft: TaskDraft, is_chosen: bool) -> Result<Plan, Error> {
        let parent = draft.chosen_parent().cloned();
        let earlier = if is_chosen { self.found.created(id)?.cloned() } else { None };
        let mut plan = match earlier {
            Some(task) => Plan::done(&task),
            None => Plan::step(Step::create(self.new_task(draft, parent.as_ref()).await?)),
        };
        let (Work::Step(step), Some(parent)) = (&plan.work, &parent) else {
            let is_below = |task: &Task| parent_of(task) == parent.as_ref();
            plan.parent = parent.clone().filter(|_| !matches!(&plan.work, Work::Done(task) if is_below(task)));
            return Ok(plan);
        };
        self.put_below(&step.task, parent).await?;
        plan.parent = Some(parent.clone());
        Ok(plan)
    }

    /// Builds the task of a draft, in the project of its parent.
    async fn new_task(&mut self, draft: TaskDraft, parent: Option<&TaskId>) -> Result<Task, Error> {
        let draft = match parent {
            Some(parent) => draft.in_project(self.client, &self.project_of(parent).await?).await?,
            None => draft,
        };
        create::make(self.client, draft, &mut self.course.known).await
    }

    /// Returns the project of a parent, which is stored already or a draft of the same wave.
    async fn project_of(&self, parent: &TaskId) -> Result<ProjectId, Error> {
        let (mut at, mut seen) = (parent, BTreeSet::new());
        loop {
            if let Ok(task) = self.found.get(at) {
                return Ok(task.project_id.clone());
            }
            match (self.drafts.get(at), self.drafts.get(parent)) {
                (Some(Draft { is_valid: false, .. }), Some(direct)) => return Err(no_parent(direct.index)),
                (Some(_), _) if !seen.insert(at) => return Err(in_a_circle()),
                (Some(Draft { parent: Some(above), .. }), _) => at = above,
                (Some(Draft { project: Some(project), .. }), _) => return self.client.real_id(project).await,
                (Some(_), _) => return self.client.inbox_id().await,
                (None, _) => return Err(Error::not_found(Task::WHAT, at)),
            }
        }
    }

    async fn update(&mut self, id: &TaskId, mut task: Task, newer: Newer) -> Result<Plan, Error> {
        let before = self.found.get(id)?;
        task.project_id = self.client.real_id(&task.project_id).await?;
        match write::decide(before, task, newer)? {
            Decision::Stored(task) => Ok(Plan::done(&task)),
            Decision::Send(task) => self.send(before, task).await,
        }
    }

    async fn change(&mut self, id: &TaskId, change: Change) -> Result<Plan, Error> {
        let before = self.found.get(id)?;
        let mut task = before.clone();
        match change {
            Change::Patch(patch) => {
                let zone = if patch.needs_zone() { self.client.time_zone().await? } else { TimeZone::UTC };
                patch.apply(&mut task, &zone, &mut self.client.ids(), &self.course.known.tags)?;
            }
            Change::AddTags(labels) => tag_list::add(&mut task, self.course.known.tags.of_all(&labels)),
            Change::Reopen => close::reopen(&mut task),
            Change::Pin => pin::pin(&mut task, self.client.now()),
            Change::Unpin => task_unpin_minus_one::unpin(&mut task),
        }
        if task == *before {
            return Ok(Plan::done(before));
        }
        task.check(Some(before))?;
        self.send(before, task).await
    }

    async fn send(&mut self, before: &Task, task: Task) -> Result<Plan, Error> {
        self.course.known.columns.check(self.client, &task, Some(before)).await?;
        Ok(Plan::step(Step::update(self.client, task).based_on(before)))
    }

    async fn close(&mut self, id: &TaskId, status: TaskStatus) -> Result<Plan, Error> {
        let before = self.found.get(id)?;
        if close::is_closed_as(before, &status) {
            return Ok(Plan::done(before));
        }
        if let Some(finish) = occurrence::finish(self.client, before, status).await? {
            return if self.course.finished.insert(id.clone()) {
                Ok(Plan { next: Some(finish.next), ..Plan::step(finish.step) })
            } else {
                Err(Error::invalid_input(
                    "a recurring task is in the batch twice\nhint: use a second batch to complete its next occurrence",
                ))
            };
        }
        let mut task = before.clone();
        let user = self.client.known_user_id();
        completed_time_by_client::close(&mut task, status, self.client.now(), user);
        Ok(Plan::step(Step::update(self.client, task).based_on(before)))
    }

    async fn skip(&mut self, id: &TaskId) -> Result<Plan, Error> {
        let before = self.found.get(id)?;
        let (moved, next) = occurrence::skipped(self.client, before).await?;
        Ok(Plan { next: Some(next), ..Plan::step(Step::update(self.client, moved).based_on(before)) })
    }

    async fn relocate(&mut self, id: &TaskId, to: &ProjectId) -> Result<Plan, Error> {
        let (task, to) = (self.found.get(id)?, self.client.real_id(to).await?);
        Ok(if task.project_id == to { Plan::done(task) } else { Plan::step(Step::relocate(task.clone(), to)) })
    }

    async fn set_parent(&mut self, id: &TaskId, parent: TaskId) -> Result<Plan, Error> {
        let child = self.found.get(id)?;
        if parent_of(child) == Some(&parent) {
            return Ok(Plan::done(child));
        }
        if self.project_of(&parent).await? != child.project_id {
            return Ok(Plan { work: Work::Apart, parent: Some(parent), next: None });
        }
        self.know(&child.project_id).await?;
        self.put_below(child, &parent).await?;
        Ok(Plan { parent: Some(parent), ..Plan::done(child) })
    }

    /// Rejects cycles and too many levels, and remembers the new parent.
    async fn put_below(&mut self, child: &Task, parent: &TaskId) -> Result<(), Error> {
        if self.found.get(parent).is_ok_and(|parent| parent_of(parent).is_some()) {
            self.know(&child.project_id).await?;
        }
        // A draft that comes later has no parent yet.
        let above = self.links.parent(parent).or_else(|| self.found.get(parent).ok().and_then(parent_of));
        parent_same_project::check(&child.id, &self.links.line(parent, above), self.links.height(&child.id))?;
        self.links.put(child.id.clone(), Some(parent));
        Ok(())
    }

    /// Reads the open tasks of a project, unless a sync contained them.
    async fn know(&mut self, project: &ProjectId) -> Result<(), Error> {
        if self.found.is_whole || !self.known.insert(project.clone()) {
            return Ok(());
        }
        let mut links = Family::read(self.client, project).await?.into_links();
        // What was planned is newer.
        std::mem::swap(&mut self.links, &mut links);
        self.links.extend(links);
        Ok(())
    }
}

fn in_a_circle() -> Error {
    Error::invalid_input("the task is below itself\nhint: remove one of the parents")
}
