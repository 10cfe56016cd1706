//! Tasks and notes: state, checklist, parents, dates, reminders, comments, files, history and trash.
//!
//! All calls start at [`Client::task`](crate::Client::task). Methods take a task or its id. See [`error`](crate::error)
//! for the errors that all calls share.
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! use ticktick::task::{Priority, TaskDraft, TaskPatch};
//!
//! let milk = client.task().create(TaskDraft::new("Buy milk").tag("errands")).await?;
//! let milk = client.task().patch(&milk, TaskPatch::new().priority(Priority::High)).await?;
//! assert_eq!(milk.priority(), Priority::High);
//!
//! client.task().complete(&milk).await?;
//! assert!(client.task().list().await?.is_empty());
//! # Ok(())
//! # });
//! ```

// Public methods by topic, and the types that they take and return.
mod assign;
mod attachment;
mod batch;
pub(crate) mod closed;
mod comment;
mod draft;
mod history;
mod item_draft;
mod items;
mod order;
mod parent;
mod patch;
mod place;
mod reminders;
mod report;
mod state;
mod tags;
mod trash;

// What the methods call.
mod assignee;
mod below;
mod body;
mod change;
mod close;
mod column;
mod convert;
mod create;
mod deleted;
mod entry;
pub(crate) mod family;
mod found;
mod item_list;
mod links;
pub(crate) mod new_ids;
mod occurrence;
mod parent_link;
mod pending;
mod pin;
mod plan;
mod read;
mod relocate;
mod reminder_list;
mod reorder;
mod resource;
mod send;
mod step;
mod tag_list;
mod together;
mod unused;
mod wave;

use ticktick_models::{Answer, AsId, FilterId, ProjectId, TagName};

pub use self::attachment::TaskAttachments;
pub use self::batch::TaskBatch;
pub use self::closed::Closed;
pub use self::comment::TaskComments;
pub use self::draft::TaskDraft;
pub use self::history::History;
pub use self::item_draft::ItemDraft;
pub use self::patch::TaskPatch;
pub use self::report::{BatchAction, BatchFailure, BatchItem, BatchReport};
use self::step::Step;
use crate::manager::manager;
use crate::turn::Claim;
use crate::write::Newer;
use crate::{Error, id};
#[doc(inline)]
pub use ticktick_models::{
    Activity, ActivityAction, ActivityAuthor, ActivityId, Attachment, AttachmentAction, AttachmentId, AttachmentRef,
    ChecklistItem, ChecklistItemId, ChecklistStatus, Comment, CommentAuthor, CommentId, DailyLimit, DeletedState,
    FocusSummary, PomodoroSummary, Priority, Reminder, ReminderId, RepeatFrom, Task, TaskId, TaskKind, TaskQuery,
    TaskRef, TaskStatus, TaskTemplate, TemplateId,
};

manager! {
    /// Manages tasks and notes. Returned by [`Client::task`](crate::Client::task).
    TaskManager
}

