//! Puts restored subtasks below their parents again.

use ticktick_models::{AsId, Task, TaskId};

use crate::mirror::action::ChangeAction;
use crate::mirror::journal::{Change, Entry, Outcome};
use crate::mirror::kind::Kind;
use crate::{Client, Error};

/// Puts the tasks that a write deleted below their parents again, and their subtasks below them, because the service
/// releases the subtasks of a task that is deleted. Both must exist.
pub(super) async fn unite(client: &Client, entry: &Entry) -> Result<(), Error> {
    let is_deleted_task = |kind: &str, action| kind == Kind::Task.name() && action == ChangeAction::Delete;
    let is_done = |change: &&Change| change.outcome == Outcome::Done && is_deleted_task(&change.kind, change.action);
    let before = entry.changes.iter().filter(is_done).filter_map(|change| change.before.as_ref());
    let deleted: Vec<Task> = before.filter_map(|json| json.decode_lenient().ok()).collect();
    for task in &deleted {
        let parent = task.parent_id.get().filter(|parent| !parent.as_str().is_empty());
        if let Some(parent) = parent
            && exists(client, &task.id).await?
            && exists(client, parent).await?
        {
            client.task().set_parent(&task.id, parent).await?;
        }
    }
    for task in &deleted {
        let children = task.child_ids.iter().filter(|child| deleted.iter().all(|other| other.id != **child));
        adopt(client, task, children.cloned().collect()).await?;
    }
    Ok(())
}

/// Puts subtasks below a restored task again, unless they were moved in the meantime.
async fn adopt(client: &Client, parent: &Task, children: Vec<TaskId>) -> Result<(), Error> {
    if children.is_empty() || !exists(client, &parent.id).await? {
        return Ok(());
    }
    for child in children {
        let Some(stored) = existing(client, &child).await? else { continue };
        if stored.project_id == parent.project_id && stored.parent().is_none() {
            client.task().set_parent(&child, &parent.id).await?;
        }
    }
    Ok(())
}

/// Returns whether a task exists outside the trash.
pub(super) async fn exists(client: &Client, task: impl AsId<TaskId>) -> Result<bool, Error> {
    existing(client, task).await.map(|task| task.is_some())
}

/// Returns a task, unless it is in the trash or does not exist.
async fn existing(client: &Client, task: impl AsId<TaskId>) -> Result<Option<Task>, Error> {
    match client.task().get(task).await {
        Ok(task) => Ok(Some(task).filter(|task| !task.is_deleted())),
        Err(error) if error.may_be_missing() || error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}
