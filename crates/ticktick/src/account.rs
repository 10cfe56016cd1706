//! A snapshot of an account.

use ticktick_models::{Filter, Project, ProjectGroup, ProjectId, SyncAnswer, Tag, Task, TaskId};

use crate::workaround::sync_leaves_out_the_inbox;

/// A snapshot: everything that a full sync holds.
///
/// It does not hold completed, abandoned or trashed tasks, comments, columns, habits or countdowns.
///
/// # Examples
///
/// ```
/// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
/// let account = client.sync().full().await?;
/// for task in account.tasks() {
///     println!("{:?}", task.title);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Kept whole, so that what has no accessor yet is not lost.
    answer: SyncAnswer,
}

impl Account {
    /// Makes a snapshot of a complete answer: one to checkpoint 0.
    #[must_use]
    pub fn new(mut answer: SyncAnswer) -> Self {
        // New tasks were never seen in the lane that is named for them; if they ever come, they
        // are open tasks like the others.
        if let Some(tasks) = answer.sync_task_bean.as_mut() {
            let added = std::mem::take(&mut tasks.add);
            tasks.update.extend(added);
        }
        Self { answer }
    }

    /// Returns the open tasks and the notes, in no particular order.
    #[must_use]
    pub fn tasks(&self) -> &[Task] {
        self.answer.sync_task_bean.get().map_or(&[], |tasks| tasks.update.as_slice())
    }

    /// Returns a task.
    #[must_use]
    pub fn task(&self, id: &TaskId) -> Option<&Task> {
        self.tasks().iter().find(|task| task.id == *id)
    }

    /// Returns the projects without the inbox, archived ones included.
    #[must_use]
    pub fn projects(&self) -> &[Project] {
        &self.answer.project_profiles
    }

    /// Returns a project; the inbox is none of these.
    #[must_use]
    pub fn project(&self, id: &ProjectId) -> Option<&Project> {
        self.projects().iter().find(|project| project.id == *id)
    }

    /// Returns the inbox, as a project like the others.
    #[must_use]
    pub fn inbox(&self) -> Option<Project> {
        self.inbox_id().cloned().map(sync_leaves_out_the_inbox::project)
    }

    /// Returns the id of the inbox.
    #[must_use]
    pub fn inbox_id(&self) -> Option<&ProjectId> {
        self.answer.inbox_id.get()
    }

    /// Returns the folders of projects.
    #[must_use]
    pub fn groups(&self) -> &[ProjectGroup] {
        &self.answer.project_groups
    }

    /// Returns the tags.
    #[must_use]
    pub fn tags(&self) -> &[Tag] {
        &self.answer.tags
    }

    /// Returns the saved filters.
    #[must_use]
    pub fn filters(&self) -> &[Filter] {
        &self.answer.filters
    }

    /// Returns where the next [`delta`](crate::SyncManager::delta) starts.
    #[must_use]
    pub fn checkpoint(&self) -> i64 {
        self.answer.check_point
    }

    /// Returns the answer that it was made of.
    #[must_use]
    pub fn into_answer(self) -> SyncAnswer {
        self.answer
    }

    /// Returns the tasks alone.
    #[must_use]
    pub fn into_tasks(self) -> Vec<Task> {
        let tasks = self.answer.sync_task_bean.into_option();
        tasks.map(|tasks| tasks.update.into_vec()).unwrap_or_default()
    }
}
