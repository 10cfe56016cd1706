//! Changes and replaces one stored project.

use ticktick_models::{Project, ProjectId};

use super::resource;
use crate::workaround::{leave_folder_by_none, unarchived_is_null};
use crate::write::Newer;
use crate::{Client, Error, write};

/// Reads a project while holding its lock, changes it and stores it.
pub(super) async fn change(
    client: &Client,
    id: &ProjectId,
    change: impl FnOnce(&mut Project),
) -> Result<Project, Error> {
    resource::refuse_inbox("changing the inbox", id)?;
    write::change_listed(client, id, change).await
}

/// Replaces a stored project while holding its lock, unless it is newer than the given one.
pub(super) async fn replace(client: &Client, project: &Project, newer: Newer) -> Result<Project, Error> {
    resource::refuse_inbox("changing the inbox", &project.id)?;
    let mut project = project.clone();
    leave_folder_by_none::read(&mut project);
    unarchived_is_null::read(&mut project);
    write::replace(client, project, newer).await
}
