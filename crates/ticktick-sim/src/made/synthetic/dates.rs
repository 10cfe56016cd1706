//! Dates of tasks in several time zones.

use fastrand::Rng;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan, civil};

use crate::made::synthetic::words::ZONES;

/// The days around today in each time zone.
pub(super) struct Calendar {
    now: Timestamp,
    zones: Vec<(&'static str, TimeZone)>,
}

/// The dates of a task.
pub(super) struct When {
    pub(super) zone: &'static str,
    pub(super) is_all_day: bool,
    pub(super) start: Timestamp,
    pub(super) due: Timestamp,
}

impl Calendar {
    pub(super) fn new(now: Timestamp) -> Self {
        // A machine without a time zone database has only UTC.
        let zone = |name: &&'static str| (*name, TimeZone::get(name).unwrap_or(TimeZone::UTC));
        Self { now, zones: ZONES.iter().map(zone).collect() }
    }

    /// Returns today in the time zone of the account.
    pub(super) fn today(&self) -> civil::Date {
        let (_, zone) = &self.zones[0];
        self.now.to_zoned_datetime(zone.clone()).date()
    }

    /// Picks no date, one or two days, or a time with or without a duration.
    pub(super) fn pick(&self, random: &mut Rng) -> Option<When> {
        // Half of the dates are in the time zone of the account.
        let (zone, time_zone) = &self.zones[random.usize(..self.zones.len() * 2).saturating_sub(self.zones.len())];
        let today = self.now.to_zoned_datetime(time_zone.clone()).date();
        let date = today.checked_add(Span::new().days(random.i64(-60..300))).unwrap_or(today);
        let at = |date: civil::Date, hour, minute| {
            let local = date.at(hour, minute, 0, 0).to_zoned_datetime(time_zone.clone());
            local.map_or(self.now, |local| local.timestamp())
        };
        let is_all_day = match random.u8(..10) {
            0..4 => return None,
            4..7 => true,
            _ => false,
        };
        let (start, due) = if is_all_day {
            let days = if random.u8(..8) == 0 { 2 } else { 0 };
            (at(date, 0, 0), at(date.checked_add(days.days()).unwrap_or(date), 0, 0))
        } else {
            let start = at(date, random.i8(7..21), random.i8(0..4) * 15);
            let minutes = if random.bool() { 0 } else { random.i64(1..5) * 15 };
            (start, start.checked_add(minutes.minutes()).unwrap_or(start))
        };
        Some(When { zone, is_all_day, start, due })
    }
}
