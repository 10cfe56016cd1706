//! Dates with a start and an end.

use std::ops::{Bound, RangeBounds};

use jiff::civil::{Date, DateTime};
use jiff::{ToSpan, ZonedDateTime};

use super::Due;
use super::error::DueError;

impl Due {
    /// Creates a range of whole days in the account's zone; a range of one day equals [`Due::day`].
    ///
    /// # Errors
    ///
    /// [`DueError::EndBeforeStart`] if the range holds no day, and [`DueError::OpenEnded`] if it has no start or no end.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::civil::date;
    /// use ticktick_models::{Due, DueError};
    ///
    /// let due = Due::days(date(2026, 7, 1)..=date(2026, 7, 3))?;
    /// assert_eq!((due.start_date(), due.date()), (date(2026, 7, 1), date(2026, 7, 3)));
    /// assert_eq!(Due::days(date(2026, 7, 1)..date(2026, 7, 4))?, due);
    /// assert_eq!(Due::days(date(2026, 3, 5)..=date(2026, 3, 1)), Err(DueError::EndBeforeStart));
    /// # Ok::<(), DueError>(())
    /// ```
    pub fn days(days: impl RangeBounds<Date>) -> Result<Self, DueError> {
        let first = match days.start_bound() {
            Bound::Included(first) => *first,
            Bound::Excluded(before) => before.checked_add(1.day()).map_err(|_| DueError::OutOfRange)?,
            Bound::Unbounded => return Err(DueError::OpenEnded),
        };
        let last = match days.end_bound() {
            Bound::Included(last) => *last,
            Bound::Excluded(after) => after.checked_sub(1.day()).map_err(|_| DueError::OutOfRange)?,
            Bound::Unbounded => return Err(DueError::OpenEnded),
        };
        match first.cmp(&last) {
            std::cmp::Ordering::Less => Ok(Self::Days { first, last, zone: None }),
            std::cmp::Ordering::Equal => Ok(Self::day(first)),
            std::cmp::Ordering::Greater => Err(DueError::EndBeforeStart),
        }
    }

    /// Creates a range of time; a range of zero length equals [`Due::at`].
    ///
    /// # Errors
    ///
    /// [`DueError::EndBeforeStart`] if the end is earlier than the start.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::Due;
    ///
    /// let due = Due::range("2026-03-01T09:00[Europe/Berlin]".parse()?, "2026-03-01T10:30[Europe/Berlin]".parse()?)?;
    /// assert!(!due.is_all_day());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn range(start: ZonedDateTime, end: ZonedDateTime) -> Result<Self, DueError> {
        match start.cmp(&end) {
            std::cmp::Ordering::Less => Ok(Self::Range { start, end }),
            std::cmp::Ordering::Equal => Ok(Self::At(start)),
            std::cmp::Ordering::Greater => Err(DueError::EndBeforeStart),
        }
    }

    /// Creates a range of floating times.
    ///
    /// # Errors
    ///
    /// [`DueError::EndBeforeStart`] if the end is earlier than the start.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::civil::date;
    /// use ticktick_models::Due;
    ///
    /// let day = date(2026, 3, 1);
    /// let due = Due::floating_range(day.at(7, 30, 0, 0), day.at(8, 0, 0, 0))?;
    /// assert_eq!(due.date(), day);
    /// # Ok::<(), ticktick_models::DueError>(())
    /// ```
    pub fn floating_range(start: DateTime, end: DateTime) -> Result<Self, DueError> {
        if end < start { Err(DueError::EndBeforeStart) } else { Ok(Self::Floating { start, end, zone: None }) }
    }
}
