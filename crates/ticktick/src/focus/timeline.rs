//! [`FocusTimeline`]: all sessions of the past, page by page.

use std::collections::HashSet;

use ticktick_models::{EpochMillis, FocusId, FocusRecord, Timestamp};
use ticktick_raw as raw;

use crate::{Client, Error};

/// Sessions of the past, the newest first; from [`FocusManager::timeline`](crate::focus::FocusManager::timeline).
#[derive(Debug)]
#[must_use = "nothing is read until a session is asked for"]
pub struct FocusTimeline<'a> {
    client: &'a Client,
    seen: HashSet<FocusId>,
    page: std::vec::IntoIter<FocusRecord>,
    next: Next,
}

/// Where the next page starts.
#[derive(Clone, Copy, Debug)]
enum Next {
    Newest,
    Before(EpochMillis),
    /// There is none.
    End,
}

impl<'a> FocusTimeline<'a> {
    pub(super) fn new(client: &'a Client) -> Self {
        Self { client, seen: HashSet::new(), page: Vec::new().into_iter(), next: Next::Newest }
    }

    /// Returns the next session; nothing when there are no more.
    ///
    /// A page holds about 31 and costs one request. After an error it can be asked again and goes on where it was.
    ///
    /// `GET /api/v2/pomodoros/timeline`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let mut sessions = client.focus().timeline();
    /// while let Some(session) = sessions.try_next().await? {
    ///     println!("{}", session.start_time);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn try_next(&mut self) -> Result<Option<FocusRecord>, Error> {
        loop {
            if let Some(record) = self.page.next() {
                return Ok(Some(record));
            }
            let mut options = raw::focus::TimelineOptions::default();
            match self.next {
                Next::Newest => {}
                Next::Before(moment) => options.to = Some(moment),
                Next::End => return Ok(None),
            }
            let page = raw::focus::timeline(self.client.wire(), &options).await?;
            self.turn(page.into_inner());
        }
    }

    /// Takes a page. Pages overlap, and a page without anything new is the end.
    fn turn(&mut self, mut page: Vec<FocusRecord>) {
        let start = page.last().and_then(|last| last.start_time.get()).and_then(Timestamp::instant);
        page.retain(|record| self.seen.insert(record.id.clone()));
        self.next = match start {
            Some(start) if !page.is_empty() => Next::Before(start.into()),
            _ => Next::End,
        };
        self.page = page.into_iter();
    }
}

#[cfg(feature = "stream")]
impl<'a> FocusTimeline<'a> {
    /// Returns the sessions as a stream, which reads a page whenever it needs one. Needs the feature `stream`.
    ///
    /// After an error the stream goes on where it was.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures_core::Stream;
    /// use ticktick::focus::FocusRecord;
    /// use ticktick::{Client, Error};
    ///
    /// fn sessions(client: &Client) -> impl Stream<Item = Result<FocusRecord, Error>> {
    ///     client.focus().timeline().into_stream()
    /// }
    /// ```
    pub fn into_stream(self) -> impl futures_core::Stream<Item = Result<FocusRecord, Error>> + Send + Unpin + use<'a> {
        crate::stream::Items::Idle(self)
    }
}

#[cfg(feature = "stream")]
impl crate::stream::Source for FocusTimeline<'_> {
    type Item = FocusRecord;

    fn step<'a>(mut self) -> raw::Pending<'a, (Self, Result<Option<FocusRecord>, Error>)>
    where
        Self: 'a,
    {
        Box::pin(async move {
            let read = self.try_next().await;
            (self, read)
        })
    }
}
