//! [`FocusTimeline`]: all past sessions, page by page.

use std::collections::HashSet;

use ticktick_models::{EpochMillis, FocusId, FocusRecord};
use ticktick_raw as raw;

use crate::{Client, Error};

/// A paginated iterator over past sessions, newest first. Returned by
/// [`FocusManager::timeline`](crate::focus::FocusManager::timeline).
#[derive(Debug)]
#[must_use = "a timeline is lazy: call `try_next` and `.await` it"]
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
    /// There is no further page.
    End,
}

impl<'a> FocusTimeline<'a> {
    pub(super) fn new(client: &'a Client) -> Self {
        Self { client, seen: HashSet::new(), page: Vec::new().into_iter(), next: Next::Newest }
    }

    /// Returns the next session, or `None` at the end.
    ///
    /// A page contains about 31 sessions and takes one request. After an error, the next call continues at the same
    /// place.
    ///
    /// `GET /api/v2/pomodoros/timeline`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let mut sessions = client.focus().timeline();
    /// while let Some(session) = sessions.try_next().await? {
    ///     assert!(session.start_time < session.end_time);
    /// }
    /// # Ok(())
    /// # });
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

    /// Adds a page. Pages overlap; a page without new sessions is the last one.
    fn turn(&mut self, mut page: Vec<FocusRecord>) {
        let start = page.iter().filter_map(|record| record.start_time.get()?.instant()).min();
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
    /// Returns the sessions as a stream that reads pages on demand. Requires the `stream` feature.
    ///
    /// After an error, the stream continues at the same place.
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
