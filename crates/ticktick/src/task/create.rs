//! Creates tasks from drafts.

use jiff::tz::TimeZone;
use ticktick_models::{Field, Task};

use super::column::Columns;
use super::draft::TaskDraft;
use super::reorder::{self, Ends};
use super::resource;
use crate::tag::Keys;
use crate::turn::Claim;
use crate::{Client, Error, tag, write};

/// Positions, columns and keys of tags, shared by tasks that are written together.
#[derive(Default)]
pub(super) struct Known {
    ends: Ends,
    pub(super) columns: Columns,
    pub(super) tags: Keys,
}

impl Known {
    /// Begins with the keys of tags.
    pub(super) fn with_tags(tags: Keys) -> Self {
        Self { tags, ..Self::default() }
    }
}

/// Creates the task of a draft, unless an earlier attempt already stored it.
pub(super) async fn create(client: &Client, draft: TaskDraft) -> Result<Task, Error> {
    draft.check_ids()?;
    let (end, chosen) = (draft.end(), draft.chosen_id().cloned());
    let claim = chosen.iter().fold(Claim::default(), Claim::and::<Task>);
    let claim = tag::claim(claim, draft.labels());
    let turn = client.turn(claim).await;
    if let Some(id) = &chosen
        && let Some(task) = resource::created(client, id).await?
    {
        return Ok(task);
    }
    draft.check()?;
    let mut known = Known::with_tags(tag::declare_in_turn(client, draft.labels()).await?);
    let task = write::create(client, make(client, draft, &mut known).await?).await?;
    drop(turn);
    match end {
        // No number was left at that end; the other tasks have to make room.
        Some(end) if task.sort_order.is_absent() => {
            reorder::reorder(client, &task.id, Some(task.project_id), end.into()).await
        }
        _ => Ok(task),
    }
}

/// Builds the task of a draft; reads the inbox, the zone and the position if the draft needs them.
pub(super) async fn make(client: &Client, draft: TaskDraft, known: &mut Known) -> Result<Task, Error> {
    draft.check()?;
    let project = match draft.chosen_project() {
        Some(project) => client.real_id(project).await?,
        None => client.inbox_id().await?,
    };
    let zone = if draft.needs_zone() { client.time_zone().await? } else { TimeZone::UTC };
    let end = draft.end();
    let mut task = draft.into_task(project, &zone, &mut client.ids(), client.now(), &known.tags)?;
    if let Some(end) = end {
        task.sort_order = Field::or_absent(known.ends.position(client, end, &task.project_id).await?);
    }
    known.columns.check(client, &task, None).await?;
    Ok(task)
}
