//! Focus sessions and timers.

use jiff::Timestamp;
use ticktick_models::Object;

use crate::world::fields::Fields;
use crate::world::part::Part;
use crate::world::store::{Head, Table};

/// The kinds of sessions.
pub(crate) const POMODORO: i64 = 0;

pub(crate) const STOPWATCH: i64 = 1;

/// The `status` of a completed session.
pub(crate) const COMPLETED: i64 = 1;

/// Maximum number of seconds of a session: a century. Limits sums over records with wrong times.
const LONGEST: i64 = 100 * 365 * 86_400;

/// The facts about a session that queries use.
pub(crate) struct FocusHead {
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    pub(crate) kind: i64,
    pub(crate) completed: bool,
    /// Focused time in seconds, without pauses, as corrected by the user.
    pub(crate) seconds: i64,
}

impl Head for FocusHead {
    fn of(record: &Object) -> Self {
        let start = record.instant("startTime").unwrap_or_default();
        let end = record.instant("endTime").unwrap_or(start);
        let number = |key| record.int(key).unwrap_or_default();
        let elapsed = end.duration_since(start).as_secs();
        let seconds = elapsed.saturating_sub(number("pauseDuration")).saturating_add(number("adjustTime"));
        let (kind, completed) = (number("type"), number("status") == COMPLETED);
        Self { start, end, kind, completed, seconds: seconds.clamp(0, LONGEST) }
    }
}

/// The focus records and timers of an account.
pub(crate) struct FocusBook {
    /// Finished sessions.
    pub(crate) records: Table<FocusHead>,
    /// Saved timers.
    pub(crate) timers: Table,
    /// Sessions of the live timer; the last one is the current one.
    pub(crate) sessions: Table,
    /// The applied operations, because a repeated operation must not be applied again.
    pub(crate) operations: Table,
}

impl FocusBook {
    /// Lists the parts of a dump.
    pub(crate) fn parts(&mut self) -> Vec<(&'static str, &mut dyn Part)> {
        let Self { records, timers, sessions, operations } = self;
        vec![
            ("focusRecords", records),
            ("focusTimers", timers),
            ("focusSessions", sessions),
            ("focusOperations", operations),
        ]
    }

    pub(crate) fn new() -> Self {
        Self {
            records: Table::new("id"),
            timers: Table::new("id"),
            sessions: Table::new("id"),
            operations: Table::new("id"),
        }
    }
}
