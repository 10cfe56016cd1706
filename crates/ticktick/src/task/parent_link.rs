//! Changes the links between tasks and their parents.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use ticktick_models::{Field, ParentAnswer, ParentLink, SetParent, Task, TaskId};
use ticktick_raw as raw;

use super::family::parent_of;
use super::found::Found;
use super::resource;
use crate::workaround::parent_answer_objects;
use crate::write::is_outcome_unknown;
use crate::{Client, Error, write};

/// Maximum number of links in one request. Links are short: 500 of them are smaller than 200 tasks.
const MOST: usize = 500;

/// The outcomes of links.
#[derive(Debug, Default)]
pub(super) struct Linked {
    /// The outcome of each link, by child.
    pub(super) outcomes: BTreeMap<TaskId, Result<ParentLink, Error>>,
    /// The new state of all children and parents that changed.
    pub(super) changed: BTreeMap<TaskId, ParentLink>,
}

/// Builds the link that makes a task the subtask of another one in its project.
pub(super) fn link(child: &Task, parent: &TaskId) -> SetParent {
    let mut link = SetParent::new(child.id.clone(), child.project_id.clone());
    link.parent_id = parent.clone().into();
    link.old_parent_id = Field::or_absent(parent_of(child).cloned());
    link
}

/// Changes one link and checks that the response contains it.
pub(super) async fn send(client: &Client, link: &SetParent) -> Result<ParentLink, Error> {
    let wanted = link.parent_id.get();
    let answer = write::perform(
        client,
        || raw::task::set_parents(client.wire(), slice::from_ref(link)),
        || async {
            let found = resource::get(client, &link.task_id).await?;
            Ok((parent_of(&found) == wanted).then(|| named(&found)))
        },
    );
    parent_answer_objects::linked(&answer.await?, &link.task_id, wanted)
}

/// Builds the response that was lost.
fn named(task: &Task) -> ParentAnswer {
    let mut answer = ParentAnswer::default();
    answer.id2etag.insert(task.id.to_string(), state_of(task));
    answer
}

/// Sends links in order and returns the outcome of each.
pub(super) async fn all(client: &Client, links: Vec<SetParent>) -> Linked {
    let mut linked = Linked::default();
    for chunk in links.chunks(MOST) {
        linked.send(client, chunk.to_vec()).await;
    }
    linked
}

impl Linked {
    /// Sends one request, and repeats it if its response was lost, until the outcome of each link is known.
    async fn send(&mut self, client: &Client, mut pending: Vec<SetParent>) {
        let mut tries = client.tries();
        while !pending.is_empty() {
            match raw::task::set_parents(client.wire(), &pending).await {
                Ok(answer) => {
                    for link in pending.drain(..) {
                        let outcome = parent_answer_objects::outcome(&answer, &link.task_id, link.parent_id.get());
                        self.outcomes.insert(link.task_id, outcome);
                    }
                    self.changed
                        .extend(answer.id2etag.iter().map(|(id, link)| (TaskId::from(id.as_str()), link.clone())));
                }
                Err(error) if tries > 1 && is_outcome_unknown(&error) => {
                    tries -= 1;
                    pending = self.reconcile(client, pending, &error).await;
                }
                Err(error) => self.fail(pending.drain(..), &error.into()),
            }
        }
    }

    /// Reads the children and returns the links that must be sent again.
    async fn reconcile(&mut self, client: &Client, links: Vec<SetParent>, error: &raw::Error) -> Vec<SetParent> {
        let ids: BTreeSet<TaskId> = links.iter().map(|link| link.task_id.clone()).collect();
        let found = match Found::read(client, &ids, &BTreeSet::new()).await {
            Ok(found) => found,
            Err(_) => {
                self.fail(links.into_iter(), &error.clone().into());
                return Vec::new();
            }
        };
        let mut pending = Vec::new();
        for link in links {
            match found.get(&link.task_id) {
                Ok(task) if parent_of(task) == link.parent_id.get() => {
                    let applied = state_of(task);
                    self.changed.insert(link.task_id.clone(), applied.clone());
                    self.outcomes.insert(link.task_id, Ok(applied));
                }
                // A missing task is refused by the service.
                _ => pending.push(link),
            }
        }
        pending
    }

    fn fail(&mut self, links: impl Iterator<Item = SetParent>, error: &Error) {
        self.outcomes.extend(links.map(|link| (link.task_id, Err(error.clone()))));
    }
}

/// Returns the part of a stored task that a response would contain.
fn state_of(task: &Task) -> ParentLink {
    let mut link = ParentLink::new(task.id.clone());
    link.parent_id.clone_from(&task.parent_id);
    link.child_ids.clone_from(&task.child_ids);
    link.etag.clone_from(&task.etag);
    link.modified_time.clone_from(&task.modified_time);
    link
}

/// Updates a child from its link.
pub(super) fn set_parent(task: &mut Task, link: &ParentLink) {
    task.parent_id = match link.parent_id.get().filter(|id| !id.as_str().is_empty()) {
        Some(parent) => parent.clone().into(),
        None => Field::Null,
    };
    refresh(task, link);
}

/// Updates children, etag and time of a task that a link has changed.
pub(super) fn refresh(task: &mut Task, link: &ParentLink) {
    if !task.child_ids.iter().eq(link.child_ids.iter()) {
        task.child_ids.clone_from(&link.child_ids);
    }
    if let Field::Value(etag) = &link.etag {
        task.etag = etag.clone().into();
    }
    if let Field::Value(time) = &link.modified_time {
        task.modified_time = time.clone().into();
    }
}
