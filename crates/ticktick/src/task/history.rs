//! [`History`]: every task that was completed or abandoned, however many.

use std::cmp::Reverse;
use std::collections::VecDeque;
use std::ops::{Bound, RangeBounds};

use jiff::Timestamp;
use ticktick_models::{AsId, ClosedStatus, ProjectId, QueryTime, Task};
use ticktick_raw::{self as raw};

use super::TaskManager;
use crate::workaround::closed_pages_by_time::{Window, query_time};
use crate::{Client, Error, id};

/// Rows to ask for at once.
const PAGE: usize = 100;

/// Tasks that were completed or abandoned, newest first, each once. From [`TaskManager::history`].
///
/// Pages are read as they are needed: `GET /api/v2/project/all/closed` for completed tasks and again for abandoned
/// ones, or `GET /api/v2/project/{projectId}/closed` for those of one project.
#[derive(Debug)]
#[must_use = "a history reads nothing until it is asked to"]
pub struct History<'a> {
    client: &'a Client,
    project: Option<ProjectId>,
    range: (Bound<Timestamp>, Bound<Timestamp>),
    lanes: Vec<Lane>,
}

/// The tasks of one status.
#[derive(Debug)]
struct Lane {
    status: ClosedStatus,
    window: Window,
    /// What was read and not handed out, newest first.
    rows: VecDeque<(Timestamp, Task)>,
}

impl<'a> TaskManager<'a> {
    /// Reads what was completed or abandoned within a range of time, in all projects.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use ticktick::jiff::{SignedDuration, Timestamp};
    ///
    /// let last_week = Timestamp::now().checked_sub(SignedDuration::from_hours(7 * 24))?;
    /// let mut history = client.task().history(last_week..);
    /// while let Some(task) = history.try_next().await? {
    ///     println!("{} {:?}", task.is_completed(), task.title);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn history(self, range: impl RangeBounds<Timestamp>) -> History<'a> {
        History::new(self.client, None, range, PAGE)
    }

    /// Reads what was completed or abandoned within a range of time, in one project.
    ///
    /// The id `inbox` is the inbox of any account.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, project: ticktick::Project) -> Result<(), ticktick::Error> {
    /// let closed = client.task().history_of_project(&project, ..).all().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn history_of_project(self, project: impl AsId<ProjectId>, range: impl RangeBounds<Timestamp>) -> History<'a> {
        let project = project.as_id();
        History::new(self.client, Some(project), range, PAGE)
    }

    /// Lists all completed tasks of a project, newest first; the id `inbox` is the inbox of any account.
    ///
    /// `GET /api/v2/project/{projectId}/closed`, once for each 100 tasks
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is no such project.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, project: ticktick::Project) -> Result<(), ticktick::Error> {
    /// println!("{} done", client.task().completed(&project).await?.len());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn completed(self, project: impl AsId<ProjectId>) -> Result<Vec<Task>, Error> {
        let project = id::of(project)?;
        self.history_of_project(project, ..).completed().all().await
    }

    /// Lists all completed tasks of all projects, newest first.
    ///
    /// `GET /api/v2/project/all/closed`, once for each 100 tasks
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// println!("{} done", client.task().completed_in_all().await?.len());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn completed_in_all(self) -> Result<Vec<Task>, Error> {
        self.history(..).completed().all().await
    }
}

impl<'a> History<'a> {
    fn new(client: &'a Client, project: Option<ProjectId>, range: impl RangeBounds<Timestamp>, page: usize) -> Self {
        let range = (range.start_bound().cloned(), range.end_bound().cloned());
        // A second more than is wanted, and what is too late is left out here.
        let to = second(range.1).map(|second| second + 1);
        let lane = |status| Lane { status, window: Window::new(to, page), rows: VecDeque::new() };
        let lanes = [ClosedStatus::Completed, ClosedStatus::Abandoned].map(lane).into();
        Self { client, project, range, lanes }
    }

    /// Keeps to completed tasks.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let last = client.task().history(..).completed().try_next().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn completed(mut self) -> Self {
        self.lanes.retain(|lane| lane.status == ClosedStatus::Completed);
        self
    }

    /// Returns the next task, or nothing at the end.
    ///
    /// After an error it goes on where it was.
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let mut history = client.task().history(..);
    /// while let Some(task) = history.try_next().await? {
    ///     println!("{:?}", task.title);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn try_next(&mut self) -> Result<Option<Task>, Error> {
        for lane in &mut self.lanes {
            while !lane.is_ready() {
                lane.read(self.client, self.project.as_ref(), self.range).await?;
            }
        }
        let newest = self.lanes.iter_mut().max_by_key(|lane| lane.rows.front().map(|(at, _)| *at));
        Ok(newest.and_then(|lane| lane.rows.pop_front()).map(|(_, task)| task))
    }

    /// Returns all tasks that are left.
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, since: ticktick::jiff::Timestamp) -> Result<(), ticktick::Error> {
    /// let closed = client.task().history(since..).all().await?;
    /// # Ok(())
    /// # }
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
    /// Returns the tasks as a stream, which reads a page whenever it needs one. Needs the feature `stream`.
    ///
    /// After an error the stream goes on where it was.
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

impl Lane {
    /// Tells whether nothing newer than its first row can come any more.
    fn is_ready(&self) -> bool {
        let first = self.rows.front();
        first.map_or(self.window.is_over(), |(at, _)| self.window.has_passed(*at))
    }

    async fn read(
        &mut self,
        client: &Client,
        project: Option<&ProjectId>,
        range: (Bound<Timestamp>, Bound<Timestamp>),
    ) -> Result<(), Error> {
        let from = second(range.0).and_then(|second| query_time(second - 1));
        let page = self.page(client, project, from).await?;
        let new = self.window.take(page);
        if self.window.is_stuck() {
            return Err(stuck());
        }
        self.rows.extend(new.into_iter().filter(|(at, _)| range.contains(at)));
        self.rows.make_contiguous().sort_by_key(|(at, _)| Reverse(*at));
        Ok(())
    }

    async fn page(
        &self,
        client: &Client,
        project: Option<&ProjectId>,
        from: Option<QueryTime>,
    ) -> Result<Vec<Task>, Error> {
        let (to, limit) = (self.window.to(), Some(self.window.limit()));
        let Some(project) = project else {
            let mut options = raw::task::ClosedOptions::default();
            (options.from, options.to, options.limit) = (from, to, limit);
            return Ok(raw::task::closed(client.wire(), &self.status, &options).await?.into_inner());
        };
        let project = client.project_id(project).await?;
        let mut options = raw::task::ClosedByProjectOptions::default();
        (options.from, options.to, options.limit) = (from, to, limit);
        let answer = raw::task::closed_by_project(client.wire(), &project, &self.status, &options).await;
        Ok(answer.map_err(|error| Error::missing(error, "project", &project))?.into_inner())
    }
}

fn stuck() -> Error {
    Error::Unsupported {
        what: "reading further back in this history",
        why: "The service sends the same tasks whatever time is asked for; look at what it says with `raw::task::closed`."
            .into(),
    }
}

/// Returns the second in which a bound lies.
fn second(bound: Bound<Timestamp>) -> Option<i64> {
    match bound {
        Bound::Included(at) | Bound::Excluded(at) => Some(at.as_second()),
        Bound::Unbounded => None,
    }
}

#[cfg(test)]
mod tests;
