//! How the service stores the end of an all-day range.
//!
//! `dueDate` is the midnight after the last day, see the quirk `multi-day-end-exclusive`. If the service
//! turns out to store the last day itself, these two functions return their input.

use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan, ZonedDateTime};

use super::error::DueError;

/// Returns the day whose midnight is stored as the end of a range.
pub(super) fn end_of(last: Date) -> Result<Date, DueError> {
    last.checked_add(1.day()).map_err(|_| DueError::OutOfRange)
}

/// Returns the last day of a range from its stored end; an end on the start day means that one day.
///
/// Compares only days, not times, so that a range written in another zone keeps its length.
pub(super) fn last_of(start: &ZonedDateTime, end: &ZonedDateTime) -> Date {
    // Counts back from the start of the day, because a zone may have skipped the day before.
    let before = end.start_of_day().and_then(|midnight| midnight.checked_sub(SignedDuration::from_nanos(1)));
    before.map_or(end.date(), |before| before.date()).max(start.date())
}
