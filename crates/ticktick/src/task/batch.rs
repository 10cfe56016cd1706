//! [`TaskBatch`]: many writes of tasks in few requests.

use std::borrow::Borrow;

use ticktick_models::{AsId, ProjectId, Task, TaskId};

use super::create::{self, Known};
use super::report::{BatchAction, BatchReport};
use super::wave::{self, Item, What};
use super::{TaskDraft, TaskManager};
use crate::turn::Claim;
use crate::write::Newer;
use crate::{Client, Error, tag};

/// Collects writes of tasks and sends them, in order, in as few requests as possible. Returned by
/// [`TaskManager::batch`].
#[derive(Clone, Debug)]
#[must_use = "batches are lazy: call `send` and `.await` it"]
pub struct TaskBatch<'a> {
    client: &'a Client,
    entries: Vec<Entry>,
}

/// One write that was added to a batch.
#[derive(Clone, Debug)]
enum Entry {
    Create(Box<TaskDraft>),
    Update(Box<Task>, Newer),
    Complete(TaskId),
    Delete(TaskId),
    Move(TaskId, ProjectId),
}

impl<'a> TaskManager<'a> {
    /// Begins a batch of writes.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::TaskDraft;
    ///
    /// # let old = client.task().list().await?;
    /// let drafts = ["Milk", "Bread", "Eggs"].map(TaskDraft::new);
    /// let report = client.task().batch().create(drafts).delete(&old).send().await?;
    /// for failure in report.failures() {
    ///     eprintln!("{}: {}", failure.id, failure.error);
    /// }
    /// assert_eq!(report.created().count(), 3);
    /// # Ok(())
    /// # });
    /// ```
    pub fn batch(self) -> TaskBatch<'a> {
        TaskBatch { client: self.client, entries: Vec::new() }
    }
}

impl TaskBatch<'_> {
    /// Creates tasks.
    pub fn create(self, drafts: impl IntoIterator<Item = TaskDraft>) -> Self {
        self.extend(drafts.into_iter().map(|draft| Entry::Create(Box::new(draft))))
    }

    /// Replaces stored tasks with the given ones, like [`TaskManager::update`].
    ///
    /// If a task has changed elsewhere since it was read, its item fails with [`Error::Conflict`].
    pub fn update<T: Borrow<Task>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.replace(tasks, Newer::Refuse)
    }

    /// Replaces stored tasks with the given ones, even if they have changed elsewhere since they were read.
    pub fn overwrite<T: Borrow<Task>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.replace(tasks, Newer::Overwrite)
    }

    /// Completes tasks.
    ///
    /// A completed task is not changed. For a recurring task, the current occurrence is completed like in
    /// [`TaskManager::complete`], and the item's result is the finished copy. The item fails if the next date cannot be
    /// computed.
    pub fn complete<T: AsId<TaskId>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.extend(ids(tasks).map(Entry::Complete))
    }

    /// Moves tasks to the trash, whichever projects they are in.
    ///
    /// If a task does not exist or is already in the trash, its item fails with [`Error::NotFound`]. A
    /// [`TaskRef`](crate::task::TaskRef) names a task, too.
    pub fn delete<T: AsId<TaskId>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.extend(ids(tasks).map(Entry::Delete))
    }

    /// Moves tasks to a project. The id `inbox` names the inbox of any account.
    ///
    /// Moves only the given tasks: subtasks move only if you add them. To move a subtask without its parent, use
    /// [`TaskManager::move_to`], which detaches it from the parent first.
    pub fn move_to<T: AsId<TaskId>>(self, tasks: impl IntoIterator<Item = T>, project: impl AsId<ProjectId>) -> Self {
        let to = project.as_id();
        self.extend(ids(tasks).map(|task| Entry::Move(task, to.clone())))
    }

    /// Sends all writes in the order in which they were added and returns the outcome of each item.
    ///
    /// Every existing task is read before it is written: up to three tasks one by one, more of them by one sync. A sync
    /// does not contain closed tasks, so those are read one by one. A task that was added more than once is read again
    /// each time.
    ///
    /// A request holds up to 200 tasks, so that 1,000 tasks are created in five requests; completing an occurrence
    /// counts as two. Consecutive creates, updates and deletes share requests; moves have their own. If an answer is
    /// lost, creates are sent again, because the client chose their ids. For all other items the client first reads
    /// what is stored, with one sync for all of them and up to three more calls for closed and deleted tasks.
    ///
    /// If a request fails, its items get the error and the next request is sent. If the next one would fail as well
    /// (the session has expired, there were too many requests, the service cannot be reached), the remaining items get
    /// the same error and nothing more is sent.
    ///
    /// `GET /api/v2/project/{projectId}/tasks` for each project in which a draft goes to an end;
    /// `GET /api/v2/task/{taskId}` for each task, or `GET /api/v3/batch/check/0` for more than three; `GET /api/v2/tags` if
    /// a draft has a tag with capital letters, and `POST /api/v2/batch/tag` if such a tag is new; then
    /// `POST /api/v2/batch/task` and `POST /api/v2/batch/taskProject`, one for each 200 tasks
    ///
    /// # Errors
    ///
    /// Returns an error, and sends nothing, if the account's inbox or zone is needed and cannot be read, or a draft is
    /// invalid. All other errors are in the report, by item.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let done = [client.task().create("Call Ada".into()).await?];
    /// # let old = [client.task().create("Cancel the gym".into()).await?];
    /// let drafts = ["Milk", "Bread"].map(ticktick::TaskDraft::new);
    /// let report = client.task().batch().create(drafts).complete(&done).delete(&old).send().await?;
    /// for failure in report.failures() {
    ///     eprintln!("{}: {}", failure.id, failure.error);
    /// }
    /// assert_eq!(client.task().list().await?.len(), 2);
    /// # Ok(())
    /// # });
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

    /// Creates the new tags with capital letters of all drafts.
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
    /// Resolves the ids and dates of a draft or task before anything is sent.
    async fn into_item(self, client: &Client, known: &mut Known) -> Result<Item, Error> {
        let (action, id, what) = match self {
            Self::Create(draft) => {
                let is_chosen = draft.chosen_id().is_some();
                let task = create::make(client, *draft, known).await?;
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
