//! Tasks and notes.

mod by_filter;
mod draft;
mod resource;

use ticktick_models::{BatchAnswer, BatchTasks, ProjectId, Task, TaskId, TaskRef, TaskStatus, Timestamp};
use ticktick_raw::{self as raw, op};

pub use self::draft::TaskDraft;
use crate::manager::manager;
use crate::workaround::series_completion;
use crate::{Error, write};

manager! {
    /// Works with tasks and notes. From [`Client::task`].
    TaskManager
}

impl TaskManager<'_> {
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
        let answer = self.client.sync().everything().await?;
        let mut tasks = answer.sync_task_bean.into_option().unwrap_or_default().update.into_vec();
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
    /// let tasks = client.task().list_by_project(ticktick::ProjectId::from("inbox")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn list_by_project(self, project: impl AsRef<ProjectId>) -> Result<Vec<Task>, Error> {
        let project = self.client.real_id(project.as_ref()).await?;
        let answer = raw::task::list_by_project(self.client.wire(), &project).await;
        answer.map_err(|error| Error::missing(error, "project", &project))
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
    /// use ticktick::TaskId;
    ///
    /// let task = client.task().get(TaskId::from("65f0a1b2c3d4e5f6a7b8c9d0")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn get(self, task: impl AsRef<TaskId>) -> Result<Task, Error> {
        resource::get(self.client, task.as_ref()).await
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
        let task = draft.into_task(project, &zone, &mut self.client.ids(), self.client.now())?;
        write::create(self.client, task).await
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
    pub async fn complete(self, task: impl AsRef<TaskId>) -> Result<Task, Error> {
        let mut task = self.get(task).await?;
        if task.is_completed() {
            return Ok(task);
        }
        series_completion::refuse("completing a task that recurs", &task)?;
        task.status = TaskStatus::Completed.into();
        task.completed_time = Timestamp::from(self.client.now()).into();
        write::update(self.client, task).await
    }

    /// Moves a task to the trash, from where it can be restored.
    ///
    /// Its children stay and stand on their own. What is in the trash already, or gone, counts as deleted.
    ///
    /// `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// [`Error::Batch`] if it is refused.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// for task in client.task().list().await? {
    ///     client.task().delete(&task).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn delete(self, task: &Task) -> Result<(), Error> {
        let mut batch = BatchTasks::default();
        batch.delete.push(TaskRef::new(task.id.clone(), task.project_id.clone()));
        let answer = write::perform(
            self.client,
            || raw::task::batch(self.client.wire(), &batch),
            || async {
                match resource::get(self.client, &task.id).await {
                    Err(Error::NotFound { .. }) => Ok(Some(BatchAnswer::default())),
                    found => found.map(|_| None),
                }
            },
        );
        write::check_deleted(&op::TASK_BATCH, &answer.await?)
    }
}
