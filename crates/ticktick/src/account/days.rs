//! The days of an account, and the days on which tasks fall.

use std::sync::Arc;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use ticktick_models::{Clock, Due, Task};

/// Clock, time zone and first day of the week of an account.
#[derive(Clone)]
pub(crate) struct Days {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) zone: TimeZone,
    pub(crate) week_start: Weekday,
}

/// The days on which a task falls, and its start time unless it is all-day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) time: Option<Time>,
}

impl Days {
    /// Returns the current date.
    pub(super) fn today(&self) -> Date {
        self.clock.now().to_zoned_datetime(self.zone.clone()).date()
    }

    /// Returns when a task is due: days and floating times in its own zone, other times in the account's zone.
    pub(super) fn span(&self, task: &Task) -> Option<Span> {
        let due = task.due(&self.zone)?;
        let (first, last) = due.days_in(&self.zone).into_inner();
        let time = match &due {
            Due::At(start) | Due::Range { start, .. } => Some(start.with_time_zone(self.zone.clone()).time()),
            Due::Floating { start, .. } => Some(start.time()),
            _ => None,
        };
        Some(Span { first, last, time })
    }
}
