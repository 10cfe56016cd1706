//! How the safe write reads and sends tasks.

use ticktick_models::{BatchAnswer, BatchTasks, Task, TaskId, Timestamp};
use ticktick_raw::{self as raw, Operation, op};

use super::together;
use crate::resource::{Resource, keyed_by};
use crate::workaround::trashed_task_readable;
use crate::write::Found;
use crate::{Client, Error};

impl Resource for Task {
    keyed_by!(id: TaskId);

    const WHAT: &'static str = "task";
    const BATCH: Operation = op::TASK_BATCH;
    const SERVER: &'static [&'static str] = &["etag", "modifiedTime", "progress"];

    fn touch(&mut self, now: jiff::Timestamp) {
        self.modified_time = Timestamp::from(now).into();
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

/// Returns a task that is not in the trash.
pub(super) async fn get(client: &Client, id: &TaskId) -> Result<Task, Error> {
    let answer = raw::task::get(client.wire(), id, &raw::task::GetOptions::default()).await;
    trashed_task_readable::check(answer.map_err(|error| Error::missing(error, Task::WHAT, id))?)
}
