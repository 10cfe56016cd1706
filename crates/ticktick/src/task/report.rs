//! [`BatchReport`]: what became of the items of a batch.

use ticktick_models::{Task, TaskId};

use super::send::join;
use crate::Error;

/// What became of the items of a batch, in the order in which they were added.
///
/// From [`TaskBatch::send`](crate::task::TaskBatch::send).
#[derive(Clone, Debug)]
#[must_use = "items may have failed although the batch was sent"]
pub struct BatchReport {
    items: Vec<BatchItem>,
}

/// One item of a batch and what became of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BatchItem {
    /// What was to be done.
    pub action: BatchAction,
    /// The task; where an occurrence is completed, the series.
    pub id: TaskId,
    /// The task as it is stored now, a deleted one as it was, of a series the completed copy; or why it was not done.
    pub result: Result<Task, Error>,
}

/// What a batch does with a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BatchAction {
    /// Creates it.
    Create,
    /// Replaces it.
    Update,
    /// Completes it.
    Complete,
    /// Moves it to the trash.
    Delete,
    /// Moves it to another project.
    Move,
}

/// An item of a batch that was not done.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct BatchFailure<'a> {
    /// What was to be done.
    pub action: BatchAction,
    /// The task.
    pub id: &'a TaskId,
    /// Why it was not done.
    pub error: &'a Error,
}

impl BatchReport {
    pub(super) fn new(items: Vec<BatchItem>) -> Self {
        Self { items }
    }

    /// Returns all items.
    ///
    /// ```
    /// # fn example(report: ticktick::task::BatchReport) {
    /// for item in report.items() {
    ///     println!("{:?} {}: {}", item.action, item.id, item.result.is_ok());
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn items(&self) -> &[BatchItem] {
        &self.items
    }

    /// Returns the items that were not done.
    ///
    /// ```
    /// # fn example(report: ticktick::task::BatchReport) {
    /// for failure in report.failures() {
    ///     eprintln!("{}: {}", failure.id, failure.error);
    /// }
    /// # }
    /// ```
    pub fn failures(&self) -> impl Iterator<Item = BatchFailure<'_>> {
        self.items.iter().filter_map(|item| {
            let error = item.result.as_ref().err()?;
            Some(BatchFailure { action: item.action, id: &item.id, error })
        })
    }

    /// Returns the tasks with which an action was done.
    ///
    /// ```
    /// use ticktick::task::BatchAction;
    ///
    /// # fn example(report: ticktick::task::BatchReport) {
    /// println!("{} completed", report.done(BatchAction::Complete).count());
    /// # }
    /// ```
    pub fn done(&self, action: BatchAction) -> impl Iterator<Item = &Task> {
        let done = self.items.iter().filter(move |item| item.action == action);
        done.filter_map(|item| item.result.as_ref().ok())
    }

    /// Returns the tasks that were created.
    ///
    /// ```
    /// # fn example(report: ticktick::task::BatchReport) {
    /// let ids: Vec<_> = report.created().map(|task| task.id.clone()).collect();
    /// # }
    /// ```
    pub fn created(&self) -> impl Iterator<Item = &Task> {
        self.done(BatchAction::Create)
    }

    /// Turns into the tasks, or into one error if any item was not done.
    ///
    /// # Errors
    ///
    /// The first failure; [`Error::Batch`] names all that the service refused.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, old: Vec<ticktick::Task>) -> Result<(), ticktick::Error> {
    /// client.task().batch().delete(&old).send().await?.into_result()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn into_result(self) -> Result<Vec<Task>, Error> {
        join(self.items.into_iter().map(|item| item.result))
    }
}
