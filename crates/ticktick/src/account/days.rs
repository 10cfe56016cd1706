//! The days of an account, and on which of them tasks fall.

use std::sync::Arc;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
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
