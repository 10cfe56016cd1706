//! Completes and abandons tasks.

use ticktick_models::{Task, TaskId, TaskStatus};

use super::closed::Closed;
use super::{occurrence, resource, send};
use crate::turn::Claim;
use crate::workaround::completed_time_by_client;
use crate::{Client, Error, write};

/// Closes a task, or the current occurrence of a recurring one.
pub(super) async fn close(client: &Client, task: &TaskId, status: TaskStatus) -> Result<Closed, Error> {
    let verb = if status == TaskStatus::Completed { "complete" } else { "won't do" };
    // Simultaneous calls complete the same occurrence, not one after the other.
    client.once().run((verb, task.to_string()), || close_now(client, task, status)).await
}

async fn close_now(client: &Client, task: &TaskId, status: TaskStatus) -> Result<Closed, Error> {
    let _turn = client.turn(Claim::one::<Task>(task)).await;
    let before = resource::get(client, task).await?;
    if is_closed_as(&before, &status) {
        return Ok(Closed::for_good(before));
    }
    if let Some(finish) = occurrence::finish(client, &before, status).await? {
        return Ok(Closed { task: send::one(client, finish.step).await?, next: Some(finish.next) });
    }
    let mut task = before.clone();
    completed_time_by_client::close(&mut task, status, client.now(), client.known_user_id());
    write::update(client, &before, task).await.map(Closed::for_good)
}

/// Returns whether a task is closed in this way already.
pub(super) fn is_closed_as(task: &Task, status: &TaskStatus) -> bool {
    match status {
        TaskStatus::Completed => task.is_completed(),
        _ => task.status == *status,
    }
}

/// Reopens a closed task.
pub(super) fn reopen(task: &mut Task) {
    if !task.is_open() {
        completed_time_by_client::reopen(task);
    }
}
