//! How the service stores the end of an all-day range: the one place that knows.
//!
//! `dueDate` is the midnight after the last day, which is what the quirk `multi-day-end-exclusive` settles. If the
//! service should turn out to mean the last day itself, these two functions return what they are given.

use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan, ZonedDateTime};

use super::DueError;

/// Returns the day whose midnight is stored as the end of a range.
pub(super) fn end_of(last: Date) -> Result<Date, DueError> {
    last.checked_add(1.day()).map_err(|_| DueError::OutOfRange)
}

/// Returns the last day of a range from what is stored as its end; an end on the day of the start is that one day.
///
/// Only days count, not the time on them, so that a range that was written in another zone keeps its length.
pub(super) fn last_of(start: &ZonedDateTime, end: &ZonedDateTime) -> Date {
    // Counted back from where the day begins, because a zone may have skipped the day before.
    let before = end.start_of_day().and_then(|midnight| midnight.checked_sub(SignedDuration::from_nanos(1)));
    before.map_or(end.date(), |before| before.date()).max(start.date())
}
