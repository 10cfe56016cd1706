//! Sends many steps in few requests, and reconciles lost responses step by step.

use std::collections::BTreeSet;
use std::mem;

use ticktick_models::{Task, TaskId};
use ticktick_raw::{self as raw, SendKind};

use super::step::{self, Outcome, Step};
use crate::resource::Resource;
use crate::write::{MOST, Stored, is_outcome_unknown};
use crate::{Client, Error};

/// The index and outcome of a step.
type Placed = (usize, Result<Task, Error>);

/// Sends steps in order and returns the outcome of each.
///
/// After a failure that would also affect the next request, the remaining steps get the same error and are not sent.
pub(super) async fn all(client: &Client, steps: Vec<Step>) -> Vec<Result<Task, Error>> {
    let mut outcomes = Vec::with_capacity(steps.len());
    let mut ended: Option<Error> = None;
    for request in requests(steps) {
        match &ended {
            Some(error) => outcomes.extend(request.iter().map(|_| Err(error.clone()))),
            None => outcomes.extend(send(client, request).await),
        }
        ended =
            ended.or_else(|| outcomes.iter().filter_map(|one| one.as_ref().err()).find(|one| stops_all(one)).cloned());
    }
    outcomes
}

/// Sends independent steps. If writes are verified, reads each task back.
pub(super) async fn each(client: &Client, steps: Vec<Step>) -> Vec<Result<Task, Error>> {
    let sent = if client.verifies_writes() { steps.clone() } else { Vec::new() };
    let mut outcomes = all(client, steps).await;
    for (step, outcome) in sent.iter().zip(&mut outcomes).filter(|(_, outcome)| outcome.is_ok()) {
        match step.read_back(client).await {
            Ok(None) => {}
            Ok(Some(stored)) => *outcome = Ok(stored),
            Err(error) => *outcome = Err(error),
        }
    }
    outcomes
}

/// Sends dependent steps and returns the tasks, or one error.
pub(super) async fn together(client: &Client, steps: Vec<Step>) -> Result<Vec<Task>, Error> {
    let sent = if client.verifies_writes() { steps.clone() } else { Vec::new() };
    let tasks = join(all(client, steps).await)?;
    for step in sent {
        step.read_back(client).await?;
    }
    Ok(tasks)
}

/// Sends a single step.
pub(super) async fn one(client: &Client, step: Step) -> Result<Task, Error> {
    let id = step.task.id.clone();
    let task = together(client, vec![step]).await?.pop();
    // One step has one outcome.
    task.ok_or_else(|| Error::not_found(Task::WHAT, &id))
}

/// Returns the tasks, or one error for all failures.
pub(super) fn join(outcomes: impl IntoIterator<Item = Result<Task, Error>>) -> Result<Vec<Task>, Error> {
    let (mut tasks, mut failure) = (Vec::new(), None);
    for outcome in outcomes {
        match outcome {
            Ok(task) => tasks.push(task),
            Err(error) => failure = Some(failure.map_or(error.clone(), |first| add_failures(first, error))),
        }
    }
    failure.map_or(Ok(tasks), Err)
}

/// Merges the failures of batches; of other errors, the first one wins.
fn add_failures(mut first: Error, next: Error) -> Error {
    if let (Error::Batch { failures, .. }, Error::Batch { failures: more, .. }) = (&mut first, next) {
        failures.extend(more);
    }
    first
}

/// Returns whether the next request would fail in the same way.
pub(super) fn stops_all(error: &Error) -> bool {
    error.is_auth()
        || error.is_rate_limited()
        || matches!(error.as_raw(), Some(raw::Error::Send { kind: SendKind::Connect, .. }))
}

/// Splits steps into requests that keep their order and contain each task once.
fn requests(steps: Vec<Step>) -> Vec<Vec<Step>> {
    let mut requests = Vec::new();
    let mut request: Vec<Step> = Vec::new();
    let mut named: BTreeSet<TaskId> = BTreeSet::new();
    let mut size = 0;
    for step in steps {
        let fits = request.last().is_none_or(|last| {
            last.operation().id == step.operation().id && last.rank() <= step.rank() && size + step.size() <= MOST
        });
        if !fits || named.contains(&step.task.id) {
            requests.push(mem::take(&mut request));
            named.clear();
            size = 0;
        }
        named.insert(step.task.id.clone());
        size += step.size();
        request.push(step);
    }
    requests.push(request);
    requests
}

