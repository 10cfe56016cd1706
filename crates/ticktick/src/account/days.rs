//! The days of an account, and on which of them tasks fall.

use std::sync::Arc;

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{ToSpan, ZonedDateTime};
use ticktick_models::{Clock, Due, Task};

/// When and where the account's days are.
#[derive(Clone)]
pub(crate) struct Days {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) zone: TimeZone,
    pub(crate) week_start: Weekday,
}

/// The days on which a task falls, and the time at which it starts; whole days have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) time: Option<Time>,
}

impl Days {
    /// Returns the day it is now.
    pub(super) fn today(&self) -> Date {
        self.clock.now().to_zoned_datetime(self.zone.clone()).date()
    }

    /// Returns when a task is due: days and clock times as its own zone has them, moments as the account's has.
    pub(super) fn span(&self, task: &Task) -> Option<Span> {
        // Of a zone that is not known here nothing can be told, and the account's is the next best.
        let due = task.due(&self.zone).or_else(|_| without_zone(task).due(&self.zone)).ok()??;
        let here = |moment: &ZonedDateTime| moment.with_time_zone(self.zone.clone()).datetime();
        Some(match due {
            Due::Day { date, .. } => Span { first: date, last: date, time: None },
            Due::Days { first, last, .. } => Span { first, last: last.max(first), time: None },
            Due::At(moment) => timed(here(&moment), here(&moment)),
            Due::Range { start, end, .. } => timed(here(&start), here(&end)),
            Due::Floating { start, end, .. } => timed(start, end),
            // A kind of date that came after this.
            other => Span { first: other.date(), last: other.date(), time: None },
        })
    }
}

/// What ends at midnight does not fall on the day that begins then.
fn timed(start: DateTime, end: DateTime) -> Span {
    let end = if end > start { end.checked_sub(1.nanosecond()).unwrap_or(end) } else { start };
    Span { first: start.date(), last: end.date(), time: Some(start.time()) }
}

/// Copies what a date is read from, but for the zone.
pub(super) fn without_zone(task: &Task) -> Task {
    let mut copy = task.clone();
    copy.time_zone.clear();
    copy
}
