//! Points in time as integers: [`EpochMillis`] and [`DayStamp`].

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970, as an integer.
///
/// ```
/// use ticktick_models::EpochMillis;
///
/// let at = EpochMillis(1_771_308_178_221);
/// assert_eq!(at.instant().unwrap().to_string(), "2026-02-17T06:02:58.221Z");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EpochMillis(
    /// The integer as it is on the wire.
    pub i64,
);

impl EpochMillis {
    /// Returns the instant, if it is within the supported years.
    #[must_use]
    pub fn instant(self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_millisecond(self.0).ok()
    }
}

/// Truncates to milliseconds.
impl From<jiff::Timestamp> for EpochMillis {
    fn from(instant: jiff::Timestamp) -> Self {
        Self(instant.as_millisecond())
    }
}

impl From<i64> for EpochMillis {
    fn from(millis: i64) -> Self {
        Self(millis)
    }
}

/// Writes the integer as it is on the wire.
impl fmt::Display for EpochMillis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A day as the integer `YYYYMMDD`; other integers are kept.
///
/// ```
/// use jiff::civil::date;
/// use ticktick_models::DayStamp;
///
/// assert_eq!(DayStamp::from(date(2026, 3, 1)), DayStamp(20_260_301));
/// assert_eq!(DayStamp(20_260_301).date(), Some(date(2026, 3, 1)));
/// assert_eq!(DayStamp(0).date(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DayStamp(
    /// The integer as it is on the wire.
    pub i64,
);

impl DayStamp {
    /// Returns the day, if the integer names one.
    #[must_use]
    pub fn date(self) -> Option<Date> {
        let year = i16::try_from(self.0.div_euclid(10_000)).ok()?;
        let (month, day) = (self.0.rem_euclid(10_000) / 100, self.0.rem_euclid(100));
        // Both are below 100, so they fit.
        Date::new(year, month as i8, day as i8).ok()
    }
}

/// Years below 0 cannot be written in this form; they become the year 0.
impl From<Date> for DayStamp {
    fn from(date: Date) -> Self {
        let year = i64::from(date.year().max(0));
        Self(year * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day()))
    }
}

impl From<i64> for DayStamp {
    fn from(stamp: i64) -> Self {
        Self(stamp)
    }
}

/// Writes the integer as it is on the wire, because requests contain it in this form. For people, print the
/// [`date`](DayStamp::date), which is `2026-03-01`.
///
/// ```
/// use ticktick_models::DayStamp;
///
/// let stamp = DayStamp(20_260_301);
/// assert_eq!(stamp.to_string(), "20260301");
/// assert_eq!(stamp.date().unwrap().to_string(), "2026-03-01");
/// ```
impl fmt::Display for DayStamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn odd_integers_are_kept() {
        for number in [0, -1, 20_261_301, 20_260_230, i64::MAX, i64::MIN] {
            assert_eq!(DayStamp(number).date(), None);
            assert_eq!(serde_json::to_string(&DayStamp(number)).unwrap(), number.to_string());
        }
        assert_eq!(EpochMillis(i64::MAX).instant(), None);
    }

    proptest! {
        #[test]
        fn days_and_stamps_agree(year in 1i16..=9999, month in 1i8..=12, day in 1i8..=28) {
            let date = jiff::civil::date(year, month, day);
            prop_assert_eq!(DayStamp::from(date).date(), Some(date));
            prop_assert_eq!(DayStamp::from(date).to_string().parse::<i64>().unwrap(), DayStamp::from(date).0);
        }

        #[test]
        fn millis_and_instants_agree(millis in -62_135_596_800_000i64..253_402_207_200_000) {
            prop_assert_eq!(EpochMillis::from(EpochMillis(millis).instant().unwrap()), EpochMillis(millis));
        }
    }
}