/// Sends one request, and repeats it if its response was lost, until the outcome of each step is known.
async fn send(client: &Client, request: Vec<Step>) -> Vec<Result<Task, Error>> {
    let mut outcomes: Vec<Placed> = Vec::with_capacity(request.len());
    let mut pending: Vec<(usize, Step)> = request.into_iter().enumerate().collect();
    let mut tries = client.tries();
    while !pending.is_empty() {
        let answer = step::post(client, pending.iter().map(|(_, step)| step)).await;
        match answer {
            Ok(answer) => {
                outcomes.extend(mem::take(&mut pending).into_iter().map(|(at, step)| (at, step.outcome(&answer))))
            }
            Err(error) if tries > 1 && is_outcome_unknown(&error) => {
                tries -= 1;
                pending = reconcile(client, pending, &error, &mut outcomes).await;
            }
            Err(error) => {
                let error = Error::from(error);
                outcomes.extend(mem::take(&mut pending).into_iter().map(|(at, _)| (at, Err(error.clone()))));
            }
        }
    }
    outcomes.sort_by_key(|(at, _)| *at);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

/// Reads the outcome of steps and returns those that must be sent again.
async fn reconcile(
    client: &Client,
    steps: Vec<(usize, Step)>,
    error: &raw::Error,
    outcomes: &mut Vec<Placed>,
) -> Vec<(usize, Step)> {
    let stored = Stored::of(client, &steps.iter().flat_map(|(_, step)| step.wanted()).collect::<Vec<_>>()).await;
    let mut pending = Vec::new();
    for (at, step) in steps {
        match step.reconcile(client, &stored).await {
            Outcome::Applied(task) => outcomes.push((at, Ok(task))),
            Outcome::NotApplied(step) => pending.push((at, step)),
            Outcome::Unknown => outcomes.push((at, Err(error.clone().into()))),
        }
    }
    pending
}

#[cfg(test)]
mod tests {
    use super::super::step::Action;
    use super::*;
    use ticktick_models::ProjectId;

    fn task(number: usize) -> Task {
        Task::new(format!("{number:024x}"), "inbox1")
    }

    fn sizes(steps: Vec<Step>) -> Vec<usize> {
        requests(steps).iter().map(Vec::len).collect()
    }

    #[test]
    fn requests_are_full_and_keep_the_order() {
        let creates = |count| (0..count).map(|number| Step::create(task(number)));
        assert_eq!(sizes(creates(1_000).collect()), [200; 5]);
        assert_eq!(sizes(creates(201).collect()), [200, 1]);
        let deletes = || (10..20).map(|number| Step::delete(task(number)));
        assert_eq!(sizes(creates(5).chain(deletes()).collect()), [15], "created first, deleted last");
        assert_eq!(sizes(deletes().chain(creates(5)).collect()), [10, 5], "deleted first, so it goes first");
        let series =
            |number| Step { task: task(number), action: Action::Finish(Box::new(task(number + 1_000))), base: None };
        assert_eq!(sizes((0..150).map(series).collect()), [100, 50], "a series is sent with a copy");
    }

    #[test]
    fn a_request_names_a_task_once_and_has_one_operation() {
        assert_eq!(sizes(vec![Step::create(task(1)), Step::delete(task(1))]), [1, 1]);
        let to = ProjectId::from("a");
        assert_eq!(
            sizes(vec![Step::create(task(1)), Step::relocate(task(2), to.clone()), Step::delete(task(3))]),
            [1; 3]
        );
        assert_eq!(sizes(vec![Step::relocate(task(1), to.clone()), Step::relocate(task(2), to)]), [2]);
    }

    #[test]
    fn refusals_of_several_requests_are_returned_together() {
        let refused = |id: &str| {
            let failures = vec![crate::error::ItemFailure { id: id.into(), code: None }];
            Err(Error::Batch { operation: "task.batch", failures })
        };
        let Err(Error::Batch { failures, .. }) = join([refused("a"), Ok(task(1)), refused("b")]) else {
            panic!("two were refused");
        };
        assert_eq!(failures.len(), 2);
        let first = join([Err(Error::invalid_input("one")), refused("a")]);
        assert!(matches!(first, Err(Error::InvalidInput { .. })), "{first:?}");
    }
}
