//! Closing, reopening and pinning many tasks.

use ticktick_models::{AsId, TaskId, TaskStatus};

use super::super::entry::Change;
use super::super::report::BatchAction;
use super::{Entry, TaskBatch, ids};

impl TaskBatch<'_> {
    /// Marks tasks as won't do, like [`TaskManager::wont_do`](crate::task::TaskManager::wont_do).
    ///
    /// For a recurring task, the current occurrence is closed, and the item's result is the closed copy.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::TaskDraft;
    /// let task = client.task().create(TaskDraft::new("Learn the lute")).await?;
    /// let report = client.task().batch().wont_do([&task]).send().await?;
    /// assert!(report.into_result()?[0].is_wont_do());
    /// # Ok(())
    /// # });
    /// ```
    pub fn wont_do<T: AsId<TaskId>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.extend(ids(tasks).map(|task| Entry::Close(task, TaskStatus::WontDo)))
    }

    /// Skips the current occurrences of recurring tasks, like [`TaskManager::skip`](crate::task::TaskManager::skip).
    ///
    /// The item fails if the task does not repeat, or if this is its last occurrence.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::{Due, TaskDraft, jiff::civil::date};
    /// let draft = TaskDraft::new("Water the plants").due(Due::day(date(2026, 3, 1))).repeat("RRULE:FREQ=WEEKLY");
    /// let task = client.task().create(draft).await?;
    /// let report = client.task().batch().skip([&task]).send().await?;
    /// assert_eq!(report.items()[0].next().map(Due::date), Some(date(2026, 3, 8)));
    /// # Ok(())
    /// # });
    /// ```
    pub fn skip<T: AsId<TaskId>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.extend(ids(tasks).map(Entry::Skip))
    }

    /// Reopens closed tasks, like [`TaskManager::reopen`](crate::task::TaskManager::reopen). Open tasks are not changed.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::TaskDraft;
    /// # let task = client.task().create(TaskDraft::new("Call Ada")).await?;
    /// let closed = client.task().complete(&task).await?;
    /// let report = client.task().batch().reopen([&closed]).send().await?;
    /// assert!(report.into_result()?[0].is_open());
    /// # Ok(())
    /// # });
    /// ```
    pub fn reopen<T: AsId<TaskId>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.change(tasks, BatchAction::Reopen, &Change::Reopen)
    }

    /// Pins tasks to the top of their projects, like [`TaskManager::pin`](crate::task::TaskManager::pin).
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::TaskDraft;
    /// let task = client.task().create(TaskDraft::new("Call Ada")).await?;
    /// let report = client.task().batch().pin([&task]).send().await?;
    /// assert!(report.into_result()?[0].is_pinned());
    /// # Ok(())
    /// # });
    /// ```
    pub fn pin<T: AsId<TaskId>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.change(tasks, BatchAction::Pin, &Change::Pin)
    }

    /// Unpins tasks, like [`TaskManager::unpin`](crate::task::TaskManager::unpin).
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::TaskDraft;
    /// let task = client.task().create(TaskDraft::new("Call Ada").pinned()).await?;
    /// let report = client.task().batch().unpin([&task]).send().await?;
    /// assert!(!report.into_result()?[0].is_pinned());
    /// # Ok(())
    /// # });
    /// ```
    pub fn unpin<T: AsId<TaskId>>(self, tasks: impl IntoIterator<Item = T>) -> Self {
        self.change(tasks, BatchAction::Unpin, &Change::Unpin)
    }
}
