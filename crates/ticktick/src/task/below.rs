//! Finds subtasks, and puts tasks below other tasks.

use ticktick_models::{ProjectId, Task, TaskId};

use super::create::{self, Known};
use super::draft::TaskDraft;
use super::family::{Family, parent_of};
use super::{parent_link, relocate, resource};
use crate::turn::Claim;
use crate::workaround::{parent_same_project, task_move_leaves_children};
use crate::{Client, Error, tag, write};

/// Lists the open direct subtasks of a task, in order. The project is known, unless the task was moved since.
pub(super) async fn children(client: &Client, task: &TaskId, known: Option<ProjectId>) -> Result<Vec<Task>, Error> {
    let project = resource::project_of(client, task, known).await?;
    let mut family = Family::read(client, &project).await?;
    if family.get(task).is_none() {
        let now = resource::get(client, task).await?.project_id;
        if now != project {
            family = Family::read(client, &now).await?;
        }
    }
    let mut children: Vec<Task> = family.children(task).cloned().collect();
    children.sort_by_key(|child| child.sort_order.copied());
    Ok(children)
}

/// Makes a task a subtask, in the project of its parent, while the caller holds the locks of both.
pub(super) async fn set_parent(client: &Client, task: &TaskId, parent: &TaskId) -> Result<Task, Error> {
    let child = resource::get(client, task).await?;
    let family = Family::read(client, &child.project_id).await?;
    let parent = match family.get(parent) {
        Some(parent) => parent.clone(),
        None => resource::get(client, parent).await?,
    };
    if parent_of(&child) == Some(&parent.id) {
        return Ok(child);
    }
    let height = family.height(&child.id);
    if parent.project_id == child.project_id {
        parent_same_project::check(&child.id, &family.line(&parent), height)?;
        return put_below(client, child, &parent.id).await;
    }
    let line = line_of(client, &parent).await?;
    parent_same_project::check(&child.id, &line, height)?;
    let below = task_move_leaves_children::below_in(client, &family, &child).await?;
    let child = relocate::relocate(client, child, below, &parent.project_id).await?;
    let id = child.id.clone();
    let linked = put_below(client, child, &parent.id).await;
    linked.map_err(|error| error.unfinished(&id, "was moved, but is not below its new parent"))
}

/// Creates the task of a draft below a parent.
pub(super) async fn create(client: &Client, parent: &TaskId, draft: TaskDraft) -> Result<Task, Error> {
    draft.check_ids()?;
    let chosen = draft.chosen_id().cloned();
    let claim = chosen.iter().fold(Claim::one::<Task>(parent), Claim::and::<Task>);
    let _turn = client.turn(tag::claim(claim, draft.labels())).await;
    let parent = &resource::get(client, parent).await?;
    draft.check()?;
    let draft = draft.in_project(client, &parent.project_id).await?;
    let mut known = Known::with_tags(tag::declare_in_turn(client, draft.labels()).await?);
    let task = create::make(client, draft, &mut known).await?;
    parent_same_project::check(&task.id, &line_of(client, parent).await?, 1)?;
    let earlier = match &chosen {
        Some(id) => resource::created(client, id).await?,
        None => None,
    };
    let task = match earlier {
        Some(task) if parent_of(&task) == Some(&parent.id) => return Ok(task),
        Some(task) => task,
        None => write::create(client, task).await?,
    };
    let id = task.id.clone();
    let linked = put_below(client, task, &parent.id).await;
    linked.map_err(|error| error.unfinished(&id, "was created, but is not below its parent"))
}

/// Returns a task and its ancestors; reads nothing for a task without a parent.
async fn line_of(client: &Client, task: &Task) -> Result<Vec<TaskId>, Error> {
    match parent_of(task) {
        None => Ok(vec![task.id.clone()]),
        Some(_) => Ok(Family::read(client, &task.project_id).await?.line(task)),
    }
}

/// Makes a task the subtask of another one in its project.
async fn put_below(client: &Client, mut child: Task, parent: &TaskId) -> Result<Task, Error> {
    let link = parent_link::send(client, &parent_link::link(&child, parent)).await?;
    parent_link::set_parent(&mut child, &link);
    Ok(child)
}
