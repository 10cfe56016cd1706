//! [`Due`]: when a task is due, as one value.

use jiff::ZonedDateTime;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

pub use self::error::DueError;
use crate::{Field, Timestamp};

mod days;
mod error;
mod range;
mod shift;
mod text;
pub(crate) mod zone;

/// When a task is due.
///
/// The service stores a day as its local midnight in the task's zone, written in UTC; this type does the
/// conversion. If the clocks skip a local time, it moves forward by the length of the gap: a day that
/// begins at 01:00 stays that day. (A whole day that a zone skipped, as Samoa did with 30 December 2011,
/// becomes the next one.)
///
/// Two moments are equal if they are the same instant.
///
/// ```
/// use jiff::civil::date;
/// use ticktick_models::Due;
///
/// let due = Due::at("2026-03-01T09:00[Europe/Berlin]".parse()?);
/// assert_eq!((due.date(), due.is_all_day()), (date(2026, 3, 1), false));
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Due {
    /// A whole day.
    Day {
        /// The day.
        date: Date,
        /// The zone of the day; `None` means the account's zone.
        zone: Option<TimeZone>,
    },
    /// Several whole days, created by [`Due::days`].
    #[non_exhaustive]
    Days {
        /// The first day.
        first: Date,
        /// The last day, which is part of the range and later than the first.
        last: Date,
        /// The zone of the days; `None` means the account's zone.
        zone: Option<TimeZone>,
    },
    /// A moment.
    At(ZonedDateTime),
    /// From one moment to a later one, created by [`Due::range`]. The zone of the start is the task's.
    #[non_exhaustive]
    Range {
        /// When it starts.
        start: ZonedDateTime,
        /// When it ends.
        end: ZonedDateTime,
    },
    /// A floating time, which is the same clock time wherever the user is; created by [`Due::floating`] or
    /// [`Due::floating_range`].
    #[non_exhaustive]
    Floating {
        /// When it starts.
        start: DateTime,
        /// When it ends; equal to the start if it has no length.
        end: DateTime,
        /// The zone used to store its instants; `None` means the account's zone.
        zone: Option<TimeZone>,
    },
}

impl Due {
    /// Creates a whole day in the account's zone.
    ///
    /// ```
    /// let due = ticktick_models::Due::day(jiff::civil::date(2026, 3, 1));
    /// assert!(due.is_all_day());
    /// ```
    #[must_use]
    pub const fn day(date: Date) -> Self {
        Self::Day { date, zone: None }
    }

    /// Creates a moment.
    ///
    /// ```
    /// let due = ticktick_models::Due::at("2026-03-01T09:00[Europe/Berlin]".parse()?);
    /// assert_eq!(due.date(), jiff::civil::date(2026, 3, 1));
    /// # Ok::<(), jiff::Error>(())
    /// ```
    #[must_use]
    pub const fn at(moment: ZonedDateTime) -> Self {
        Self::At(moment)
    }

    /// Creates a floating time, which is the same clock time wherever the user is.
    ///
    /// ```
    /// use jiff::civil::date;
    ///
    /// let due = ticktick_models::Due::floating(date(2026, 3, 1).at(7, 30, 0, 0));
    /// assert_eq!(due.zone(), None);
    /// ```
    #[must_use]
    pub const fn floating(at: DateTime) -> Self {
        Self::Floating { start: at, end: at, zone: None }
    }

    /// Converts to another zone: days and clock times keep their value, moments stay the same instants.
    ///
    /// ```
    /// use jiff::{civil::date, tz::TimeZone};
    ///
    /// let due = ticktick_models::Due::day(date(2026, 3, 1)).in_zone(TimeZone::get("Asia/Tokyo")?);
    /// assert_eq!(due.zone().and_then(TimeZone::iana_name), Some("Asia/Tokyo"));
    /// assert_eq!(due.date(), date(2026, 3, 1));
    /// # Ok::<(), jiff::Error>(())
    /// ```
    #[must_use]
    pub fn in_zone(mut self, to: TimeZone) -> Self {
        match &mut self {
            Self::Day { zone, .. } | Self::Days { zone, .. } | Self::Floating { zone, .. } => *zone = Some(to),
            Self::At(moment) => *moment = moment.with_time_zone(to),
            Self::Range { start, end } => {
                *start = start.with_time_zone(to.clone());
                *end = end.with_time_zone(to);
            }
        }
        self
    }

    /// Returns the zone; `None` means the account's zone.
    ///
    /// ```
    /// let due = ticktick_models::Due::at("2026-03-01T09:00[Europe/Berlin]".parse()?);
    /// assert_eq!(due.zone().and_then(|zone| zone.iana_name()), Some("Europe/Berlin"));
    /// # Ok::<(), jiff::Error>(())
    /// ```
    #[must_use]
    pub fn zone(&self) -> Option<&TimeZone> {
        match self {
            Self::Day { zone, .. } | Self::Days { zone, .. } | Self::Floating { zone, .. } => zone.as_ref(),
            Self::At(moment) => Some(moment.time_zone()),
            Self::Range { start, .. } => Some(start.time_zone()),
        }
    }

