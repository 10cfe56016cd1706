//! [`BatchReport`]: the outcomes of a batch.

use ticktick_models::{Task, TaskId};

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
    /// Moves the task to the trash.
    Delete,
    /// Moves the task to another project.
    Move,
}

/// An item of a batch that failed.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct BatchFailure<'a> {
    /// The requested action.
    pub action: BatchAction,
    /// Id of the task.
    pub id: &'a TaskId,
    /// The reason.
    pub error: &'a Error,
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
    ///     eprintln!("{}: {}", failure.id, failure.error);
    /// }
    /// assert_eq!(report.failures().count(), 1);
    /// # Ok(())
    /// # });
    /// ```
    pub fn failures(&self) -> impl Iterator<Item = BatchFailure<'_>> {
        self.items.iter().filter_map(|item| {
            let error = item.result.as_ref().err()?;
            Some(BatchFailure { action: item.action, id: &item.id, error })
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
