//! Moves tasks to other projects.

use ticktick_models::{Field, ProjectId, Task, TaskId};

use super::step::Step;
use super::{parent_link, resource, send};
use crate::turn::Claim;
use crate::workaround::{parent_unset_by_old_parent, task_move_leaves_children};
use crate::{Client, Error};

/// What happens to the subtasks of a moved task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Subtasks {
    Follow,
    Stay,
}

/// Moves a task to another project, unless it is already there.
pub(super) async fn move_to(client: &Client, id: &TaskId, to: &ProjectId, subtasks: Subtasks) -> Result<Task, Error> {
    let _turn = client.turn(Claim::one::<Task>(id)).await;
    let root = resource::get(client, id).await?;
    if root.project_id == *to {
        return Ok(root);
    }
    let below = match subtasks {
        Subtasks::Follow => task_move_leaves_children::below(client, &root).await?,
        Subtasks::Stay => Vec::new(),
    };
    relocate(client, root, below, to).await
}

/// Detaches a task from its parent and moves it, with the given subtasks, to another project.
pub(super) async fn relocate(client: &Client, mut root: Task, below: Vec<Task>, to: &ProjectId) -> Result<Task, Error> {
    let left = parent_unset_by_old_parent::leave(&root);
    if let Some(link) = &left {
        parent_link::send(client, link).await?;
        root.parent_id = Field::Absent;
    }
    let id = root.id.clone();
    let steps = std::iter::once(root).chain(below).map(|task| Step::relocate(task, to.clone())).collect();
    let moved = send::together(client, steps).await.map_err(|error| match left {
        Some(_) => error.unfinished(&id, "was detached from its parent, but was not moved"),
        None => error,
    })?;
    // `together` returns one task per step, in order.
    moved.into_iter().next().ok_or_else(|| Error::not_found("task", &id))
}
