//! [`TaskBatch`]: many writes of tasks in few requests.

use std::borrow::Borrow;

use ticktick_models::{AsId, ProjectId, Task, TaskId};

use super::report::{BatchAction, BatchReport};
use super::wave::{self, Item, What};
use super::{Known, TaskDraft, TaskManager};
use crate::turn::Claim;
use crate::write::Newer;
use crate::{Client, Error, tag};

/// Many writes of tasks, carried out in their order in as few requests as keep it. From [`TaskManager::batch`].
#[derive(Clone, Debug)]
#[must_use = "a batch does nothing until it is sent"]
pub struct TaskBatch<'a> {
    client: &'a Client,
    entries: Vec<Entry>,
}

/// What the caller wants done with a task.
#[derive(Clone, Debug)]
enum Entry {
    Create(Box<TaskDraft>),
    Update(Box<Task>, Newer),
    Complete(TaskId),
    Delete(TaskId),
    Move(TaskId, ProjectId),
}

impl<'a> TaskManager<'a> {
    /// Begins a batch: many writes in few requests.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick::TaskDraft;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// # let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
    /// # client.login("me@example.com", "secret").await?.into_session()?;
    /// # let old = client.task().list().await?;
    /// let drafts = ["Milk", "Bread", "Eggs"].map(TaskDraft::new);
    /// let report = client.task().batch().create(drafts).delete(&old).send().await?;
    /// for failure in report.failures() {
    ///     eprintln!("{}: {}", failure.id, failure.error);
    /// }
    /// assert_eq!(report.created().count(), 3);
    /// # Ok(())
    /// # }
    /// ```
    pub fn batch(self) -> TaskBatch<'a> {
        TaskBatch { client: self.client, entries: Vec::new() }
    }
}

