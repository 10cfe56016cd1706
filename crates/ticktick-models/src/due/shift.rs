//! The same date on another day.

use std::ops::RangeInclusive;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan, ZonedDateTime};

use super::Due;
use super::error::DueError;

impl Due {
    /// Returns the day on which it starts.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use ticktick_models::Due;
    ///
    /// assert_eq!(Due::days(date(2026, 3, 1)..=date(2026, 3, 4))?.start_date(), date(2026, 3, 1));
    /// # Ok::<(), ticktick_models::DueError>(())
    /// ```
    #[must_use]
    pub fn start_date(&self) -> Date {
        match self {
            Self::Day { date, .. } => *date,
            Self::Days { first, .. } => *first,
            Self::At(moment) => moment.date(),
            Self::Range { start, .. } => start.date(),
            Self::Floating { start, .. } => start.date(),
        }
    }

    /// Returns the time on the clock at which it starts, or `None` if it is all-day.
    pub(crate) fn start_time(&self) -> Option<Time> {
        match self {
            Self::Day { .. } | Self::Days { .. } => None,
            Self::At(start) | Self::Range { start, .. } => Some(start.time()),
            Self::Floating { start, .. } => Some(start.time()),
        }
    }

    /// Returns the first and the last day on which it falls for somebody in a zone.
    ///
    /// Whole days and floating times fall on the days that they name, moments on their days in the zone. A
    /// range that ends at midnight does not include the day that begins then. The views of an account, the
    /// filters and [`Task::is_overdue`](crate::Task::is_overdue) use these days.
    ///
    /// ```
    /// use jiff::{civil::date, tz::TimeZone};
    /// use ticktick_models::Due;
    ///
    /// let due = Due::at("2026-03-02T09:00[Asia/Tokyo]".parse()?);
    /// assert_eq!(*due.days_in(&TimeZone::get("America/New_York")?).end(), date(2026, 3, 1));
    /// # Ok::<(), jiff::Error>(())
    /// ```
    #[must_use]
    pub fn days_in(&self, zone: &TimeZone) -> RangeInclusive<Date> {
        let here = |moment: &ZonedDateTime| moment.with_time_zone(zone.clone()).datetime();
        let (start, end) = match self {
            Self::Day { date, .. } => return *date..=*date,
            Self::Days { first, last, .. } => return *first..=*last,
            Self::At(moment) => (here(moment), here(moment)),
            Self::Range { start, end } => (here(start), here(end)),
            Self::Floating { start, end, .. } => (*start, *end),
        };
        let last = if end > start { end.checked_sub(1.nanosecond()).unwrap_or(end) } else { start };
        start.date()..=last.date()
    }

    /// Returns the same date moved so that it starts on the given day, as that day is in `zone`.
    ///
    /// The kind of date, the task's own zone, the number of days and the times on the clock stay the same. For a moment
    /// or a range, `zone` is the zone in which the day begins and in which the time on the clock is read: pass the
    /// account's zone, so that a task in another zone falls on that day in the account's views. Whole days and floating
    /// times name their day themselves.
    ///
    /// If the clocks skip the time on that day, it moves forward by what they skip. If the clocks repeat it, the first
    /// one counts.
    ///
    /// # Errors
    ///
    /// [`DueError::OutOfRange`] if the date lies outside the supported years.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::{civil::date, tz::TimeZone};
    /// use ticktick_models::Due;
    ///
    /// let berlin = TimeZone::get("Europe/Berlin")?;
    /// let due = Due::at("2026-03-28T02:30[Europe/Berlin]".parse()?);
    /// let moved = due.moved_to(date(2026, 3, 29), &berlin)?;
    /// assert_eq!(moved, Due::at("2026-03-29T03:30[Europe/Berlin]".parse()?));
    ///
    /// // Nine o'clock in Tokyo is the evening before in New York.
    /// let new_york = TimeZone::get("America/New_York")?;
    /// let due = Due::at("2026-03-02T09:00[Asia/Tokyo]".parse()?);
    /// let moved = due.moved_to(date(2026, 3, 5), &new_york)?;
    /// assert_eq!(moved, Due::at("2026-03-06T09:00[Asia/Tokyo]".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn moved_to(&self, date: Date, zone: &TimeZone) -> Result<Self, DueError> {
        match self {
            Self::At(_) | Self::Range { .. } => {
                let moved = self.clone().in_zone(zone.clone()).shifted_to(date, None)?;
                Ok(match self.zone() {
                    Some(own) => moved.in_zone(own.clone()),
                    None => moved,
                })
            }
            _ => self.shifted_to(date, None),
        }
    }

    /// Moves to another day, and to a time on the clock if it has one.
    pub(crate) fn shifted_to(&self, date: Date, clock: Option<Time>) -> Result<Self, DueError> {
        let days = self.start_date().until(date).map_err(|_| DueError::OutOfRange)?;
        let on = |at: DateTime| date.to_datetime(clock.unwrap_or(at.time()));
        Ok(match self {
            Self::Day { zone, .. } => Self::Day { date, zone: zone.clone() },
            Self::Days { last, zone, .. } => {
                let last = last.checked_add(days).map_err(|_| DueError::OutOfRange)?;
                Self::Days { first: date, last, zone: zone.clone() }
            }
            Self::At(moment) => Self::At(placed(on(moment.datetime()), moment.time_zone())?),
            Self::Range { start, end } => {
                let new = placed(on(start.datetime()), start.time_zone())?;
                let end = range_end(start, end, &new, days)?;
                Self::Range { start: new, end }
            }
            Self::Floating { start, end, zone } => {
                let moved = end.checked_add(days).map_err(|_| DueError::OutOfRange)?;
                let new = on(*start);
                Self::Floating { start: new, end: if start == end { new } else { moved }, zone: zone.clone() }
            }
        })
    }

    /// Returns the given time on the clock if the clocks skipped it on the day of the start, so that the start had to
    /// move on.
    pub(crate) fn clock_before_gap(&self, clock: Time, default_zone: &TimeZone) -> Option<Time> {
        let start = match self {
            Self::Day { .. } | Self::Days { .. } => return None,
            Self::At(start) | Self::Range { start, .. } => start.datetime(),
            Self::Floating { start, .. } => *start,
        };
        let zone = self.zone().unwrap_or(default_zone);
        let was_moved =
            clock != start.time() && placed(start.date().to_datetime(clock), zone).ok()?.datetime() == start;
        was_moved.then_some(clock)
    }
}

/// Moves the end of a range by days; if a clock change would put it before the start, the range keeps its
/// length in hours.
fn range_end(
    start: &ZonedDateTime,
    end: &ZonedDateTime,
    new_start: &ZonedDateTime,
    days: Span,
) -> Result<ZonedDateTime, DueError> {
    let moved = end.datetime().checked_add(days).map_err(|_| DueError::OutOfRange)?;
    let moved = placed(moved, end.time_zone())?;
    if moved > *new_start || end <= start {
        return Ok(moved);
    }
    new_start.checked_add(start.duration_until(end)).map_err(|_| DueError::OutOfRange)
}

fn placed(at: DateTime, zone: &TimeZone) -> Result<ZonedDateTime, DueError> {
    at.to_zoned_datetime(zone.clone()).map_err(|_| DueError::OutOfRange)
}
