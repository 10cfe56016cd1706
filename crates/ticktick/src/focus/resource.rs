//! How checked writes read and send past sessions and saved timers.

use jiff::SignedDuration;
use serde::{Serialize, Serializer};
use ticktick_models::{
    BatchAnswer, BatchFocusRecords, Etag, FocusId, FocusKind, FocusRecord, Timer, TimerId, Timestamp,
};
use ticktick_raw::{self as raw, Operation, op};

use crate::resource::{Listed, Resource, deleted_in, keyed_by, sent_in, touched};
use crate::{Client, Error, check};

/// A session of one of the two kinds, which have separate calls.
#[derive(Clone, PartialEq)]
pub(super) struct Stored<const STOPWATCH: bool>(pub(super) FocusRecord);

impl<const STOPWATCH: bool> Serialize for Stored<STOPWATCH> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<const STOPWATCH: bool> Resource for Stored<STOPWATCH> {
    type Key = FocusId;

    const WHAT: &'static str = "focus session";
    const BATCH: Operation = if STOPWATCH { op::FOCUS_BATCH_TIMINGS } else { op::FOCUS_BATCH_POMODOROS };
    const SERVER: &'static [&'static str] = &["etag"];

    fn key(&self) -> &FocusId {
        &self.0.id
    }

    fn set_key(&mut self, key: FocusId) {
        self.0.id = key;
    }

    fn etag(&self) -> Option<&Etag> {
        self.0.etag.get()
    }

    fn set_etag(&mut self, etag: Etag) {
        self.0.etag = etag.into();
    }

    /// A session has no time of last change.
    fn touch(&mut self, _: jiff::Timestamp) {}

    fn check(&self, before: Option<&Self>) -> Result<(), Error> {
        let before = before.map(|before| [&before.0.start_time, &before.0.end_time]);
        check::dates([&self.0.start_time, &self.0.end_time], before)
    }

    async fn read(&self, client: &Client) -> Result<Self, Error> {
        find(client, &self.0).await.map(Self)
    }

    async fn send(client: &Client, add: Vec<Self>, update: Vec<Self>) -> Result<BatchAnswer, raw::Error> {
        let mut batch = BatchFocusRecords::default();
        batch.add.extend(add.into_iter().map(|record| record.0));
        batch.update.extend(update.into_iter().map(|record| record.0));
        self::send(client, STOPWATCH, &batch).await
    }
}

pub(super) fn is_stopwatch(record: &FocusRecord) -> bool {
    record.r#type == FocusKind::Stopwatch
}

pub(super) async fn send(
    client: &Client,
    stopwatch: bool,
    batch: &BatchFocusRecords,
) -> Result<BatchAnswer, raw::Error> {
    if stopwatch {
        raw::focus::batch_timings(client.wire(), batch).await
    } else {
        raw::focus::batch_pomodoros(client.wire(), batch).await
    }
}

/// Finds a session among those with the same start, because there is no call for a single one.
pub(super) async fn find(client: &Client, record: &FocusRecord) -> Result<FocusRecord, Error> {
    // It is unknown whether a range includes its ends.
    find_within(client, record, SignedDuration::from_secs(1)).await
}

/// Finds a session whose start may have moved by up to a month since it was read.
pub(super) async fn find_near(client: &Client, record: &FocusRecord) -> Result<FocusRecord, Error> {
    match find(client, record).await {
        Err(Error::NotFound { .. }) => find_within(client, record, SignedDuration::from_hours(31 * 24)).await,
        found => found,
    }
}

async fn find_within(client: &Client, record: &FocusRecord, reach: SignedDuration) -> Result<FocusRecord, Error> {
    let start = record.start_time.get().and_then(Timestamp::instant).unwrap_or_default();
    let from = start.checked_sub(reach).unwrap_or(start).into();
    let to = start.checked_add(reach).unwrap_or(start).into();
    let found = if is_stopwatch(record) {
        raw::focus::timings(client.wire(), &from, &to).await?
    } else {
        raw::focus::pomodoros(client.wire(), &from, &to).await?
    };
    let mut found = found.into_iter();
    found.find(|one| one.id == record.id).ok_or_else(|| Error::not_found("focus session", &record.id))
}

impl Resource for Timer {
    sent_in!(BatchTimers, raw::focus::batch_timers);
    keyed_by!(id: TimerId);

    const WHAT: &'static str = "timer";
    const BATCH: Operation = op::FOCUS_BATCH_TIMERS;
    const SERVER: &'static [&'static str] = &["etag", "modifiedTime"];

    touched!();

    fn check(&self, before: Option<&Self>) -> Result<(), Error> {
        check::named(Self::WHAT, &self.name, before.map(|before| &before.name))?;
        check::colored(&self.color, before.map(|before| &before.color))?;
        match check::changed(&self.pomodoro_time, before.map(|before| &before.pomodoro_time)) {
            Some(minutes) if *minutes <= 0 => {
                Err(Error::invalid_input("invalid length of a timer; use at least one minute"))
            }
            _ => Ok(()),
        }
    }
}

/// The service has no call for a single one.
impl Listed for Timer {
    deleted_in!(BatchTimers, raw::focus::batch_timers);

    async fn list(client: &Client) -> Result<Vec<Self>, Error> {
        Ok(raw::focus::list_timers(client.wire()).await?.into_inner())
    }
}
