//! [`Wave`]: the items of a batch that are read, planned and sent together.

use std::collections::{BTreeSet, VecDeque};

use ticktick_models::{ProjectId, Task, TaskId, TaskStatus};

use super::column::Columns;
use super::found::Found;
use super::report::{BatchAction, BatchItem};
use super::step::Step;
use super::{occurrence, send};
use crate::workaround::completed_time_by_client;
use crate::write::{self, Decision, Newer};
use crate::{Client, Error};

/// One item of a batch.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) id: TaskId,
    pub(super) action: BatchAction,
    pub(super) what: What,
}

/// What to do with the task of an item.
#[derive(Debug)]
pub(super) enum What {
    /// A new task, and whether the caller chose the id, so that an earlier attempt may have stored it.
    Create(Box<Task>, bool),
    Update(Box<Task>, Newer),
    Complete,
    Delete,
    Move(ProjectId),
}

/// Consecutive items for different tasks, which are all written as they were just read.
#[derive(Debug, Default)]
struct Wave(Vec<Item>);

/// State that a batch keeps between waves.
#[derive(Default)]
struct Course {
    columns: Columns,
    /// Recurring tasks of which an occurrence was completed.
    finished: BTreeSet<TaskId>,
    /// The failure that would also affect every further request.
    ended: Option<Error>,
}

/// What an item needs after its task was read.
enum Planned {
    Step(Step),
    /// Nothing has to be sent.
    Done(Result<Task, Error>),
}

/// Processes items in order, while holding the caller's lock, and returns the outcome of each.
pub(super) async fn all(client: &Client, items: Vec<Item>) -> Vec<BatchItem> {
    let (mut course, mut outcomes) = (Course::default(), Vec::with_capacity(items.len()));
    for wave in waves(items) {
        outcomes.extend(wave.carry_out(client, &mut course).await);
    }
    outcomes
}

/// Splits items where a task occurs again, because the second write depends on the first.
fn waves(items: Vec<Item>) -> Vec<Wave> {
    let (mut waves, mut named) = (vec![Wave::default()], BTreeSet::new());
    for item in items {
        if !named.insert(item.id.clone()) {
            named = BTreeSet::from([item.id.clone()]);
            waves.push(Wave::default());
        }
        // The list of waves is never empty here.
        if let Some(last) = waves.last_mut() {
            last.0.push(item);
        }
    }
    waves
}

impl Wave {
    async fn carry_out(self, client: &Client, course: &mut Course) -> Vec<BatchItem> {
        let found = match &course.ended {
            Some(error) => Err(error.clone()),
            None => Found::read(client, &self.read_first()).await,
        };
        let (mut steps, mut done) = (Vec::new(), Vec::with_capacity(self.0.len()));
        for Item { id, action, what } in self.0 {
            let planned = match &found {
                Ok(found) => plan(client, &id, what, found, course).await,
                Err(error) => Err(error.clone()),
            };
            let outcome = match planned {
                Ok(Planned::Step(step)) => {
                    steps.push(step);
                    None
                }
                Ok(Planned::Done(outcome)) => Some(outcome),
                Err(error) => Some(Err(error)),
            };
            done.push((id, action, outcome));
        }
        let mut sent = VecDeque::from(send::each(client, steps).await);
        let items: Vec<BatchItem> = done
            .into_iter()
            .filter_map(|(id, action, outcome)| {
                // Every sent step has one outcome, in order.
                Some(BatchItem { action, id, result: outcome.or_else(|| sent.pop_front())? })
            })
            .collect();
        let errors = items.iter().filter_map(|item| item.result.as_ref().err());
        course.ended = course.ended.take().or_else(|| errors.into_iter().find(|error| send::stops_all(error)).cloned());
        items
    }

    /// Returns the ids of the tasks that are read before they are written.
    fn read_first(&self) -> BTreeSet<TaskId> {
        let is_read = |item: &&Item| !matches!(item.what, What::Create(_, false));
        self.0.iter().filter(is_read).map(|item| item.id.clone()).collect()
    }
}

async fn plan(client: &Client, id: &TaskId, what: What, found: &Found, course: &mut Course) -> Result<Planned, Error> {
    let kept = |task: &Task| Ok(Planned::Done(Ok(task.clone())));
    let step = match what {
        What::Create(task, is_chosen) => match found.get(id) {
            Ok(earlier) if is_chosen => return kept(earlier),
            _ => Step::create(*task),
        },
        What::Update(task, newer) => {
            let before = found.get(id)?;
            match write::decide(before, *task, newer)? {
                Decision::Stored(task) => return kept(&task),
                Decision::Send(task) => {
                    course.columns.check(client, &task, Some(before)).await?;
                    Step::update(client, task).based_on(before)
                }
            }
        }
        What::Complete => return complete(client, found.get(id)?, course).await,
        What::Delete => Step::delete(found.get(id)?.clone()),
        What::Move(to) => match found.get(id)? {
            task if task.project_id == to => return kept(task),
            task => Step::relocate(task.clone(), to),
        },
    };
    Ok(Planned::Step(step))
}

async fn complete(client: &Client, before: &Task, course: &mut Course) -> Result<Planned, Error> {
    if before.is_completed() {
        return Ok(Planned::Done(Ok(before.clone())));
    }
    if let Some(finish) = occurrence::finish(client, before, TaskStatus::Completed).await? {
        return if course.finished.insert(before.id.clone()) {
            Ok(Planned::Step(finish.step))
        } else {
            Err(Error::invalid_input(format!(
                "recurring task {} is in the batch twice; use a second batch to complete its next occurrence",
                before.id
            )))
        };
    }
    let mut task = before.clone();
    let user = client.known_user_id();
    completed_time_by_client::close(&mut task, TaskStatus::Completed, client.now(), user);
    Ok(Planned::Step(Step::update(client, task).based_on(before)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_names_a_task_once() {
        let item = |id: &&str| Item { id: TaskId::from(*id), action: BatchAction::Delete, what: What::Delete };
        let sizes =
            |ids: &[&str]| waves(ids.iter().map(item).collect()).iter().map(|wave| wave.0.len()).collect::<Vec<_>>();
        assert_eq!(sizes(&["a", "b", "c"]), [3]);
        assert_eq!(sizes(&["a", "b", "a", "c", "b", "b"]), [2, 3, 1]);
        assert_eq!(sizes(&[]), [0]);
    }
}