impl TaskManager<'_> {
    /// Lists all open tasks and notes, using a full sync.
    ///
    /// `GET /api/v3/batch/check/0`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let tasks = client.task().list().await?;
    /// assert!(tasks.iter().any(|task| task.title == "Buy groceries"));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(self) -> Result<Vec<Task>, Error> {
        let answer = self.client.sync().everything().await?;
        let mut tasks = answer.sync_task_bean.into_option().unwrap_or_default().update.into_vec();
        tasks.retain(Task::is_open);
        Ok(tasks)
    }

    /// Lists the open tasks and notes of one project. The id `inbox` names the inbox of any account.
    ///
    /// `GET /api/v2/project/{projectId}/tasks`; if the response is empty, also `GET /api/v2/projects`, because the
    /// service returns an empty list for a project that does not exist
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let tasks = client.task().list_by_project("inbox").await?;
    /// assert_eq!(tasks.len(), 7);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list_by_project(self, project: impl AsId<ProjectId>) -> Result<Answer<Vec<Task>>, Error> {
        read::list_by_project(self.client, project).await
    }

    /// Lists the open tasks and notes with a tag, using a full sync. Does not include tasks that only have a tag nested
    /// below it.
    ///
    /// `GET /api/v3/batch/check/0`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let tasks = client.task().list_by_tag("errands").await?;
    /// assert!(tasks.iter().any(|task| task.title == "Buy groceries"));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list_by_tag(self, tag: impl AsId<TagName>) -> Result<Vec<Task>, Error> {
        read::list_by_tag(self.client, &tag.as_id()).await
    }

    /// Lists the open tasks and notes that match a saved filter, in the same order as the views of
    /// [`Account`](crate::Account).
    ///
    /// The service cannot evaluate filters, so the client reads the whole account and evaluates the stored rule itself.
    /// To evaluate a rule of your own, use [`Account::matching`](crate::Account::matching). The client reads the
    /// account's time zone once and caches it.
    ///
    /// `GET /api/v2/user/preferences/settings` the first time, then `GET /api/v3/batch/check/0`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] if this version does not understand a part of the filter's rule.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let filters = client.filter().list().await?;
    /// let tasks = client.task().list_by_filter(&filters[0]).await?;
    /// assert!(tasks.iter().any(|task| task.title == "Call the dentist"));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list_by_filter(self, filter: impl AsId<FilterId>) -> Result<Vec<Task>, Error> {
        read::list_by_filter(self.client, &id::of(filter)?).await
    }

    /// Returns a task, open or closed.
    ///
    /// `GET /api/v2/task/{taskId}`
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotFound`] if the task does not exist or is in the trash.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let id = client.task().create("Call Ada".into()).await?.id;
    /// let task = client.task().get(&id).await?;
    /// assert_eq!(task.title, "Call Ada");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get(self, task: impl AsId<TaskId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        resource::get(self.client, &task).await
    }

    /// Creates a task and returns it as stored, including its id.
    ///
    /// The client chooses the id, so that a retry after a lost response never stores the task twice. To repeat the call
    /// yourself after an error, first set the draft's [`id`](TaskDraft::id).
    ///
    /// If the draft needs the inbox's id or the account's time zone, the client reads it once and caches it.
    ///
    /// `POST /api/v2/batch/task`; with [`at_top`](TaskDraft::at_top) or [`at_bottom`](TaskDraft::at_bottom), first
    /// `GET /api/v2/project/{projectId}/tasks`. For tags with capital letters, first `GET /api/v2/tags`, and
    /// `POST /api/v2/batch/tag` if any of them is new. With a [`parent`](TaskDraft::parent), the requests and the errors are
    /// those of [`create_under`](Self::create_under)
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if a tag contains an invalid character, if the task repeats but has no date or
    /// an invalid rule, or if it has items but is not a checklist. Returns [`Error::Batch`] if the service refuses the
    /// task, for example because the account has reached its limit.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use jiff::civil::date;
    /// use ticktick::{Due, Priority, TaskDraft};
    ///
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
    /// # });
    /// ```
    pub async fn create(self, draft: TaskDraft) -> Result<Task, Error> {
        match draft.chosen_parent().cloned() {
            Some(parent) => below::create(self.client, &parent, draft).await,
            None => create::create(self.client, draft).await,
        }
    }

    /// Returns a new id for a task to create, so that drafts in the same batch can use it as their
    /// [`parent`](TaskDraft::parent).
    ///
    /// Does not contact the service.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::TaskDraft;
    ///
    /// let trip = client.task().new_id();
    /// let drafts = [TaskDraft::new("Trip").id(&trip), TaskDraft::new("Book a hotel").parent(&trip)];
    /// client.task().batch().create(drafts).send().await?.into_result()?;
    /// assert_eq!(client.task().children(&trip).await?.len(), 1);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn new_id(self) -> TaskId {
        TaskId::new_with(&mut self.client.ids())
    }

    /// Replaces a stored task with the given one and returns it with its new etag.
    ///
    /// The stored task is read first, so that changes made elsewhere are not overwritten. To change single fields
    /// regardless of the version, use [`patch`](Self::patch). Adding a subtask, comment or attachment also changes the
    /// stored task: read it again before you update it.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`; for another column also
    /// `GET /api/v2/column/project/{projectId}`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Conflict`] with both versions if the stored task has changed since the given one was read, and
    /// [`Error::InvalidInput`] if its project or parent differs (use [`move_to`](Self::move_to) or
    /// [`set_parent`](Self::set_parent)) or a tag, repeat rule, date or column is invalid.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let id = client.task().create("Buy groceries".into()).await?.id;
    /// let mut task = client.task().get(&id).await?;
    /// task.title = "Buy groceries and snacks".into();
    /// let task = client.task().update(&task).await?;
    /// assert_eq!(task.title, "Buy groceries and snacks");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn update(self, task: &Task) -> Result<Task, Error> {
        change::replace(self.client, task, Newer::Refuse).await
    }

    /// Replaces a stored task with the given one, even if it has changed elsewhere since it was read.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`update`](Self::update) except [`Error::Conflict`].
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::TaskPatch;
    /// let mut mine = client.task().create("Buy groceries".into()).await?;
    /// client.task().patch(&mine, TaskPatch::new().title("Buy milk")).await?;
    ///
    /// mine.title = "Buy bread".into();
    /// let task = client.task().overwrite(&mine).await?;
    /// assert_eq!(task.title, "Buy bread");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn overwrite(self, task: &Task) -> Result<Task, Error> {
        change::replace(self.client, task, Newer::Overwrite).await
    }

    /// Changes single fields of a task and returns the updated task.
    ///
    /// The client reads the task first and sends all of it. If nothing differs, it sends nothing. To change the state,
    /// use [`complete`](Self::complete), [`wont_do`](Self::wont_do) or [`reopen`](Self::reopen).
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`. For tags with capital letters, first
    /// `GET /api/v2/tags`, and `POST /api/v2/batch/tag` if any of them is new
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the task would repeat but has no date or an invalid rule, if a reminder does
    /// not match the kind of date, or if a tag has an invalid name.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Buy groceries".into()).await?;
    /// use ticktick::{Priority, TaskPatch};
    ///
    /// let task = client.task().patch(&task, TaskPatch::new().priority(Priority::High).clear_due()).await?;
    /// assert_eq!(task.priority(), Priority::High);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn patch(self, task: impl AsId<TaskId>, patch: TaskPatch) -> Result<Task, Error> {
        change::patch(self.client, &id::of(task)?, patch).await
    }

    /// Moves a task to the trash.
    ///
    /// The task is read first, because the service deletes it only from the project that contains it. Its subtasks
    /// remain and become top-level tasks. Also accepts a [`TaskRef`].
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotFound`] if the task does not exist or is already in the trash.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// for task in client.task().list().await? {
    ///     client.task().delete(&task).await?;
    /// }
    /// assert!(client.task().list().await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn delete(self, task: impl AsId<TaskId>) -> Result<(), Error> {
        let task = id::of(task)?;
        let _turn = self.client.turn(Claim::one::<Task>(&task)).await;
        let task = self.get(task).await?;
        send::one(self.client, Step::delete(task)).await.map(drop)
    }
}
