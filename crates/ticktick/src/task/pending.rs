//! [`Pending`]: an item of a batch between its plan and its outcome.

use std::collections::BTreeMap;

use ticktick_models::{Due, SetParent, Task, TaskId};

use super::entry::{Name, Plan, Work, no_parent};
use super::parent_link::Linked;
use super::report::{BatchAction, BatchItem};
use super::step::Step;
use super::{below, parent_link, send};
use crate::{Client, Error};

/// An item of a batch that was planned.
pub(super) struct Pending {
    name: Name,
    state: State,
    /// The parent to set after the step.
    parent: Option<TaskId>,
    next: Option<Due>,
}

/// How far an item is.
enum State {
    Step(Box<Step>),
    /// Its parent is set by itself, because it is in another project.
    Apart,
    Done(Result<Box<Task>, Error>),
}

impl Pending {
    pub(super) fn new(name: Name, plan: Result<Plan, Error>) -> Self {
        let (state, parent, next) = match plan {
            Err(error) => (State::Done(Err(error)), None, None),
            Ok(Plan { work, parent, next }) => {
                let state = match work {
                    Work::Step(step) => State::Step(step),
                    Work::Apart => State::Apart,
                    Work::Done(task) => State::Done(Ok(task)),
                };
                (state, parent, next)
            }
        };
        Self { name, state, parent, next }
    }

    /// Returns the outcome; after all phases, every item has one.
    pub(super) fn into_item(self) -> Option<BatchItem> {
        let State::Done(result) = self.state else { return None };
        let next = self.next.filter(|_| result.is_ok());
        let Name { index, id, title, action } = self.name;
        Some(BatchItem { action, id, result: result.map(|task| *task), index, title, next })
    }

    /// Returns the error of an item that has failed.
    pub(super) fn error(&self) -> Option<&Error> {
        match &self.state {
            State::Done(Err(error)) => Some(error),
            _ => None,
        }
    }

    fn fail(&mut self, error: Error) {
        self.state = State::Done(Err(error));
        self.parent = None;
    }

    /// Fails because the parent was not set.
    fn fail_link(&mut self, error: Error) {
        self.fail(match self.name.action {
            BatchAction::Create => error.unfinished(&self.name.id, "was created, but is not below its parent"),
            _ => error,
        });
    }

    /// Returns the link to send, or fails if the parent has failed or the batch has ended.
    fn link(&mut self, failed: &BTreeMap<TaskId, usize>, ended: Option<&Error>) -> Option<SetParent> {
        let parent = self.parent.clone()?;
        if self.error().is_some() {
            return None;
        }
        let failure = failed.get(&parent).map(|index| no_parent(*index)).or_else(|| ended.cloned());
        if let Some(error) = failure {
            self.fail_link(error);
        }
        match &self.state {
            State::Done(Ok(task)) => Some(parent_link::link(task, &parent)),
            _ => None,
        }
    }

    /// Takes the outcome of the item's link, and what other links have changed in its task.
    fn accept(&mut self, linked: &Linked) {
        match (linked.outcomes.get(&self.name.id), &mut self.state) {
            (Some(Err(error)), _) => self.fail_link(error.clone()),
            (Some(Ok(link)), State::Done(Ok(task))) => parent_link::set_parent(task, link),
            _ => {}
        }
        if let (State::Done(Ok(task)), Some(link)) = (&mut self.state, linked.changed.get(&self.name.id)) {
            parent_link::refresh(task, link);
        }
    }
}

/// Returns the index of each new task that failed, by id.
fn failed_drafts(pending: &[Pending]) -> BTreeMap<TaskId, usize> {
    let failed = pending.iter().filter(|one| one.name.action == BatchAction::Create && one.error().is_some());
    failed.map(|one| (one.name.id.clone(), one.name.index)).collect()
}

/// Fails new tasks whose parents have failed before anything was sent.
pub(super) fn forget_orphans(pending: &mut [Pending]) {
    loop {
        let failed = failed_drafts(pending);
        let mut more = false;
        for one in pending.iter_mut() {
            if let Some(index) = one.parent.as_ref().and_then(|parent| failed.get(parent)) {
                one.fail(no_parent(*index));
                more = true;
            }
        }
        if !more {
            return;
        }
    }
}

/// Sends the steps of all items.
pub(super) async fn send_steps(client: &Client, pending: &mut [Pending]) {
    let steps = pending.iter().filter_map(|one| match &one.state {
        State::Step(step) => Some((**step).clone()),
        _ => None,
    });
    let outcomes = send::each(client, steps.collect()).await;
    let senders = pending.iter_mut().filter(|one| matches!(one.state, State::Step(_)));
    for (one, outcome) in senders.zip(outcomes) {
        one.state = State::Done(outcome.map(Box::new));
    }
}

/// Sets the parents of all items, unless an earlier failure ended the batch.
pub(super) async fn set_parents(client: &Client, pending: &mut [Pending], ended: Option<&Error>) {
    let failed = failed_drafts(pending);
    let links = pending.iter_mut().filter_map(|one| one.link(&failed, ended)).collect();
    let linked = parent_link::all(client, links).await;
    for one in pending.iter_mut() {
        one.accept(&linked);
        if let (State::Apart, Some(parent)) = (&one.state, &one.parent) {
            one.state = State::Done(below::set_parent(client, &one.name.id, parent).await.map(Box::new));
        }
    }
}
