//! [`TaskBatch`]: many writes of tasks in few requests.

mod state;

use std::borrow::Borrow;
use std::iter;

use ticktick_models::{AsId, ColumnId, ProjectId, TagName, Task, TaskId, TaskStatus};

use super::entry::{Change, Item, Name, What};
use super::report::{BatchAction, BatchReport};
use super::{TaskDraft, TaskManager, TaskPatch, wave};
use crate::turn::Claim;
use crate::write::Newer;
use crate::{Client, Error, id, tag};

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
    Close(TaskId, TaskStatus),
    Skip(TaskId),
    Delete(TaskId),
    Move(TaskId, ProjectId),
    Change(TaskId, BatchAction, Change),
    SetParent(TaskId, TaskId),
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
    ///     eprintln!("{failure}");
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
    ///
    /// If a draft has a [`parent`](TaskDraft::parent), the task becomes its subtask. The parent may be a draft of the same
    /// batch, at any position: set its [`id`](TaskDraft::id) to a [`new_id`](TaskManager::new_id). If the parent cannot be
    /// created, its subtasks fail with it.
    ///
    /// If a draft is invalid, only its item fails. If an earlier attempt stored a task under the draft's id, the item's
    /// result is the stored task.
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
    /// Tasks that are already completed are not changed. For a recurring task, the current occurrence is completed as
    /// in [`TaskManager::complete`], and the item's result is the finished copy. The item fails if the next date cannot
    /// be computed.
    pub fn complete<T: AsId<TaskId>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.extend(ids(tasks).map(|task| Entry::Close(task, TaskStatus::Completed)))
    }

    /// Moves tasks to the trash, whichever projects they are in.
    ///
    /// If a task does not exist or is already in the trash, its item fails with [`Error::NotFound`]. Also accepts a
    /// [`TaskRef`](crate::task::TaskRef).
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

    /// Changes single fields of tasks, like [`TaskManager::patch`].
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::{Priority, TaskDraft, TaskPatch};
    /// let task = client.task().create(TaskDraft::new("Buy milk")).await?;
    /// let patch = TaskPatch::new().priority(Priority::High);
    /// let report = client.task().batch().patch([&task], patch).send().await?;
    /// assert_eq!(report.into_result()?[0].priority(), Priority::High);
    /// # Ok(())
    /// # });
    /// ```
    pub fn patch<T: AsId<TaskId>>(self, tasks: impl IntoIterator<Item = T>, patch: TaskPatch) -> Self {
        self.change(tasks, BatchAction::Patch, &Change::Patch(Box::new(patch)))
    }

    /// Adds tags to tasks, like [`TaskManager::add_tags`].
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::TaskDraft;
    /// let task = client.task().create(TaskDraft::new("Buy milk")).await?;
    /// let report = client.task().batch().add_tags([&task], ["errands"]).send().await?;
    /// assert_eq!(report.into_result()?[0].tags.len(), 1);
    /// # Ok(())
    /// # });
    /// ```
    pub fn add_tags<T: AsId<TaskId>, N: AsId<TagName>>(
        self,
        tasks: impl IntoIterator<Item = T>,
        tags: impl IntoIterator<Item = N>,
    ) -> Self {
        let labels = tags.into_iter().map(|tag| tag.as_id().as_str().to_owned()).collect();
        self.change(tasks, BatchAction::AddTags, &Change::AddTags(labels))
    }

    /// Puts tasks into a column of their project, like [`TaskManager::move_to_column`].
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::{ProjectDraft, TaskDraft};
    /// let board = client.project().create(ProjectDraft::new("Board")).await?;
    /// let doing = client.column().create(&board, "Doing").await?;
    /// let task = client.task().create(TaskDraft::new("Press kit").project(&board)).await?;
    /// let report = client.task().batch().move_to_column([&task], &doing).send().await?;
    /// assert_eq!(report.into_result()?[0].column_id, doing.id);
    /// # Ok(())
    /// # });
    /// ```
    pub fn move_to_column<T: AsId<TaskId>>(
        self,
        tasks: impl IntoIterator<Item = T>,
        column: impl AsId<ColumnId>,
    ) -> Self {
        let patch = TaskPatch::new().column(column);
        self.change(tasks, BatchAction::MoveToColumn, &Change::Patch(Box::new(patch)))
    }

    /// Makes tasks the subtasks of another one, like [`TaskManager::set_parent`].
    ///
    /// The parent may be a draft of the same batch. Tasks in the project of the parent share requests. A task in
    /// another project takes as many requests as a single call, because it is moved first.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::TaskDraft;
    /// let trip = client.task().create(TaskDraft::new("Trip")).await?;
    /// let hotel = client.task().create(TaskDraft::new("Book a hotel")).await?;
    /// let report = client.task().batch().set_parent([&hotel], &trip).send().await?;
    /// assert_eq!(report.into_result()?[0].parent_id, trip.id);
    /// # Ok(())
    /// # });
    /// ```
    pub fn set_parent<T: AsId<TaskId>>(self, tasks: impl IntoIterator<Item = T>, parent: impl AsId<TaskId>) -> Self {
        let parent = parent.as_id();
        self.extend(ids(tasks).map(|task| Entry::SetParent(task, parent.clone())))
    }

    /// Sends all writes in the order in which they were added and returns the outcome of each item.
    ///
    /// The client reads every existing task before it writes it: up to three tasks one by one, more with a single sync.
    /// A sync does not contain closed tasks, so the client reads those one by one. If a task was added more than once,
    /// the client reads it again each time.
    ///
    /// If more than three drafts have ids that were generated within the last day, the client reads one delta to see
    /// which of them are stored already. It looks up other draft ids like existing tasks.
    ///
    /// A request holds up to 200 tasks, so that 1,000 tasks are created in five requests; completing an occurrence
    /// counts as two. Consecutive creates, updates and deletes share requests; moves have their own. Parents are set
    /// afterwards, up to 500 in a request. If a response is lost, the client sends creates again, because it chose
    /// their ids. For all other items, it first reads what is stored, with one sync for all of them and up to three
    /// more calls for closed and deleted tasks.
    ///
    /// If a request fails, its items get the error, and the client sends the next request. If that one would fail as
    /// well (because the session has expired, there were too many requests, or the service cannot be reached), the
    /// remaining items get the same error and the client sends nothing more.
    ///
    /// `GET /api/v3/batch/check/{checkpoint}` for ids of drafts; `GET /api/v2/project/{projectId}/tasks` for each project
    /// in which a draft goes to an end; `GET /api/v2/task/{taskId}` for each task, or `GET /api/v3/batch/check/0` for more
    /// than three; `GET /api/v2/tags` if an item adds a tag with capital letters, and `POST /api/v2/batch/tag` if such a tag
    /// is new; then `POST /api/v2/batch/task` and `POST /api/v2/batch/taskProject`, one for each 200 tasks, and
    /// `POST /api/v2/batch/taskParent`, one for each 500 parents
    ///
    /// # Errors
    ///
    /// Returns an error, and sends nothing, if new tags with capital letters cannot be created. All other errors are in
    /// the report, by item.
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
    ///     eprintln!("{failure}");
    /// }
    /// assert_eq!(client.task().list().await?.len(), 2);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn send(self) -> Result<BatchReport, Error> {
        let client = self.client;
        let items: Vec<Item> =
            self.entries.into_iter().enumerate().map(|(index, entry)| entry.into_item(client, index)).collect();
        let labels: Vec<String> = items.iter().flat_map(Item::labels).cloned().collect();
        let keys = tag::declare(client, &labels).await?;
        let tasks = items.iter().flat_map(|item| iter::once(&item.name.id).chain(item.parent()));
        let _turn = client.turn(tasks.fold(Claim::default(), Claim::and::<Task>)).await;
        Ok(BatchReport::new(wave::all(client, items, keys).await))
    }

    fn replace<T: Borrow<Task>>(self, tasks: impl IntoIterator<Item = T>, newer: Newer) -> Self {
        self.extend(tasks.into_iter().map(|task| Entry::Update(Box::new(task.borrow().clone()), newer)))
    }

    fn change<T: AsId<TaskId>>(self, tasks: impl IntoIterator<Item = T>, action: BatchAction, change: &Change) -> Self {
        self.extend(ids(tasks).map(|task| Entry::Change(task, action, change.clone())))
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
    /// Checks what can be checked without reading anything. An invalid entry becomes an item that has failed.
    fn into_item(self, client: &Client, index: usize) -> Item {
        let (action, id, title, what) = match self {
            Self::Create(draft) => {
                let chosen = draft.chosen_id().cloned();
                let (title, is_chosen) = (draft.title().to_owned(), chosen.is_some());
                let id = chosen.unwrap_or_else(|| TaskId::new_with(&mut client.ids()));
                let what = draft.check().map(|()| What::Create(Box::new(draft.id(&id)), is_chosen));
                (BatchAction::Create, id, Some(title), what)
            }
            Self::Update(task, newer) => {
                let title = task.title().to_owned();
                (BatchAction::Update, task.id.clone(), Some(title), Ok(What::Update(task, newer)))
            }
            Self::Close(id, status) => {
                let is_done = status == TaskStatus::Completed;
                let action = if is_done { BatchAction::Complete } else { BatchAction::WontDo };
                (action, id, None, Ok(What::Close(status)))
            }
            Self::Skip(id) => (BatchAction::Skip, id, None, Ok(What::Skip)),
            Self::Delete(id) => (BatchAction::Delete, id, None, Ok(What::Delete)),
            Self::Move(id, to) => {
                let what = id::check(&to).map(|()| What::Move(to));
                (BatchAction::Move, id, None, what)
            }
            Self::Change(id, action, change) => {
                let what = change.check().map(|()| What::Change(change));
                (action, id, None, what)
            }
            Self::SetParent(id, parent) => {
                let what = id::check(&parent).map(|()| What::SetParent(parent));
                (BatchAction::SetParent, id, None, what)
            }
        };
        let what = id::check(&id).and(what);
        Item { name: Name { index, id, title, action }, what }
    }
}
