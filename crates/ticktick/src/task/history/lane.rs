//! [`Lane`]: the closed tasks of one status, read page by page.

use std::cmp::Reverse;
use std::collections::VecDeque;
use std::ops::{Bound, RangeBounds};

use jiff::Timestamp;
use ticktick_models::{ClosedStatus, ProjectId, QueryTime, Task};
use ticktick_raw as raw;

use crate::workaround::closed_pages_by_time::{Row, Window, query_time};
use crate::{Client, Error};

/// The tasks of one status.
#[derive(Debug)]
pub(super) struct Lane {
    status: ClosedStatus,
    window: Window,
    /// Rows that were read but not returned yet, newest first.
    rows: VecDeque<Row>,
}

impl Lane {
    /// Begins before a second, or at the end.
    pub(super) fn new(status: ClosedStatus, to: Option<i64>, page: usize) -> Self {
        Self { status, window: Window::new(to, page), rows: VecDeque::new() }
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
        self.newest().map_or(self.window.is_over(), |at| self.window.has_passed(at))
    }

    /// Reads one more page.
    pub(super) async fn read(
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
        self.rows.extend(new.into_iter().filter(|row| range.contains(&row.at)));
        self.rows.make_contiguous().sort_by_key(|row| Reverse(row.at));
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
        why: "The service sends the same tasks for every time; inspect its answers with `raw::task::closed`.".into(),
    }
}

/// Returns the second that contains a bound.
pub(super) fn second(bound: Bound<Timestamp>) -> Option<i64> {
    match bound {
        Bound::Included(at) | Bound::Excluded(at) => Some(at.as_second()),
        Bound::Unbounded => None,
    }
}
