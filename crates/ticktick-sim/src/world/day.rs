//! Days in the time zone of an account.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use ticktick_models::DayStamp;

use crate::world::account::Account;
use crate::world::fields::Fields;

/// Returns the time zone with a name, or UTC if the name is unknown.
pub(crate) fn zone_of(name: &str) -> TimeZone {
    ticktick_models::time_zone(name).unwrap_or(TimeZone::UTC)
}

/// Returns the day of an instant in a time zone.
pub(crate) fn day_of(moment: Timestamp, zone: &TimeZone) -> Date {
    moment.to_zoned_datetime(zone.clone()).date()
}

/// Returns the day some days later, or earlier if the number is negative.
pub(crate) fn plus(day: Date, days: i64) -> Date {
    Span::new().try_days(days).and_then(|span| day.checked_add(span)).unwrap_or(day)
}

/// Counts the days from one day to a later one.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// Returns the day as the integer `YYYYMMDD`.
pub(crate) fn stamp(day: Date) -> i64 {
    DayStamp::from(day).0
}

/// Returns the day as text `YYYYMMDD`.
pub(crate) fn key(day: Date) -> String {
    DayStamp::from(day).to_string()
}

/// Returns the first day of the week of a day.
pub(crate) fn week_of(day: Date, first: Weekday) -> Date {
    plus(day, -i64::from(day.weekday().since(first)))
}

impl Account {
    pub(crate) fn tz(&self) -> TimeZone {
        zone_of(&self.zone)
    }

    pub(crate) fn today(&self, now: Timestamp) -> Date {
        day_of(now, &self.tz())
    }

    /// Returns the first day of the user's week.
    pub(crate) fn week_start(&self) -> Weekday {
        match self.current_settings().text("startDayOfWeek").as_deref() {
            Some("SUN") => Weekday::Sunday,
            Some("SAT") => Weekday::Saturday,
            _ => Weekday::Monday,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn weeks_begin_where_they_should() {
        let day = date(2026, 3, 1);
        assert_eq!(week_of(day, Weekday::Sunday), day);
        assert_eq!(week_of(day, Weekday::Monday), date(2026, 2, 23));
        assert_eq!(week_of(day, Weekday::Saturday), date(2026, 2, 28));
        assert_eq!(days_between(date(2025, 12, 31), day), 60);
    }

    #[test]
    fn days_depend_on_the_zone() {
        let moment = "2026-03-01T20:00:00Z".parse().unwrap();
        assert_eq!(stamp(day_of(moment, &TimeZone::UTC)), 20_260_301);
        assert_eq!(key(day_of(moment, &zone_of("Asia/Tokyo"))), "20260302");
    }
}
