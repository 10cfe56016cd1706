//! Reads comments, countdowns and the trash.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::value::RawValue;
use ticktick::models::{Comment, Object, Task};
use ticktick::raw::{Call, op, task};
use ticktick::{Client, Error};

use super::{CollectOptions, Objects, answer, in_projects, keep, place};
use crate::archive::{Archive, Entity};

/// Number of rows in a page of the trash.
const PAGE: usize = 50;

/// Reads the comments of the tasks that have some, with one request for each of these tasks.
pub(super) async fn comments(client: &Client, archive: &mut Archive) -> Result<(), Error> {
    let mut tasks = archive.decoded::<Task>(Entity::Tasks).0;
    tasks.extend(archive.decoded::<Task>(Entity::Completed).0);
    tasks.retain(|task| task.comment_count.get().is_some_and(|count| *count > 0));
    for task in tasks {
        let call = Call::new(&op::COMMENT_LIST).path("projectId", &task.project_id).path("taskId", &task.id);
        let read = answer::<Option<Objects>>(client, call).await.map(Option::unwrap_or_default);
        let read = read.map(|comments| comments.into_iter().map(|comment| placed(comment, &task)).collect());
        keep(archive, Entity::Comments, read)?;
    }
    let has_files = |comment: &Comment| !comment.attachments.is_empty();
    if archive.decoded::<Comment>(Entity::Comments).0.iter().any(has_files) {
        archive.manifest.gaps.push("files of comments".to_owned());
    }
    Ok(())
}

/// Adds the id of the task to a comment that lacks it.
fn placed(comment: Box<RawValue>, task: &Task) -> Box<RawValue> {
    let Ok(mut object) = serde_json::from_str::<Object>(comment.get()) else { return comment };
    if object.get("taskId").is_some() && object.get("projectId").is_some() {
        return comment;
    }
    object.set("taskId", task.id.as_str());
    object.set("projectId", task.project_id.as_str());
    serde_json::value::to_raw_value(&object).unwrap_or(comment)
}

#[derive(Deserialize)]
struct Countdowns {
    #[serde(default)]
    countdowns: Option<Objects>,
}

pub(super) async fn countdowns(client: &Client) -> Result<Objects, Error> {
    let read: Countdowns = answer(client, Call::new(&op::COUNTDOWN_LIST)).await?;
    Ok(read.countdowns.unwrap_or_default())
}

/// A page of the trash. The service also sends a plain list.
#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    tasks: Option<Objects>,
    #[serde(default)]
    next: Option<i64>,
}

pub(super) async fn trash(client: &Client, options: &CollectOptions) -> Result<Objects, Error> {
    let (mut all, mut seen) = (Vec::new(), BTreeSet::new());
    let mut query = task::TrashOptions::default();
    query.limit = i64::try_from(PAGE).ok();
    loop {
        let json: Box<RawValue> = answer(client, Call::new(&op::TASK_TRASH).options(&query)).await?;
        let (rows, next) = match serde_json::from_str::<Page>(json.get()) {
            Ok(page) => (page.tasks.unwrap_or_default(), page.next),
            Err(_) => (serde_json::from_str::<Objects>(json.get()).unwrap_or_default(), None),
        };
        let (count, before) = (rows.len(), seen.len());
        for json in rows {
            if seen.insert(place(&json).id) && in_projects(options, &json) {
                all.push(json);
            }
        }
        if count < PAGE || seen.len() == before || next.is_none() {
            return Ok(all);
        }
        query.start = next;
    }
}
