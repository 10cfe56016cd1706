//! How checked writes read and send tasks.

use ticktick_models::{BatchAnswer, BatchTasks, ProjectId, TagName, Task, TaskId};
use ticktick_raw::{self as raw, Operation, op};

use super::column::Columns;
use super::family::parent_of;
use super::together;
use crate::resource::{Found, Resource, keyed_by, touched};
use crate::tag::name;
use crate::workaround::{repeat_needs_start, trashed_task_readable};
use crate::{Client, Error, check};

impl Resource for Task {
    keyed_by!(id: TaskId);

    const WHAT: &'static str = "task";
    const BATCH: Operation = op::TASK_BATCH;
    const SERVER: &'static [&'static str] = &["etag", "modifiedTime", "progress"];

    touched!();

    fn check(&self, before: Option<&Self>) -> Result<(), Error> {
        if let Some(before) = before {
            check_place(self, before)?;
        }
        let is_new = |tag: &&TagName| before.is_none_or(|before| !before.tags.contains(tag));
        self.tags.iter().filter(is_new).try_for_each(|tag| check_tag(tag, &self.tags))?;
        let rule = before.map(|before| &before.repeat_flag);
        check::repeats(&self.repeat_flag, rule)?;
        let dates = before.map(|before| [&before.start_date, &before.due_date]);
        check::dates([&self.start_date, &self.due_date], dates)?;
        if rule == Some(&self.repeat_flag) && dates == Some([&self.start_date, &self.due_date]) {
            Ok(())
        } else {
            repeat_needs_start::check_task(self)
        }
    }

    async fn check_references(&self, client: &Client, before: Option<&Self>) -> Result<(), Error> {
        Columns::default().check(client, self, before).await
    }

    async fn read(&self, client: &Client) -> Result<Self, Error> {
        get(client, &self.id).await
    }

    async fn read_many(client: &Client, tasks: &[&Self]) -> Result<Found<Self>, Error> {
        together::read(client, tasks).await
    }

    async fn send(client: &Client, add: Vec<Self>, update: Vec<Self>) -> Result<BatchAnswer, raw::Error> {
        let mut batch = BatchTasks::default();
        batch.add.extend(add);
        batch.update.extend(update);
        raw::task::batch(client.wire(), &batch).await
    }
}

/// Rejects a tag that the service refuses, and one that the task already has in another case.
fn check_tag(tag: &TagName, all: &[TagName]) -> Result<(), Error> {
    name::check(tag)?;
    match all.iter().find(|other| *other != tag && name::is_same(other, tag)) {
        Some(other) => Err(Error::invalid_input(format!(
            "the task has the tag `{tag}` twice, because case does not matter\nhint: remove `{tag}` or `{other}`"
        ))),
        None => Ok(()),
    }
}

/// Rejects changes that `update` does not make, because they have methods of their own.
fn check_place(task: &Task, before: &Task) -> Result<(), Error> {
    let id = &task.id;
    if task.project_id != before.project_id {
        return Err(Error::invalid_input(format!(
            "an update does not move task {id} from project {} to {}\nhint: use `move_to`",
            before.project_id, task.project_id
        )));
    }
    let children_are_changed = task.etag == before.etag && task.child_ids != before.child_ids;
    if parent_of(task) != parent_of(before) || children_are_changed {
        return Err(Error::invalid_input(format!(
            "an update does not change parent and children of task {id}\nhint: use `set_parent` or `unset_parent`"
        )));
    }
    Ok(())
}

/// Reads a task that is not in the trash.
pub(super) async fn get(client: &Client, id: &TaskId) -> Result<Task, Error> {
    trashed_task_readable::check(with_trash(client, id).await?)
}

/// Returns the project of a task; reads the task if the project is unknown.
pub(super) async fn project_of(client: &Client, task: &TaskId, known: Option<ProjectId>) -> Result<ProjectId, Error> {
    match known {
        Some(project) => client.project_id(project).await,
        None => Ok(get(client, task).await?.project_id),
    }
}

/// Reads a task that may be in the trash.
pub(super) async fn with_trash(client: &Client, id: &TaskId) -> Result<Task, Error> {
    let answer = raw::task::get(client.wire(), id, &raw::task::GetOptions::default()).await;
    answer.map_err(|error| Error::missing(error, Task::WHAT, id))
}

/// Returns the task that an earlier attempt created under an id, if any.
pub(super) async fn created(client: &Client, id: &TaskId) -> Result<Option<Task>, Error> {
    match with_trash(client, id).await {
        Ok(task) if task.is_deleted() => Err(in_trash(id)),
        Ok(task) => Ok(Some(task)),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns the error for a new task whose id belongs to a task in the trash.
pub(super) fn in_trash(id: &TaskId) -> Error {
    Error::invalid_input(format!(
        "task {id} is in the trash\nhint: restore it, or create the new task under another id"
    ))
}
