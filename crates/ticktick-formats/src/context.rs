//! [`Context`]: the time and the zone in which a file is read or written.

use jiff::ZonedDateTime;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The time and the zone in which a file is read or written.
#[derive(Clone, Debug)]
pub struct Context {
    now: ZonedDateTime,
}

impl Context {
    /// Creates a context from the current time, in the zone of the account.
    #[must_use]
    pub const fn new(now: ZonedDateTime) -> Self {
        Self { now }
    }

    /// Returns the current time.
    #[must_use]
    pub const fn now(&self) -> &ZonedDateTime {
        &self.now
    }

    /// Returns the current day.
    #[must_use]
    pub fn today(&self) -> Date {
        self.now.date()
    }

    /// Returns the zone of the account.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        self.now.time_zone()
    }
}
