//! [`Wave`]: the items of a batch that are read, planned and sent together.

use std::collections::BTreeSet;

use ticktick_models::TaskId;

use super::create::Known;
use super::entry::{Item, What};
use super::found::Found;
use super::pending::{Pending, forget_orphans, send_steps, set_parents};
use super::plan::{Course, Planner};
use super::report::BatchItem;
use super::send;
use crate::tag::Keys;
use crate::{Client, Error};

/// Consecutive items that do not depend on each other, so that all of them are written as they were just read.
#[derive(Debug, Default)]
struct Wave {
    items: Vec<Item>,
    /// Tasks that have an item.
    named: BTreeSet<TaskId>,
    /// Tasks that are stored already and have an item.
    written: BTreeSet<TaskId>,
    /// The new parents of tasks.
    parents: BTreeSet<TaskId>,
}

/// Processes items in order, while holding the caller's lock, and returns the outcome of each.
pub(super) async fn all(client: &Client, items: Vec<Item>, tags: Keys) -> Vec<BatchItem> {
    let mut course = Course { known: Known::with_tags(tags), ..Course::default() };
    let mut outcomes = Vec::with_capacity(items.len());
    for wave in waves(items) {
        outcomes.extend(wave.carry_out(client, &mut course).await);
    }
    outcomes
}

/// Splits items where one depends on another.
fn waves(items: Vec<Item>) -> Vec<Wave> {
    let (mut waves, mut wave) = (Vec::new(), Wave::default());
    for item in items {
        if wave.must_precede(&item) {
            waves.push(std::mem::take(&mut wave));
        }
        wave.push(item);
    }
    waves.push(wave);
    waves
}

impl Wave {
    /// Returns whether an item depends on the items of this wave.
    ///
    /// A new task may be the parent of another one, because parents are set after all tasks were created.
    fn must_precede(&self, item: &Item) -> bool {
        self.named.contains(&item.name.id)
            || (!item.is_new() && self.parents.contains(&item.name.id))
            || item.parent().is_some_and(|parent| self.written.contains(parent))
    }

    fn push(&mut self, item: Item) {
        self.named.insert(item.name.id.clone());
        self.parents.extend(item.parent().cloned());
        if !item.is_new() {
            self.written.insert(item.name.id.clone());
        }
        self.items.push(item);
    }

    async fn carry_out(self, client: &Client, course: &mut Course) -> Vec<BatchItem> {
        let mut pending = self.plan(client, course).await;
        forget_orphans(&mut pending);
        send_steps(client, &mut pending).await;
        course.ended = course.ended.take().or_else(|| ended_by(&pending));
        set_parents(client, &mut pending, course.ended.as_ref()).await;
        course.ended = course.ended.take().or_else(|| ended_by(&pending));
        pending.into_iter().filter_map(Pending::into_item).collect()
    }

    /// Reads the tasks of all items and decides what has to be sent.
    async fn plan(self, client: &Client, course: &mut Course) -> Vec<Pending> {
        let mut failed = course.ended.clone();
        let mut found = Found::default();
        if failed.is_none() {
            match self.read(client).await {
                Ok(read) => found = read,
                Err(error) => failed = Some(error),
            }
        }
        let mut planner = Planner::new(client, &mut found, course, &self.items);
        let mut pending = Vec::with_capacity(self.items.len());
        for Item { mut name, what } in self.items {
            let plan = match (what, &failed) {
                (Err(error), _) => Err(error),
                (Ok(_), Some(error)) => Err(error.clone()),
                (Ok(what), None) => planner.plan(&name.id, what).await,
            };
            // A failing service must not receive a call for each item.
            let new = plan.as_ref().err().filter(|error| error.is_retryable() || send::stops_all(error));
            failed = failed.or_else(|| new.cloned());
            name.title = name.title.or_else(|| planner.title(&name.id));
            pending.push(Pending::new(name, plan));
        }
        pending
    }

    /// Reads all that the items need.
    async fn read(&self, client: &Client) -> Result<Found, Error> {
        let (mut ids, mut new) = (BTreeSet::new(), BTreeSet::new());
        for item in &self.items {
            match &item.what {
                Err(_) | Ok(What::Create(_, false)) => {}
                Ok(What::Create(_, true)) => drop(new.insert(item.name.id.clone())),
                Ok(_) => drop(ids.insert(item.name.id.clone())),
            }
        }
        let is_stored = |id: &&TaskId| !self.named.contains(*id) || self.written.contains(*id);
        ids.extend(self.parents.iter().filter(is_stored).cloned());
        let found = Found::read(client, &ids, &new).await?;
        if self.items.iter().any(|item| item.needs().0) {
            client.inbox_id().await?;
        }
        if self.items.iter().any(|item| item.needs().1) {
            client.time_zone().await?;
        }
        Ok(found)
    }
}

/// Returns the first failure that would also affect every further request.
fn ended_by(pending: &[Pending]) -> Option<Error> {
    pending.iter().filter_map(Pending::error).find(|error| send::stops_all(error)).cloned()
}

#[cfg(test)]
mod tests {
    use super::super::draft::TaskDraft;
    use super::super::entry::Name;
    use super::super::report::BatchAction;
    use super::*;

    fn item(id: &str, action: BatchAction, what: What) -> Item {
        Item { name: Name { index: 0, id: TaskId::from(id), title: None, action }, what: Ok(what) }
    }

    fn delete(id: &&str) -> Item {
        item(id, BatchAction::Delete, What::Delete)
    }

    fn create(id: &str, parent: Option<&str>) -> Item {
        let draft = TaskDraft::new("a");
        let draft = parent.map_or(draft.clone(), |parent| draft.parent(TaskId::from(parent)));
        item(id, BatchAction::Create, What::Create(Box::new(draft), true))
    }

    fn set_parent(id: &str, parent: &str) -> Item {
        item(id, BatchAction::SetParent, What::SetParent(TaskId::from(parent)))
    }

    fn sizes(items: Vec<Item>) -> Vec<usize> {
        waves(items).iter().map(|wave| wave.items.len()).collect()
    }

    #[test]
    fn a_wave_names_a_task_once() {
        let deletes = |ids: &[&str]| sizes(ids.iter().map(delete).collect());
        assert_eq!(deletes(&["a", "b", "c"]), [3]);
        assert_eq!(deletes(&["a", "b", "a", "c", "b", "b"]), [2, 3, 1]);
        assert_eq!(deletes(&[]), [0]);
    }

    #[test]
    fn new_parents_and_their_children_share_a_wave_in_any_order() {
        assert_eq!(sizes(vec![create("a", None), create("b", Some("a")), create("c", Some("b"))]), [3]);
        assert_eq!(sizes(vec![create("c", Some("b")), create("b", Some("a")), create("a", None)]), [3]);
        assert_eq!(sizes(vec![create("a", None), set_parent("b", "a"), set_parent("c", "a")]), [3]);
    }

    #[test]
    fn a_parent_that_is_written_too_separates_waves() {
        assert_eq!(sizes(vec![set_parent("a", "b"), delete(&"b")]), [1, 1]);
        assert_eq!(sizes(vec![delete(&"b"), create("a", Some("b"))]), [1, 1]);
        assert_eq!(sizes(vec![set_parent("b", "c"), set_parent("a", "b")]), [1, 1]);
    }
}
