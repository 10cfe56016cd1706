//! Reads the trash page by page, and deletes tasks permanently.

use std::collections::{BTreeSet, HashSet};

use ticktick_models::{BatchAnswer, DeletedState, Task, TaskId, TaskRef};
use ticktick_raw::{self as raw, op};

use super::resource;
use crate::turn::Claim;
use crate::workaround::trash_shapes;
use crate::{Client, Error, write};

/// Number of rows in a page; a shorter page is the last one.
const PAGE: usize = 50;

/// Reads all tasks in the trash.
pub(super) async fn list(client: &Client) -> Result<Vec<Task>, Error> {
    let (mut tasks, mut seen) = (Vec::new(), HashSet::new());
    let mut options = raw::task::TrashOptions::default();
    options.limit = i64::try_from(PAGE).ok();
    loop {
        let page = trash_shapes::read(raw::task::trash(client.wire(), &options).await?)?;
        let (rows, before) = (page.tasks.len(), tasks.len());
        tasks.extend(page.tasks.into_iter().filter(|task: &Task| seen.insert(task.id.clone())));
        if rows < PAGE || tasks.len() == before || page.next.is_none() {
            return Ok(tasks);
        }
        options.start = page.next;
    }
}

/// Deletes tasks permanently, and checks that they are gone.
pub(super) async fn purge(client: &Client, ids: BTreeSet<TaskId>) -> Result<(), Error> {
    let _turn = client.turn(ids.iter().fold(Claim::default(), Claim::and::<Task>)).await;
    let mut body = Vec::with_capacity(ids.len());
    for id in ids {
        let project = resource::with_trash(client, &id).await?.project_id;
        body.push(TaskRef::new(id, project));
    }
    if body.is_empty() {
        return Ok(());
    }
    let mut options = raw::task::DeleteWithBodyOptions::default();
    options.deleteforever = Some(true);
    let answer = raw::task::delete_with_body(client.wire(), &body, &options).await?;
    // The form of the response is undocumented, but a recognizable refusal is reported.
    let answer = answer.and_then(|json| json.decode::<BatchAnswer>().ok()).unwrap_or_default();
    write::check_deleted(&op::TASK_DELETE_WITH_BODY, &answer)?;
    for TaskRef { task_id, .. } in body {
        match resource::with_trash(client, &task_id).await {
            Err(Error::NotFound { .. }) => {}
            Ok(task) if task.deleted == DeletedState::Forever => {}
            Ok(_) => {
                let operation = op::TASK_DELETE_WITH_BODY.id;
                return Err(Error::NotApplied { operation, id: task_id.to_string() });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