impl TaskBatch<'_> {
    /// Creates tasks.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// use ticktick::TaskDraft;
    ///
    /// let drafts = (1..=1_000).map(|number| TaskDraft::new(format!("Page {number}")));
    /// let tasks = client.task().batch().create(drafts).send().await?.into_result()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create(self, drafts: impl IntoIterator<Item = TaskDraft>) -> Self {
        self.extend(drafts.into_iter().map(|draft| Entry::Create(Box::new(draft))))
    }

    /// Replaces stored tasks with the given ones.
    ///
    /// The item of a task that was changed elsewhere since it was read fails with [`Error::Conflict`]. The rules are
    /// those of [`TaskManager::update`].
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let mut tasks = client.task().list().await?;
    /// for task in &mut tasks {
    ///     task.priority = ticktick::Priority::Low.into();
    /// }
    /// client.task().batch().update(&tasks).send().await?.into_result()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn update<T: Borrow<Task>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.replace(tasks, Newer::Refuse)
    }

    /// Replaces stored tasks with the given ones, also those that were changed elsewhere since they were read.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, tasks: Vec<ticktick::Task>) -> Result<(), ticktick::Error> {
    /// client.task().batch().overwrite(&tasks).send().await?.into_result()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn overwrite<T: Borrow<Task>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.replace(tasks, Newer::Overwrite)
    }

    /// Completes tasks.
    ///
    /// A task that is completed already is not changed. Of a series the present occurrence is completed, as by
    /// [`TaskManager::complete`], and the finished copy is returned. The item of a series whose next date cannot be
    /// computed fails.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, tasks: Vec<ticktick::Task>) -> Result<(), ticktick::Error> {
    /// let done = tasks.iter().filter(|task| task.tags.contains(&"done".into()));
    /// let report = client.task().batch().complete(done).send().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn complete<T: AsId<TaskId>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.extend(ids(tasks).map(Entry::Complete))
    }

    /// Moves tasks to the trash, from whatever project they are in.
    ///
    /// The item of a task that does not exist or is in the trash already fails with [`Error::NotFound`]. A
    /// [`TaskRef`](crate::task::TaskRef) of both ids names a task, too.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, old: Vec<ticktick::Task>) -> Result<(), ticktick::Error> {
    /// client.task().batch().delete(&old).send().await?.into_result()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete<T: AsId<TaskId>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.extend(ids(tasks).map(Entry::Delete))
    }

    /// Moves tasks to a project; the id `inbox` is the inbox of any account.
    ///
    /// Moves these tasks and no others: children come along only if they are among them, and a child whose parent is
    /// not among them is better moved by [`TaskManager::move_to`], which takes it out from under the parent first.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, tasks: Vec<ticktick::Task>) -> Result<(), ticktick::Error> {
    /// use ticktick::ProjectId;
    ///
    /// client.task().batch().move_to(&tasks, ProjectId::from("inbox")).send().await?.into_result()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn move_to<T: AsId<TaskId>>(self, tasks: impl IntoIterator<Item = T>, project: impl AsId<ProjectId>) -> Self {
        let to = project.as_id();
        self.extend(ids(tasks).map(|task| Entry::Move(task, to.clone())))
    }

    /// Carries everything out in the order in which it was added, and returns the outcome of each item.
    ///
    /// Every task but a new one is read before it is written: up to three tasks one by one, more of them by one sync,
    /// which leaves out closed tasks, so that those are read one by one. If a task is named again, it is read again.
    ///
    /// A request holds up to 200 tasks, so 1,000 are created in five requests; a series that is completed counts as two.
    /// Consecutive creates, updates and deletes share requests; moves have their own. If an answer is lost, creates are
    /// sent again, because the client chose their ids. What is stored of all other items is read first, with one sync
    /// for all of them and up to three more calls for closed and deleted tasks.
    ///
    /// If a request fails, its items get the error and the next request is sent, unless that would fail as well (the
    /// session has expired, there were too many requests, the service cannot be reached): then the remaining items get
    /// the same error.
    ///
    /// `GET /api/v2/project/{projectId}/tasks` for each project in which a draft goes to an end;
    /// `GET /api/v2/task/{taskId}` for each task, or `GET /api/v3/batch/check/0` for more than three; `GET /api/v2/tags` if
    /// a draft has a tag with capital letters, and `POST /api/v2/batch/tag` if such a tag is new; then
    /// `POST /api/v2/batch/task` and `POST /api/v2/batch/taskProject`, one for each 200 tasks
    ///
    /// # Errors
    ///
    /// [`Error`] if the account's inbox or zone is needed and cannot be read, or a draft is not valid; nothing was sent
    /// then. All other errors are in the report, by item.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(
    /// #     client: ticktick::Client,
    /// #     (drafts, done, old): (Vec<ticktick::TaskDraft>, Vec<ticktick::Task>, Vec<ticktick::Task>),
    /// # ) -> Result<(), ticktick::Error> {
    /// let report = client.task().batch().create(drafts).complete(&done).delete(&old).send().await?;
    /// for failure in report.failures() {
    ///     eprintln!("{}: {}", failure.id, failure.error);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn send(self) -> Result<BatchReport, Error> {
        self.declare_tags().await?;
        let (client, mut known) = (self.client, Known::default());
        let mut items = Vec::with_capacity(self.entries.len());
        for entry in self.entries {
            items.push(entry.into_item(client, &mut known).await?);
        }
        let claim = items.iter().fold(Claim::default(), |claim, item| claim.and::<Task>(&item.id));
        let _turn = client.turn(claim).await;
        Ok(BatchReport::new(wave::all(client, items).await))
    }

    fn replace<T: Borrow<Task>>(self, tasks: impl IntoIterator<Item = T>, newer: Newer) -> Self {
        self.extend(tasks.into_iter().map(|task| Entry::Update(Box::new(task.borrow().clone()), newer)))
    }

    /// Creates the tags of all drafts that are new and have capital letters.
    async fn declare_tags(&self) -> Result<(), Error> {
        let mut labels = Vec::new();
        for entry in &self.entries {
            if let Entry::Create(draft) = entry {
                draft.check()?;
                labels.extend_from_slice(draft.labels());
            }
        }
        tag::declare(self.client, &labels).await
    }

    fn extend(mut self, entries: impl Iterator<Item = Entry>) -> Self {
        self.entries.extend(entries);
        self
    }
}

fn ids<T: AsId<TaskId>>(tasks: impl IntoIterator<Item = T>) -> impl Iterator<Item = TaskId> {
    tasks.into_iter().map(|task| task.as_id())
}

impl Entry {
    /// Asks for what is needed before anything is sent, which is nothing of the task itself.
    async fn into_item(self, client: &Client, known: &mut Known) -> Result<Item, Error> {
        let (action, id, what) = match self {
            Self::Create(draft) => {
                let is_chosen = draft.chosen_id().is_some();
                let task = client.task().make(*draft, known).await?;
                (BatchAction::Create, task.id.clone(), What::Create(Box::new(task), is_chosen))
            }
            Self::Update(mut task, newer) => {
                task.project_id = client.real_id(&task.project_id).await?;
                (BatchAction::Update, task.id.clone(), What::Update(task, newer))
            }
            Self::Complete(id) => (BatchAction::Complete, id, What::Complete),
            Self::Delete(id) => (BatchAction::Delete, id, What::Delete),
            Self::Move(id, to) => (BatchAction::Move, id, What::Move(client.real_id(&to).await?)),
        };
        Ok(Item { id, action, what })
    }
}
