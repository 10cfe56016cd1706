//! [`Lane`]: the closed tasks of one status, read page by page.

use std::cmp::Reverse;
use std::collections::VecDeque;
use std::ops::{Bound, RangeBounds};

use jiff::Timestamp;
use ticktick_models::{ClosedStatus, ProjectId, QueryTime, Task};
use ticktick_raw as raw;

use crate::workaround::closed_pages_by_time::{Gap, Row, Window, query_time};
use crate::{Client, Error};

/// The tasks of one status.
#[derive(Debug)]
pub(super) struct Lane {
    status: ClosedStatus,
    window: Window,
    /// Rows that were read but not returned yet, newest first.
    rows: VecDeque<Row>,
    /// A second of which the service does not send all rows, until an error has reported it.
    missing: Option<Gap>,
}

type Range = (Bound<Timestamp>, Bound<Timestamp>);

impl Lane {
    /// Begins before a second, or at the end.
    pub(super) fn new(status: ClosedStatus, to: Option<i64>, page: usize) -> Self {
        Self { status, window: Window::new(to, page), rows: VecDeque::new(), missing: None }
    }

    pub(super) fn status(&self) -> ClosedStatus {
        self.status.clone()
    }

    /// Returns when the first row was closed.
    pub(super) fn newest(&self) -> Option<Timestamp> {
        self.rows.front().map(|row| row.at)
    }

    /// Takes the first row.
    pub(super) fn pop(&mut self) -> Option<Task> {
        self.rows.pop_front().map(|row| row.task)
    }

    /// Returns whether no newer row can follow its first one.
    pub(super) fn is_ready(&self) -> bool {
        self.window.gap().is_none() && self.newest().map_or(self.window.is_over(), |at| self.window.has_passed(at))
    }

    /// Takes the error about rows that are missing before the first one.
    pub(super) fn take_missing(&mut self) -> Option<Error> {
        let newest = self.newest().map(Timestamp::as_second);
        self.missing.take_if(|gap| newest.is_none_or(|second| second < gap.second)).map(incomplete)
    }

    /// Reads one more page, or the rows that pages do not contain.
    pub(super) async fn read(
        &mut self,
        client: &Client,
        project: Option<&ProjectId>,
        range: Range,
    ) -> Result<(), Error> {
        let new = match self.window.gap() {
            Some(gap) => self.fill(client, project, gap).await?,
            None => self.step(client, project, second(range.0)).await?,
        };
        if second(range.0).zip(self.missing).is_some_and(|(from, gap)| gap.second < from) {
            self.missing = None;
        }
        self.rows.extend(new.into_iter().filter(|row| range.contains(&row.at)));
        self.rows.make_contiguous().sort_by_key(|row| Reverse(row.at));
        Ok(())
    }

    /// Reads a page and returns its new rows.
    async fn step(
        &mut self,
        client: &Client,
        project: Option<&ProjectId>,
        from: Option<i64>,
    ) -> Result<Vec<Row>, Error> {
        let (from, to) = (from.and_then(|second| query_time(second - 1)), self.window.to());
        let page = self.page(client, project, (from, to)).await?;
        let new = self.window.take(page);
        if self.window.end_if_stuck() { Err(stuck()) } else { Ok(new) }
    }

    /// Reads a second project by project, because the service does not send all of its rows at once.
    async fn fill(&mut self, client: &Client, project: Option<&ProjectId>, gap: Gap) -> Result<Vec<Row>, Error> {
        // A longer page shows that the service has not left out anything.
        let is_complete = !gap.is_certain && self.page(client, project, (None, None)).await?.len() > gap.rows;
        if is_complete {
            return Ok(self.window.fill(Vec::new()));
        }
        let (mut rows, mut is_missing) = (Vec::new(), project.is_some());
        if project.is_none() {
            let inbox = client.inbox_id().await?;
            let others = raw::project::list(client.wire()).await?.into_inner();
            let others = others.into_iter().map(|project| project.id).filter(|id| *id != inbox);
            for project in std::iter::once(inbox.clone()).chain(others) {
                let window = self.window.of_second(gap.second);
                let mut lane = Self { window, ..Self::new(self.status(), None, 0) };
                while !lane.window.is_over() {
                    rows.extend(lane.step(client, Some(&project), Some(gap.second)).await?);
                }
                is_missing |= lane.window.gap().is_some_and(|inner| inner.second == gap.second);
            }
        }
        self.missing = is_missing.then_some(gap);
        Ok(self.window.fill(rows))
    }

    async fn page(
        &self,
        client: &Client,
        project: Option<&ProjectId>,
        (from, to): (Option<QueryTime>, Option<QueryTime>),
    ) -> Result<Vec<Task>, Error> {
        let limit = Some(self.window.limit());
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
        why: "the service returns the same tasks for every time\nhint: inspect its responses with `raw::task::closed`"
            .into(),
    }
}

fn incomplete(gap: Gap) -> Error {
    let at = Timestamp::from_second(gap.second).unwrap_or_default();
    let rows = gap.rows;
    Error::Unsupported {
        what: "reading all tasks that were closed in the same second",
        why: format!(
            "the service sends only {rows} of those at {at}, and may have more\nhint: choose a time range without this \
             second"
        ),
    }
}

/// Returns the second that contains a bound.
pub(super) fn second(bound: Bound<Timestamp>) -> Option<i64> {
    match bound {
        Bound::Included(at) | Bound::Excluded(at) => Some(at.as_second()),
        Bound::Unbounded => None,
    }
}
