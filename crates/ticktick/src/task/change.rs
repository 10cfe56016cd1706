//! Changes and replaces one stored task.

use ticktick_models::{Task, TaskId};

use super::column::Columns;
use super::resource;
use crate::turn::Claim;
use crate::write::{Decision, Newer};
use crate::{Client, Error, id, write};

/// Reads a task while holding its lock, changes it, and stores it if it differs.
pub(super) async fn change(
    client: &Client,
    id: &TaskId,
    change: impl FnOnce(&mut Task) -> Result<(), Error>,
) -> Result<Task, Error> {
    id::check(id)?;
    let _turn = client.turn(Claim::one::<Task>(id)).await;
    let before = resource::get(client, id).await?;
    let mut task = before.clone();
    change(&mut task)?;
    Columns::default().check(client, &task, Some(&before)).await?;
    write::store(client, before, task).await
}

/// Replaces a stored task while holding its lock, unless it is newer than the given one.
pub(super) async fn replace(client: &Client, task: &Task, newer: Newer) -> Result<Task, Error> {
    id::check(&task.id)?;
    let _turn = client.turn(Claim::one::<Task>(&task.id)).await;
    let before = resource::get(client, &task.id).await?;
    let mut task = task.clone();
    task.project_id = client.real_id(&task.project_id).await?;
    match write::decide(&before, task, newer)? {
        Decision::Stored(task) => Ok(task),
        Decision::Send(task) => {
            Columns::default().check(client, &task, Some(&before)).await?;
            write::update(client, &before, task).await
        }
    }
}
