//! Amounts of time: `3 days`, `1h30m`, `2 hours 30 minutes`.

use jiff::civil::Date;
use jiff::{Span, ToSpan, ZonedDateTime};

use super::cursor::Cursor;
use super::words;

/// An amount of time in the units in which it was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) months: i64,
    pub(super) days: i64,
    pub(super) hours: i64,
    pub(super) minutes: i64,
    /// Whether it is written in days or longer units, which matters if it is zero.
    pub(super) in_days: bool,
    /// Whether it is written as `3m`, which can mean minutes or months.
    pub(super) only_m: bool,
}

impl Amount {
    /// Returns whether it consists of whole days, weeks, months or years.
    pub(super) const fn is_of_days(&self) -> bool {
        self.hours == 0 && self.minutes == 0 && self.in_days
    }

    /// Returns whether it consists of hours and minutes.
    pub(super) const fn is_of_minutes(&self) -> bool {
        !self.in_days
    }

    pub(super) const fn is_zero(&self) -> bool {
        self.months == 0 && self.days == 0 && self.in_minutes() == 0
    }

    pub(super) const fn in_minutes(&self) -> i64 {
        self.hours * 60 + self.minutes
    }

    /// Returns the date this much later. A day that the month lacks becomes its last day.
    pub(super) fn after(&self, date: Date) -> Option<Date> {
        let span = Span::new().try_months(self.months).ok()?.try_days(self.days).ok()?;
        date.checked_add(span).ok().filter(|date| date.year() < 9999)
    }

    /// Returns the date this much earlier. A day that the month lacks becomes its last day.
    pub(super) fn before(&self, date: Date) -> Option<Date> {
        Self { months: -self.months, days: -self.days, ..*self }.after(date).filter(|date| date.year() > 0)
    }

    /// Returns the time this much later, without seconds. Adds the days first, then the hours.
    pub(super) fn after_now(&self, now: &ZonedDateTime) -> Option<ZonedDateTime> {
        let days = Span::new().try_months(self.months).ok()?.try_days(self.days).ok()?;
        minutes_from(&now.checked_add(days).ok()?, self.in_minutes())
    }

    /// Creates an amount of this many units of a day or longer.
    pub(super) fn days(number: i64, unit: Unit) -> Self {
        Self::default().add(number, unit)
    }

    fn add(self, number: i64, unit: Unit) -> Self {
        match unit {
            Unit::Year => Self { months: self.months + number * 12, in_days: true, ..self },
            Unit::Month => Self { months: self.months + number, in_days: true, ..self },
            Unit::Week => Self { days: self.days + number * 7, in_days: true, ..self },
            Unit::Day => Self { days: self.days + number, in_days: true, ..self },
            Unit::Hour => Self { hours: self.hours + number, ..self },
            Unit::Minute => Self { minutes: self.minutes + number, ..self },
        }
    }
}

/// Returns the exact time this many minutes later, without seconds.
pub(super) fn minutes_from(now: &ZonedDateTime, minutes: i64) -> Option<ZonedDateTime> {
    let now = now.with().second(0).subsec_nanosecond(0).build().ok()?;
    now.checked_add(minutes.minutes()).ok()
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

const UNITS: [(Unit, &[&str]); 6] = [
    (Unit::Minute, &["m", "min", "mins", "minute", "minutes"]),
    (Unit::Hour, &["h", "hr", "hrs", "hour", "hours"]),
    (Unit::Day, &["d", "day", "days"]),
    (Unit::Week, &["w", "wk", "wks", "week", "weeks"]),
    (Unit::Month, &["mo", "month", "months"]),
    (Unit::Year, &["y", "yr", "yrs", "year", "years"]),
];

pub(super) fn unit(cursor: Cursor<'_>) -> Option<(Unit, Cursor<'_>)> {
    UNITS.iter().find_map(|(unit, names)| Some((*unit, cursor.any(names)?)))
}

/// Reads an amount. Units become smaller from left to right.
pub(super) fn amount(cursor: Cursor<'_>) -> Option<(Amount, Cursor<'_>)> {
    if let Some(after) = cursor.words(&["half", "an", "hour"]) {
        return Some((Amount::default().add(30, Unit::Minute), after));
    }
    let one = cursor.any(&["a", "an"]).and_then(unit).filter(|(_, after)| !after.glued());
    if let Some((unit, after)) = one {
        return Some((Amount::default().add(1, unit), after));
    }
    if let Some(found) = decimal_hours(cursor) {
        return Some(found);
    }
    let (first, last, mut after) = element(cursor)?;
    let mut amount = Amount::default().add(i64::from(first), last);
    let mut smallest = last;
    while let Some((number, unit, rest)) = element(after.skip(&["and"])).filter(|(_, unit, _)| *unit < smallest) {
        amount = amount.add(i64::from(number), unit);
        (smallest, after) = (unit, rest);
    }
    amount.only_m = last == Unit::Minute && cursor.next().text() == "m";
    Some((amount, after))
}

fn element(cursor: Cursor<'_>) -> Option<(i16, Unit, Cursor<'_>)> {
    let (number, after) = words::number(cursor)?;
    let (unit, after) = unit(after)?;
    Some((number, unit, after))
}

/// Reads `1.5h`.
fn decimal_hours(cursor: Cursor<'_>) -> Option<(Amount, Cursor<'_>)> {
    let (hours, after) = cursor.digits(2)?;
    let after = after.sign(&["."])?;
    let tenths = match (after.glued(), after.text()) {
        (true, "5") => 30,
        (true, "25") => 15,
        (true, "75") => 45,
        _ => return None,
    };
    let (unit, after) = unit(after.next())?;
    (unit == Unit::Hour).then(|| (Amount { hours: hours.into(), minutes: tenths, ..Amount::default() }, after))
}
