//! How checked writes read and send projects.

use ticktick_models::{BatchAnswer, BatchProjects, Folder, Project, ProjectId};
use ticktick_raw::{self as raw, Operation, op};

use crate::resource::{Found, Listed, Resource, by_key, deleted_in, get, keyed_by, touched};
use crate::workaround::{leave_folder_by_none, sync_leaves_out_the_inbox, unarchived_is_null};
use crate::{Client, Error, check};

impl Resource for Project {
    keyed_by!(id: ProjectId);

    const WHAT: &'static str = "project";
    const BATCH: Operation = op::PROJECT_BATCH;
    const SERVER: &'static [&'static str] = &["etag", "modifiedTime"];

    touched!();

    fn check(&self, before: Option<&Self>) -> Result<(), Error> {
        check::named(Self::WHAT, &self.name, before.map(|before| &before.name))?;
        check::colored(&self.color, before.map(|before| &before.color))
    }

    async fn check_references(&self, client: &Client, before: Option<&Self>) -> Result<(), Error> {
        let folder = check::changed(&self.group_id, before.map(|before| &before.group_id));
        match folder.filter(|id| !leave_folder_by_none::is_none(id)) {
            Some(id) => get::<Folder>(client, id).await.map(drop),
            None => Ok(()),
        }
    }

    async fn read(&self, client: &Client) -> Result<Self, Error> {
        get(client, &self.id).await
    }

    async fn read_many(client: &Client, _: &[&Self]) -> Result<Found<Self>, Error> {
        Ok(by_key(raw::project::list(client.wire()).await?))
    }

    async fn send(client: &Client, add: Vec<Self>, mut update: Vec<Self>) -> Result<BatchAnswer, raw::Error> {
        for project in &mut update {
            leave_folder_by_none::write(project);
            unarchived_is_null::write(project);
        }
        let mut batch = BatchProjects::default();
        batch.add.extend(add);
        batch.update.extend(update);
        raw::project::batch(client.wire(), &batch).await
    }
}

/// The service has no call for a single one.
impl Listed for Project {
    deleted_in!(BatchProjects, raw::project::batch);

    async fn list(client: &Client) -> Result<Vec<Self>, Error> {
        Ok(raw::project::list(client.wire()).await?.into_inner())
    }
}

/// Returns `NotFound` for an empty list if its project does not exist, because the service answers with an empty list.
pub(crate) async fn check_empty<T>(client: &Client, id: &ProjectId, list: &[T]) -> Result<(), Error> {
    if list.is_empty() && !sync_leaves_out_the_inbox::is_inbox(id) {
        get::<Project>(client, id).await.map(drop)
    } else {
        Ok(())
    }
}

/// Rejects operations that the service does not support for the inbox.
pub(crate) fn refuse_inbox(what: &'static str, id: &ProjectId) -> Result<(), Error> {
    if sync_leaves_out_the_inbox::is_inbox(id) {
        Err(Error::Unsupported { what, why: "The inbox cannot be changed or shared; create a project instead.".into() })
    } else {
        Ok(())
    }
}
