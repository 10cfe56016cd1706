//! [`Closed`]: a closed task and its next occurrence.

use std::ops::Deref;

use ticktick_models::{AsId, Due, ProjectId, Task, TaskId};

/// A task that was completed or abandoned, and the date of its next occurrence.
///
/// Dereferences to the closed [`Task`]. Returned by [`TaskManager::complete`](crate::task::TaskManager::complete).
///
/// ```
/// # ticktick_tests::example(async |client| {
/// use ticktick::{Due, TaskDraft, jiff::civil::date};
///
/// let bins = TaskDraft::new("Take out the bins").due(Due::day(date(2026, 3, 1))).repeat("RRULE:FREQ=WEEKLY");
/// let bins = client.task().create(bins).await?;
/// let closed = client.task().complete(&bins).await?;
/// assert!(closed.is_completed());
/// assert_eq!(closed.next.map(|next| next.date()), Some(date(2026, 3, 8)));
/// # Ok(())
/// # });
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Closed {
    /// The closed task. For a recurring task, the finished copy of its current occurrence.
    pub task: Task,
    /// When the next occurrence is due, or `None` if there is none.
    pub next: Option<Due>,
}

impl Closed {
    pub(crate) fn for_good(task: Task) -> Self {
        Self { task, next: None }
    }
}

impl Deref for Closed {
    type Target = Task;

    fn deref(&self) -> &Task {
        &self.task
    }
}

impl AsRef<TaskId> for Closed {
    fn as_ref(&self) -> &TaskId {
        &self.task.id
    }
}

impl AsId<TaskId> for Closed {
    fn as_id(&self) -> TaskId {
        self.task.id.clone()
    }

    fn known_project(&self) -> Option<ProjectId> {
        self.task.known_project()
    }
}

impl From<Closed> for Task {
    fn from(closed: Closed) -> Self {
        closed.task
    }
}
