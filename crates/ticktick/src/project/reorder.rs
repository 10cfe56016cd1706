//! Positions of projects.

use ticktick_models::{Project, ProjectId};
use ticktick_raw as raw;

use super::resource;
use crate::change::Change;
use crate::order::{self, Place};
use crate::resource::{Resource, take};
use crate::turn::Claim;
use crate::{Client, Error};

/// Moves a project to a place, into the folder of its neighbor.
pub(super) async fn move_to(client: &Client, id: &ProjectId, place: Place<'_, ProjectId>) -> Result<Project, Error> {
    let neighbor = place.neighbor_of(id)?;
    for id in [Some(id), neighbor].into_iter().flatten() {
        resource::refuse_inbox("moving the inbox, or something next to it,", id)?;
    }
    let _turn = client.turn(Claim::all::<Project>()).await;
    let mut all = raw::project::list(client.wire()).await?.into_inner();
    let read = take(&mut all, id)?;
    let mut moved = read.clone();
    if let Some(key) = neighbor {
        let neighbor = all.iter().find(|project| project.id == *key);
        let folder = neighbor.ok_or_else(|| Error::not_found(Project::WHAT, key))?.group_id.clone();
        folder.into_option().map_or(Change::Clear, Change::Set).apply(&mut moved.group_id);
    }
    all.retain(|project| project.group_id.get() == moved.group_id.get());
    order::store(client, read, moved, all, place).await
}
