//! How checked writes read and send folders.

use ticktick_models::{BatchAnswer, BatchFolders, Folder, FolderId, Project, ProjectId};
use ticktick_raw::{self as raw, Operation, op};

use crate::resource::{Listed, Resource, deleted_in, get, keyed_by, take};
use crate::turn::Claim;
use crate::{Client, Error, check, write};

/// The kind of object in batch writes.
const KIND: &str = "group";

impl Resource for Folder {
    keyed_by!(id: FolderId);

    const WHAT: &'static str = "folder";
    const BATCH: Operation = op::PROJECT_GROUP_BATCH;
    const SERVER: &'static [&'static str] = &["etag", "listType"];

    /// A folder has no time of last change.
    fn touch(&mut self, _: jiff::Timestamp) {}

    fn check(&self, before: Option<&Self>) -> Result<(), Error> {
        check::named(Self::WHAT, &self.name, before.map(|before| &before.name))
    }

    async fn read(&self, client: &Client) -> Result<Self, Error> {
        get(client, &self.id).await
    }

    async fn send(client: &Client, add: Vec<Self>, update: Vec<Self>) -> Result<BatchAnswer, raw::Error> {
        let named = |mut folder: Self| {
            folder.list_type = KIND.into();
            folder
        };
        let mut batch = BatchFolders::default();
        batch.add.extend(add.into_iter().map(named));
        batch.update.extend(update.into_iter().map(named));
        raw::project_group::batch(client.wire(), &batch).await
    }
}

/// Only a full sync contains folders.
impl Listed for Folder {
    deleted_in!(BatchFolders, raw::project_group::batch);

    async fn list(client: &Client) -> Result<Vec<Self>, Error> {
        Ok(client.sync().everything().await?.project_groups.into_vec())
    }
}

/// Returns all projects if the folder exists; one call reads both.
pub(super) async fn with_projects(client: &Client, id: &FolderId) -> Result<Vec<Project>, Error> {
    let answer = client.sync().everything().await?;
    take(&mut answer.project_groups.into_vec(), id)?;
    Ok(answer.project_profiles.into_vec())
}

/// Puts a project into a folder. One call reads both.
pub(super) async fn add_project(client: &Client, folder: &FolderId, id: &ProjectId) -> Result<Project, Error> {
    let _turn = client.turn(Claim::one::<Project>(id)).await;
    let before = take(&mut with_projects(client, folder).await?, id)?;
    if before.group_id == *folder {
        return Ok(before);
    }
    let mut project = before.clone();
    project.group_id = folder.clone().into();
    write::update(client, &before, project).await
}
