//! [`History`]: all tasks that were completed or abandoned.

mod lane;

use std::ops::{Bound, RangeBounds};

use jiff::Timestamp;
use ticktick_models::{AsId, ClosedStatus, ProjectId, Task};
#[cfg(feature = "stream")]
use ticktick_raw as raw;

use self::lane::{Lane, second};
use super::TaskManager;
use crate::project::resource::check_empty;
use crate::{Client, Error, id};

/// Number of rows in a page.
const PAGE: usize = 100;

/// A paginated iterator over completed and abandoned tasks, newest first, without duplicates. Returned by
/// [`TaskManager::history`].
///
/// Pages are read on demand: `GET /api/v2/project/all/closed` once for completed tasks and once for abandoned ones, or
/// `GET /api/v2/project/{projectId}/closed` for those of one project. If more tasks were closed in one second than the
/// service sends at once, the client reads those of that second project by project, after `GET /api/v2/projects`.
#[derive(Debug)]
#[must_use = "a history is lazy: call `try_next` or `all` and `.await` it"]
pub struct History<'a> {
    client: &'a Client,
    project: Option<ProjectId>,
    range: (Bound<Timestamp>, Bound<Timestamp>),
    lanes: Vec<Lane>,
    /// Whether the project is known to exist.
    is_known: bool,
}

impl<'a> TaskManager<'a> {
    /// Returns the tasks that were completed or abandoned within a time range, in all projects.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// use ticktick::jiff::Timestamp;
    ///
    /// let last_week: Timestamp = "2026-02-22T00:00:00Z".parse()?;
    /// let mut history = client.task().history(last_week..);
    /// let newest = history.try_next().await?;
    /// assert!(newest.is_some_and(|task| task.title == "Renew the train card"));
    /// # Ok(())
    /// # });
    /// ```
    pub fn history(self, range: impl RangeBounds<Timestamp>) -> History<'a> {
        History::new(self.client, None, range, PAGE)
    }

    /// Returns the tasks that were completed or abandoned within a time range, in one project.
    ///
    /// The id `inbox` names the inbox of any account.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let projects = client.project().list().await?;
    /// # let home = projects.iter().find(|project| project.name == "🏡 Home").expect("part of the demo");
    /// let closed = client.task().history_of_project(home, ..).all().await?;
    /// assert!(closed[0].is_wont_do());
    /// # Ok(())
    /// # });
    /// ```
    pub fn history_of_project(self, project: impl AsId<ProjectId>, range: impl RangeBounds<Timestamp>) -> History<'a> {
        let project = project.as_id();
        History::new(self.client, Some(project), range, PAGE)
    }

    /// Lists all completed tasks of a project, newest first. The id `inbox` names the inbox of any account.
    ///
    /// `GET /api/v2/project/{projectId}/closed`, once for each 100 tasks
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let projects = client.project().list().await?;
    /// # let work = projects.iter().find(|project| project.name == "💼 Work").expect("part of the demo");
    /// let done = client.task().completed(work).await?;
    /// assert_eq!(done[0].title, "Interview questions");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn completed(self, project: impl AsId<ProjectId>) -> Result<Vec<Task>, Error> {
        let project = id::of(project)?;
        self.history_of_project(project, ..).completed().all().await
    }

    /// Lists all completed tasks of all projects, newest first.
    ///
    /// `GET /api/v2/project/all/closed`, once for each 100 tasks
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let done = client.task().completed_in_all().await?;
    /// assert!(done.len() > 2);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn completed_in_all(self) -> Result<Vec<Task>, Error> {
        self.history(..).completed().all().await
    }
}

impl<'a> History<'a> {
    fn new(client: &'a Client, project: Option<ProjectId>, range: impl RangeBounds<Timestamp>, page: usize) -> Self {
        let range = (range.start_bound().cloned(), range.end_bound().cloned());
        // Asks for one second more than requested and leaves out later tasks here.
        let to = second(range.1).map(|second| second + 1);
        let lane = |status| Lane::new(status, to, page);
        let lanes = [ClosedStatus::Completed, ClosedStatus::Abandoned].map(lane).into();
        Self { client, is_known: project.is_none(), project, range, lanes }
    }

    /// Leaves out abandoned tasks.
    pub fn completed(mut self) -> Self {
        self.lanes.retain(|lane| lane.status() == ClosedStatus::Completed);
        self
    }

    /// Returns the next task, or `None` at the end.
    ///
    /// After an error, the next call continues at the same place.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] once for each second in which more tasks of a project were closed than the service
    /// sends. The next call continues with earlier tasks.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let mut history = client.task().history(..);
    /// let mut count = 0;
    /// while let Some(task) = history.try_next().await? {
    ///     assert!(!task.is_open());
    ///     count += 1;
    /// }
    /// assert_eq!(count, 5);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn try_next(&mut self) -> Result<Option<Task>, Error> {
        for lane in &mut self.lanes {
            while !lane.is_ready() {
                lane.read(self.client, self.project.as_ref(), self.range).await?;
            }
        }
        if let Some(error) = self.lanes.iter_mut().find_map(Lane::take_missing) {
            return Err(error);
        }
        let newest = self.lanes.iter_mut().max_by_key(|lane| lane.newest()).and_then(Lane::pop);
        if newest.is_none()
            && !self.is_known
            && let Some(project) = &self.project
        {
            check_empty::<Task>(self.client, project, &[]).await?;
        }
        self.is_known = true;
        Ok(newest)
    }

    /// Returns all remaining tasks.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`try_next`](Self::try_next).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// use ticktick::jiff::Timestamp;
    ///
    /// let since: Timestamp = "2026-02-22T00:00:00Z".parse()?;
    /// let closed = client.task().history(since..).all().await?;
    /// assert_eq!(closed.len(), 3);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn all(mut self) -> Result<Vec<Task>, Error> {
        let mut tasks = Vec::new();
        while let Some(task) = self.try_next().await? {
            tasks.push(task);
        }
        Ok(tasks)
    }
}

#[cfg(feature = "stream")]
impl<'a> History<'a> {
    /// Returns the tasks as a stream that reads pages on demand. Requires the `stream` feature.
    ///
    /// After an error, the stream continues at the same place.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures_core::Stream;
    /// use ticktick::{Client, Error, Task};
    ///
    /// fn done(client: &Client) -> impl Stream<Item = Result<Task, Error>> {
    ///     client.task().history(..).completed().into_stream()
    /// }
    /// ```
    pub fn into_stream(self) -> impl futures_core::Stream<Item = Result<Task, Error>> + Send + Unpin + use<'a> {
        crate::stream::Items::Idle(self)
    }
}

#[cfg(feature = "stream")]
impl crate::stream::Source for History<'_> {
    type Item = Task;

    fn step<'a>(mut self) -> raw::Pending<'a, (Self, Result<Option<Task>, Error>)>
    where
        Self: 'a,
    {
        Box::pin(async move {
            let read = self.try_next().await;
            (self, read)
        })
    }
}

#[cfg(test)]
mod tests;