    /// Returns the day on which the task is due, which is the last one of a range.
    ///
    /// ```
    /// use jiff::civil::date;
    ///
    /// assert_eq!(ticktick_models::Due::day(date(2026, 3, 1)).date(), date(2026, 3, 1));
    /// ```
    #[must_use]
    pub fn date(&self) -> Date {
        match self {
            Self::Day { date, .. } => *date,
            Self::Days { last, .. } => *last,
            Self::At(moment) => moment.date(),
            Self::Range { end, .. } => end.date(),
            Self::Floating { end, .. } => end.date(),
        }
    }

    /// Returns whether this is one or more whole days rather than a moment.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use ticktick_models::Due;
    ///
    /// assert!(Due::day(date(2026, 3, 1)).is_all_day());
    /// assert!(!Due::floating(date(2026, 3, 1).at(7, 30, 0, 0)).is_all_day());
    /// ```
    #[must_use]
    pub const fn is_all_day(&self) -> bool {
        matches!(self, Self::Day { .. } | Self::Days { .. })
    }

    /// Reads the date members of a task. Text that is not an instant, such as `""`, counts as absent, and
    /// an unknown zone as the default zone.
    pub(crate) fn read(group: &DateGroup, default_zone: &TimeZone) -> Option<Self> {
        let start = group.start.get().and_then(Timestamp::instant);
        let due = group.due.get().and_then(Timestamp::instant);
        let (start, end) = (start.or(due)?, due.or(start)?);
        let zone = group.zone.as_deref().and_then(zone::time_zone);
        let used = zone.as_ref().unwrap_or(default_zone);
        // If the end is stored before the start, the task spans the time between them.
        let (start, end) = (start.min(end), start.max(end));
        let (start, end) = (start.to_zoned_datetime(used.clone()), end.to_zoned_datetime(used.clone()));
        Some(if group.all_day == true {
            let (first, last) = (start.date(), days::last_of(&start, &end));
            if first == last { Self::Day { date: first, zone } } else { Self::Days { first, last, zone } }
        } else if group.floating == true {
            Self::Floating { start: start.datetime(), end: end.datetime(), zone }
        } else if start == end {
            Self::At(end)
        } else {
            Self::Range { start, end }
        })
    }

    /// Writes all date members of a task. `kept` is the text already stored for the zone.
    pub(crate) fn write(&self, default_zone: &TimeZone, kept: Option<&str>) -> Result<DateGroup, DueError> {
        let (zone, utc) = (self.zone().unwrap_or(default_zone), TimeZone::UTC);
        let (zone, kept) = match self {
            // In a gap of the zone, another time would be read back. UTC has no gaps.
            Self::Floating { start, end, .. } if is_skipped(*start, zone) || is_skipped(*end, zone) => (&utc, None),
            _ => (zone, kept),
        };
        let midnight = |date: Date| instant(date.to_datetime(Time::midnight()), zone);
        let (start, due) = match self {
            Self::Day { date, .. } => (midnight(*date)?, midnight(*date)?),
            Self::Days { first, last, .. } => (midnight(*first)?, midnight(days::end_of(*last)?)?),
            Self::At(moment) => (moment.into(), moment.into()),
            Self::Range { start, end } => (start.into(), end.into()),
            Self::Floating { start, end, .. } => (instant(*start, zone)?, instant(*end, zone)?),
        };
        let name = kept.or_else(|| zone.iana_name().filter(|_| !zone.is_unknown())).map(str::to_owned);
        // The zone of an account may be an offset, which is stored as text.
        let name = name.or_else(|| if self.zone().is_none() { zone::offset_text(zone) } else { None });
        Ok(DateGroup {
            start: start.into(),
            due: due.into(),
            all_day: self.is_all_day().into(),
            floating: matches!(self, Self::Floating { .. }).into(),
            zone: name.ok_or(DueError::UnnamedZone)?.into(),
        })
    }
}

/// Resolves a clock time in a zone: a time in a gap moves forward, and the first of two repeated times is
/// used.
fn instant(at: DateTime, zone: &TimeZone) -> Result<Timestamp, DueError> {
    zone.to_timestamp(at).map(Timestamp::from).map_err(|_| DueError::OutOfRange)
}

/// Returns `true` if the clocks of a zone skip a time.
fn is_skipped(at: DateTime, zone: &TimeZone) -> bool {
    zone.to_timestamp(at).is_ok_and(|instant| zone.to_datetime(instant) != at)
}

/// The members of a task that together make up its date.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DateGroup {
    pub(crate) start: Field<Timestamp>,
    pub(crate) due: Field<Timestamp>,
    pub(crate) all_day: Field<bool>,
    pub(crate) floating: Field<bool>,
    pub(crate) zone: Field<String>,
}

impl DateGroup {
    /// Returns the text of the zone if it must be kept when the date changes.
    ///
    /// The text of an offset has no other form, and an unknown text may mean more to other programs. Either
    /// is replaced only if the date is set in another zone.
    pub(crate) fn kept_zone(&self, new: &Due, default_zone: &TimeZone) -> Option<&str> {
        let text = self.zone.as_deref().filter(|text| !text.is_empty())?;
        let is_same = match zone::time_zone(text) {
            Some(zone) => new.zone() == Some(&zone),
            None => {
                let old = Due::read(self, default_zone);
                new.zone().is_none() || old.is_some_and(|old| old.zone() == new.zone())
            }
        };
        is_same.then_some(text)
    }
}

#[cfg(test)]
mod tests;
