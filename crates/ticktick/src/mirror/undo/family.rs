//! Puts restored subtasks below their parents again.

use ticktick_models::{AsId, Task, TaskId};

use crate::mirror::action::ChangeAction;
use crate::mirror::journal::{Entry, Outcome};
use crate::mirror::kind::Kind;
use crate::{Client, Error};

/// Puts the tasks that a write deleted below their parents again, because the service releases the subtasks of a task that
/// is deleted. Both must exist.
pub(super) async fn unite(client: &Client, entry: &Entry) -> Result<(), Error> {
    let is_deleted_task = |kind: &str, action| kind == Kind::Task.name() && action == ChangeAction::Delete;
    for change in entry.changes.iter().filter(|change| change.outcome == Outcome::Done) {
        let before = change.before.as_ref().filter(|_| is_deleted_task(&change.kind, change.action));
        let Some(before) = before.and_then(|json| json.decode_lenient::<Task>().ok()) else { continue };
        let Some(parent) = before.parent_id.get().filter(|parent| !parent.as_str().is_empty()) else { continue };
        if exists(client, &before.id).await? && exists(client, parent).await? {
            client.task().set_parent(&before.id, parent).await?;
        }
    }
    Ok(())
}

/// Returns whether a task exists outside the trash.
pub(super) async fn exists(client: &Client, task: impl AsId<TaskId>) -> Result<bool, Error> {
    match client.task().get(task).await {
        Ok(task) => Ok(!task.is_deleted()),
        Err(error) if error.may_be_missing() || error.is_not_found() => Ok(false),
        Err(error) => Err(error),
    }
}
