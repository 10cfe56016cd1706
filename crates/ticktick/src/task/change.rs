//! Changes and replaces one stored task.

use jiff::tz::TimeZone;
use ticktick_models::{Task, TaskId};

use super::patch::TaskPatch;
use super::resource;
use crate::write::Newer;
use crate::{Client, Error, id, tag, write};

/// Reads a task while holding its lock, changes it, and stores it if it differs.
pub(super) async fn change(
    client: &Client,
    id: &TaskId,
    change: impl FnOnce(&mut Task) -> Result<(), Error>,
) -> Result<Task, Error> {
    id::check(id)?;
    write::change(client, id, resource::get(client, id), change).await
}

/// Changes single fields of a stored task.
pub(super) async fn patch(client: &Client, id: &TaskId, patch: TaskPatch) -> Result<Task, Error> {
    patch.check()?;
    let keys = tag::declare(client, &patch.labels().cloned().collect::<Vec<_>>()).await?;
    let zone = if patch.needs_zone() { client.time_zone().await? } else { TimeZone::UTC };
    change(client, id, |task| patch.apply(task, &zone, &mut client.ids(), &keys)).await
}

/// Replaces a stored task while holding its lock, unless it is newer than the given one.
pub(super) async fn replace(client: &Client, task: &Task, newer: Newer) -> Result<Task, Error> {
    id::check(&task.id)?;
    let mut task = task.clone();
    task.project_id = client.real_id(&task.project_id).await?;
    write::replace(client, task, newer).await
}
