//! [`BatchReport`]: the outcomes of a batch.

use std::fmt;

use ticktick_models::{Due, Task, TaskId};

use super::send::join;
use crate::Error;

/// The outcomes of a batch, in the order in which its items were added.
///
/// Returned by [`TaskBatch::send`](crate::task::TaskBatch::send).
#[derive(Clone, Debug)]
#[must_use = "items may have failed although the batch was sent"]
pub struct BatchReport {
    items: Vec<BatchItem>,
}

/// One item of a batch and its outcome.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BatchItem {
    /// The requested action.
    pub action: BatchAction,
    /// Id of the task; if an occurrence is completed, that of the recurring task.
    pub id: TaskId,
    /// The stored task (if deleted, its last version; if an occurrence was completed, the finished copy), or the error.
    pub result: Result<Task, Error>,
    pub(super) index: usize,
    pub(super) title: Option<String>,
    pub(super) next: Option<Due>,
}

/// What a batch item does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BatchAction {
    /// Creates the task.
    Create,
    /// Replaces the task.
    Update,
    /// Completes the task.
    Complete,
    /// Marks the task as won't do.
    WontDo,
    /// Skips the current occurrence of the task.
    Skip,
    /// Reopens the task.
    Reopen,
    /// Pins the task.
    Pin,
    /// Unpins the task.
    Unpin,
    /// Moves the task to the trash.
    Delete,
    /// Moves the task to another project.
    Move,
    /// Changes single fields of the task.
    Patch,
    /// Adds tags to the task.
    AddTags,
    /// Puts the task into a column of its project.
    MoveToColumn,
    /// Makes the task a subtask.
    SetParent,
}

/// An item of a batch that failed.
///
/// `Display` names the item once, by its index, title and id, and then says why it failed.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct BatchFailure<'a> {
    /// The requested action.
    pub action: BatchAction,
    /// Id of the task.
    pub id: &'a TaskId,
    /// The reason.
    pub error: &'a Error,
    index: usize,
    title: Option<&'a str>,
}

impl BatchItem {
    /// Returns the position of the item in the batch, counted from 0 in the order in which the items were added.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Returns the title of the draft or of the stored task, or `None` if the task was not found.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Returns when the next occurrence is due, if the item completed an occurrence of a recurring task.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use ticktick::{Due, Recurrence, TaskDraft};
    ///
    /// # ticktick_tests::example(async |client| {
    /// let rent = TaskDraft::new("Rent").due(Due::day(date(2126, 3, 1))).repeat(Recurrence::monthly());
    /// let rent = client.task().create(rent).await?;
    /// let report = client.task().batch().complete([&rent]).send().await?;
    /// let next = report.items()[0].next().map(Due::date);
    /// assert_eq!(next, Some(date(2126, 4, 1)));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn next(&self) -> Option<&Due> {
        self.next.as_ref()
    }
}

impl<'a> BatchFailure<'a> {
    /// Returns the position of the item in the batch, counted from 0 in the order in which the items were added.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Returns the title of the draft or of the stored task, or `None` if the task was not found.
    #[must_use]
    pub fn title(&self) -> Option<&'a str> {
        self.title
    }
}

impl fmt::Display for BatchFailure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "item {}", self.index)?;
        if let Some(title) = self.title {
            write!(f, " {title:?}")?;
        }
        write!(f, " (id {}): {}", self.id, self.error.about(self.id.as_str()))
    }
}

impl BatchReport {
    pub(super) fn new(items: Vec<BatchItem>) -> Self {
        Self { items }
    }

    /// Returns all items.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let drafts = ["Milk", "Bread"].map(ticktick::TaskDraft::new);
    /// let report = client.task().batch().create(drafts).send().await?;
    /// assert!(report.items().iter().all(|item| item.result.is_ok()));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn items(&self) -> &[BatchItem] {
        &self.items
    }

    /// Returns the items that failed.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let report = client.task().batch().complete(["65f0a1b2c3d4e5f6a7b8c9d0"]).send().await?;
    /// for failure in report.failures() {
    ///     eprintln!("{failure}");
    /// }
    /// assert_eq!(report.failures().count(), 1);
    /// # Ok(())
    /// # });
    /// ```
    pub fn failures(&self) -> impl Iterator<Item = BatchFailure<'_>> {
        self.items.iter().filter_map(|item| {
            let error = item.result.as_ref().err()?;
            let BatchItem { action, ref id, index, ref title, .. } = *item;
            Some(BatchFailure { action, id, error, index, title: title.as_deref() })
        })
    }

    /// Returns the tasks of all successful items with an action.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Call Ada".into()).await?;
    /// use ticktick::task::BatchAction;
    ///
    /// let report = client.task().batch().complete([&task]).send().await?;
    /// assert_eq!(report.done(BatchAction::Complete).count(), 1);
    /// # Ok(())
    /// # });
    /// ```
    pub fn done(&self, action: BatchAction) -> impl Iterator<Item = &Task> {
        let done = self.items.iter().filter(move |item| item.action == action);
        done.filter_map(|item| item.result.as_ref().ok())
    }

    /// Returns the tasks that were created.
    pub fn created(&self) -> impl Iterator<Item = &Task> {
        self.done(BatchAction::Create)
    }

    /// Returns the tasks of all items, or one error if any item failed.
    ///
    /// # Errors
    ///
    /// Returns the first failure; an [`Error::Batch`] names all items that the service refused.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let old = [client.task().create("Cancel the gym".into()).await?];
    /// client.task().batch().delete(&old).send().await?.into_result()?;
    /// assert!(client.task().list().await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub fn into_result(self) -> Result<Vec<Task>, Error> {
        join(self.items.into_iter().map(|item| item.result))
    }
}
