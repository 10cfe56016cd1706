//! Tasks and notes.

use ticktick_models::{BatchTasks, ProjectId, Task, TaskId, TaskStatus, Timestamp};
use ticktick_raw::{self as raw, op};

use crate::workaround::{
    batch_empty_maps, batch_item_errors, foreign_ids_replaced, series_completion, trashed_task_readable,
};
use crate::{Client, Error, TaskDraft};

/// Works with tasks and notes. From [`Client::task`].
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct TaskManager<'a> {
    client: &'a Client,
}

impl<'a> TaskManager<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self { client }
    }

    /// Lists all open tasks and the notes, by a full sync.
    ///
    /// `GET /api/v3/batch/check/0`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// # let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
    /// # client.login("me@example.com", &"secret".into()).await?;
    /// for task in client.task().list().await? {
    ///     println!("{} {:?}", task.id, task.title);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn list(self) -> Result<Vec<Task>, Error> {
        let mut tasks = self.client.sync().full().await?.into_tasks();
        tasks.retain(Task::is_open);
        Ok(tasks)
    }

    /// Lists the open tasks and the notes of one project; the id `inbox` is the inbox of any account.
    ///
    /// `GET /api/v2/project/{projectId}/tasks`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let tasks = client.task().list_by_project(&"inbox".into()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn list_by_project(self, project: &ProjectId) -> Result<Vec<Task>, Error> {
        let project = self.client.real_id(project).await?;
        let answer = raw::task::list_by_project(self.client.wire(), &project).await;
        answer.map_err(|error| missing(error, "project", &project))
    }

    /// Returns a task, open or closed.
    ///
    /// `GET /api/v2/task/{taskId}`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is none of this id, or if it is in the trash.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let task = client.task().get(&"65f0a1b2c3d4e5f6a7b8c9d0".into()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn get(self, id: &TaskId) -> Result<Task, Error> {
        let options = raw::task::GetOptions::default();
        let answer = raw::task::get(self.client.wire(), id, &options).await;
        trashed_task_readable::check(answer.map_err(|error| missing(error, "task", id))?)
    }

    /// Creates a task and returns it, with the id under which it is stored.
    ///
    /// It carries an id that we make, so it is safe to repeat where an answer was lost.
    ///
    /// `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// [`Error::Batch`] if it is refused, such as for want of room; [`Error::NotApplied`] if the
    /// service took the call and stored nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::civil::date;
    /// use ticktick::{Due, Priority, TaskDraft};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// # let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
    /// # client.login("me@example.com", &"secret".into()).await?;
    /// let task = client.task().create(
    ///     TaskDraft::new("Buy groceries")
    ///         .priority(Priority::Medium)
    ///         .tag("errands")
    ///         .due(Due::day(date(2026, 3, 1)))
    ///         .item("Milk")
    ///         .item("Bread"),
    /// ).await?;
    /// assert_eq!(client.task().get(&task.id).await?.items.len(), 2);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn create(self, draft: TaskDraft) -> Result<Task, Error> {
        let project = match draft.chosen_project() {
            Some(project) => self.client.real_id(project).await?,
            None => self.client.inbox_id().await?,
        };
        let zone = match draft.zone() {
            Some(zone) => zone,
            None => self.client.time_zone().await?,
        };
        let now = self.client.now();
        let mut task = draft.into_task(project, &zone, &mut self.client.ids(), now)?;
        let mut batch = BatchTasks::default();
        batch.add.push(task.clone());
        let answer = raw::task::batch(self.client.wire(), &batch).await?;
        batch_item_errors::check(&op::TASK_BATCH, &answer)?;
        task.id = foreign_ids_replaced::stored_id(&answer, &task.id);
        task.etag = batch_empty_maps::stored(&op::TASK_BATCH, &answer, &task.id)?.into();
        Ok(task)
    }

    /// Completes a task and returns it as it is now.
    ///
    /// The task is read anew first, so that no change made elsewhere is undone. One that is
    /// completed already stays as it is.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if it is gone; [`Error::Unsupported`] if it recurs;
    /// [`Error::NotApplied`] if the service took the call and stored nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// for task in client.task().list().await? {
    ///     client.task().complete(&task).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn complete(self, task: &Task) -> Result<Task, Error> {
        self.complete_id(&task.id).await
    }

    /// Completes a task of which only the id is known; see [`complete`](Self::complete).
    ///
    /// # Errors
    ///
    /// As [`complete`](Self::complete).
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// client.task().complete_id(&"65f0a1b2c3d4e5f6a7b8c9d0".into()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn complete_id(self, id: &TaskId) -> Result<Task, Error> {
        let mut task = self.get(id).await?;
        if task.is_completed() {
            return Ok(task);
        }
        series_completion::refuse("completing a task that recurs", &task)?;
        task.status = TaskStatus::Completed.into();
        task.completed_time = Timestamp::from(self.client.now()).into();
        self.store(task).await
    }

    /// Sends a whole task that has been read before, and returns it with its new etag.
    async fn store(&self, mut task: Task) -> Result<Task, Error> {
        // Other devices may miss a change that has the old time.
        task.modified_time = Timestamp::from(self.client.now()).into();
        let mut batch = BatchTasks::default();
        batch.update.push(task.clone());
        let answer = raw::task::batch(self.client.wire(), &batch).await?;
        batch_item_errors::check(&op::TASK_BATCH, &answer)?;
        task.etag = batch_empty_maps::stored(&op::TASK_BATCH, &answer, &task.id)?.into();
        Ok(task)
    }
}

/// Says what was not found, where that is what the service means.
fn missing(error: raw::Error, what: &'static str, id: &impl std::fmt::Display) -> Error {
    match error.is_not_found() {
        true => Error::not_found(what, id),
        false => error.into(),
    }
}
