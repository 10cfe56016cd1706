//! Occurrences of recurring tasks: finishing or skipping one.

use jiff::tz::TimeZone;
use ticktick_models::{Due, Task, TaskId, TaskStatus};

use super::closed::Closed;
use super::step::Step;
use super::{resource, send};
use crate::resource::Resource;
use crate::turn::Claim;
use crate::workaround::{completed_time_by_client, series_completion};
use crate::{Client, Error, write};

/// A recurring task as it is stored, and moved to another date.
struct Moved {
    before: Task,
    after: Task,
}

/// The step that finishes one occurrence, and the date of the next one.
pub(super) struct Finish {
    pub(super) step: Step,
    pub(super) next: Due,
}

/// Skips the current occurrence.
pub(super) async fn skip(client: &Client, id: &TaskId) -> Result<Task, Error> {
    let skip = async || skip_now(client, id).await.map(Closed::for_good);
    client.once().run(("skip", id.to_string()), skip).await.map(Task::from)
}

async fn skip_now(client: &Client, id: &TaskId) -> Result<Task, Error> {
    let _turn = client.turn(Claim::one::<Task>(id)).await;
    let task = resource::get(client, id).await?;
    let (moved, _) = skipped(client, &task).await?;
    write::update(client, &task, moved).await
}

/// Returns a series at its next date, and the date.
pub(super) async fn skipped(client: &Client, task: &Task) -> Result<(Task, Due), Error> {
    check_open(task)?;
    let zone = zone(client, task).await?;
    match series_completion::next(task, &zone, client.now())? {
        Some(next) => Ok((series_completion::moved_on(task, &next, &zone)?, next)),
        None => Err(unsupported("this is the last occurrence\nhint: complete the task, or delete it")),
    }
}

/// Finishes the current occurrence and moves the task to a date that the caller chose.
pub(super) async fn complete_and_move_to(client: &Client, id: &TaskId, due: &Due) -> Result<Closed, Error> {
    let complete = async || {
        let _turn = client.turn(Claim::one::<Task>(id)).await;
        let series = moved_by_hand(client, id, due).await?;
        let step = finished(client, &series.before, series.after, TaskStatus::Completed);
        Ok(Closed { task: send::one(client, step).await?, next: Some(due.clone()) })
    };
    client.once().run(("complete and move", format!("{id} {due:?}")), complete).await
}

/// Skips the current occurrence and moves the task to a date that the caller chose.
pub(super) async fn skip_and_move_to(client: &Client, id: &TaskId, due: &Due) -> Result<Task, Error> {
    let skip = async || {
        let _turn = client.turn(Claim::one::<Task>(id)).await;
        let series = moved_by_hand(client, id, due).await?;
        write::update(client, &series.before, series.after).await.map(Closed::for_good)
    };
    client.once().run(("skip and move", format!("{id} {due:?}")), skip).await.map(Task::from)
}

/// Reads a recurring task and moves it to a date, without sending anything.
async fn moved_by_hand(client: &Client, id: &TaskId, due: &Due) -> Result<Moved, Error> {
    let task = open_series(client, id).await?;
    let zone = zone_for(client, due).await?;
    let moved = series_completion::moved_by_hand(&task, due, &zone)?;
    Ok(Moved { before: task, after: moved })
}

/// Reads a recurring task that is open.
async fn open_series(client: &Client, task: &TaskId) -> Result<Task, Error> {
    let task = resource::get(client, task).await?;
    check_open(&task)?;
    Ok(task)
}

/// Rejects a task that is closed or does not repeat.
fn check_open(task: &Task) -> Result<(), Error> {
    if task.is_open() && series_completion::is_series(task) {
        Ok(())
    } else {
        Err(unsupported("it does not repeat, or is closed\nhint: complete it, or reopen it first"))
    }
}

fn unsupported(why: &str) -> Error {
    Error::Unsupported { what: "moving this task to another occurrence", why: why.into() }
}

/// Returns how to finish one occurrence, or `None` if the task itself must be closed.
///
/// The task itself is closed if it does not repeat, or if this is its last occurrence.
pub(super) async fn finish(client: &Client, task: &Task, status: TaskStatus) -> Result<Option<Finish>, Error> {
    if !task.is_open() || !series_completion::is_series(task) {
        return Ok(None);
    }
    let zone = zone(client, task).await?;
    let Some(next) = series_completion::next(task, &zone, client.now())? else { return Ok(None) };
    let moved = series_completion::moved_on(task, &next, &zone)?;
    Ok(Some(Finish { step: finished(client, task, moved, status), next }))
}

/// Builds the step that moves a recurring task on and stores the finished copy of its current occurrence.
fn finished(client: &Client, task: &Task, moved: Task, status: TaskStatus) -> Step {
    let mut copy = series_completion::occurrence(task, &mut client.ids());
    completed_time_by_client::close(&mut copy, status, client.now(), client.known_user_id());
    copy.touch(client.now());
    Step::finish(client, moved, copy)
}

/// Returns the account's zone if the date has none. Otherwise the zone is not needed, and UTC is returned.
async fn zone_for(client: &Client, due: &Due) -> Result<TimeZone, Error> {
    match due.zone() {
        None => client.time_zone().await,
        Some(_) => Ok(TimeZone::UTC),
    }
}

/// Returns the account's zone if the task has none or an unknown one. Otherwise the zone is not needed, and UTC is
/// returned.
async fn zone(client: &Client, task: &Task) -> Result<TimeZone, Error> {
    match task.time_zone.as_deref() {
        Some(text) if !text.is_empty() && task.unknown_zone().is_none() => Ok(TimeZone::UTC),
        _ => client.time_zone().await,
    }
}
