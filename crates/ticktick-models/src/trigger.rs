//! [`Trigger`]: when a reminder rings.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Time;
use jiff::{SignedDuration, Span, SpanRelativeTo};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::macros::text;

mod kind;

pub use kind::WrongTrigger;

const PREFIX: &str = "TRIGGER:";
const DAY: i64 = 24 * 60 * 60;

/// When a reminder rings: a duration before or after the start of its task.
///
/// For a task with a time, counts from that time; for an all-day task, from the local midnight at which its
/// day begins. Unknown text is kept and written back unchanged.
///
/// ```
/// use jiff::{SignedDuration, civil::time};
/// use ticktick_models::Trigger;
///
/// assert_eq!(Trigger::at_start().as_str(), "TRIGGER:PT0S");
/// assert_eq!(Trigger::before(SignedDuration::from_mins(30)).as_str(), "TRIGGER:-PT30M");
/// assert_eq!(Trigger::on_day(1, time(9, 0, 0, 0)).as_str(), "TRIGGER:-P0DT15H0M0S");
/// let trigger = Trigger::from("TRIGGER:P0DT9H0M0S");
/// assert_eq!(trigger.offset(), Some(SignedDuration::from_hours(9)));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Trigger(Box<str>);

impl Trigger {
    /// Rings when a task with a time starts.
    ///
    /// ```
    /// use ticktick_models::{Reminder, Trigger};
    ///
    /// assert_eq!(Reminder::new(Trigger::at_start()), Reminder::new("TRIGGER:PT0S"));
    /// ```
    #[must_use]
    pub fn at_start() -> Self {
        Self::before(SignedDuration::ZERO)
    }

    /// Rings this long before a task with a time starts, to the second; after the start if `early` is
    /// negative.
    ///
    /// ```
    /// use jiff::SignedDuration;
    /// use ticktick_models::Trigger;
    ///
    /// assert_eq!(Trigger::before(SignedDuration::from_mins(90)).as_str(), "TRIGGER:-PT1H30M");
    /// assert_eq!(Trigger::before(SignedDuration::from_mins(-5)).as_str(), "TRIGGER:PT5M");
    /// ```
    #[must_use]
    pub fn before(early: SignedDuration) -> Self {
        let sign = if early.as_secs() > 0 { "-" } else { "" };
        let seconds = early.as_secs().unsigned_abs();
        let mut text = format!("{PREFIX}{sign}PT");
        for (value, unit) in [(seconds / 3600, 'H'), (seconds / 60 % 60, 'M'), (seconds % 60, 'S')] {
            if value > 0 || (unit == 'S' && seconds == 0) {
                text.push_str(&format!("{value}{unit}"));
            }
        }
        Self(text.into())
    }

    /// Rings on the day of an all-day task, or a number of days before it, at a clock time.
    ///
    /// ```
    /// use jiff::civil::time;
    /// use ticktick_models::Trigger;
    ///
    /// assert_eq!(Trigger::on_day(0, time(9, 0, 0, 0)).as_str(), "TRIGGER:P0DT9H0M0S");
    /// assert_eq!(Trigger::on_day(2, time(9, 30, 0, 0)).as_str(), "TRIGGER:-P1DT14H30M0S");
    /// assert_eq!(Trigger::on_day(1, time(0, 0, 0, 0)).as_str(), "TRIGGER:-PT1440M");
    /// ```
    #[must_use]
    pub fn on_day(days_before: u32, at: Time) -> Self {
        Self::from_midnight(seconds(at) - i64::from(days_before) * DAY)
    }

    /// Rings the given number of seconds after the midnight at which an all-day task begins.
    fn from_midnight(offset: i64) -> Self {
        if offset < 0 && offset % DAY == 0 {
            // The form that the app uses for midnight of an earlier day.
            return Self(format!("{PREFIX}-PT{}M", -offset / 60).into());
        }
        let sign = if offset < 0 { "-" } else { "" };
        let (days, rest) = (offset.abs() / DAY, offset.abs() % DAY);
        let (hours, minutes, seconds) = (rest / 3600, rest / 60 % 60, rest % 60);
        Self(format!("{PREFIX}{sign}P{days}DT{hours}H{minutes}M{seconds}S").into())
    }

    /// Returns how long after the start it rings, negative before it; `None` for unknown text.
    ///
    /// For an all-day task the start is local midnight, and a day has 24 hours.
    ///
    /// ```
    /// use jiff::SignedDuration;
    /// use ticktick_models::Trigger;
    ///
    /// assert_eq!(Trigger::from("TRIGGER:-PT30M").offset(), Some(SignedDuration::from_mins(-30)));
    /// assert_eq!(Trigger::from("soon").offset(), None);
    /// ```
    #[must_use]
    pub fn offset(&self) -> Option<SignedDuration> {
        let text = self.0.strip_prefix(PREFIX)?;
        // `Span` also accepts forms such as `2 hours`, which the service does not use.
        text.trim_start_matches(['+', '-']).strip_prefix('P')?;
        let span: Span = text.parse().ok()?;
        span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()
    }

    /// Returns on which day before an all-day task it rings, and at what time; `None` if it rings after the
    /// day, or for unknown text.
    ///
    /// ```
    /// use jiff::civil::time;
    /// use ticktick_models::Trigger;
    ///
    /// let trigger = Trigger::from("TRIGGER:-P0DT15H0M0S");
    /// assert_eq!(trigger.day(), Some((1, time(9, 0, 0, 0))));
    /// ```
    #[must_use]
    pub fn day(&self) -> Option<(u32, Time)> {
        let offset = self.offset()?.as_secs();
        let days_before = u32::try_from(-offset.div_euclid(DAY)).ok()?;
        let time = Time::midnight() + SignedDuration::from_secs(offset.rem_euclid(DAY));
        Some((days_before, time))
    }

    /// Returns its text on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns the seconds since midnight.
fn seconds(at: Time) -> i64 {
    i64::from(at.hour()) * 3600 + i64::from(at.minute()) * 60 + i64::from(at.second())
}

impl From<&str> for Trigger {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Trigger {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl FromStr for Trigger {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.into())
    }
}

impl fmt::Display for Trigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Trigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Trigger({self})")
    }
}

impl Serialize for Trigger {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Trigger {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text::read(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::time;
    use proptest::prelude::*;

    fn minutes(text: &str) -> Option<i64> {
        Trigger::from(text).offset().map(|offset| offset.as_mins())
    }

    #[test]
    fn every_form_in_evidence_is_read() {
        for (text, wanted) in [
            ("TRIGGER:PT0S", 0),
            ("TRIGGER:-PT30M", -30),
            ("TRIGGER:-PT1H", -60),
            ("TRIGGER:-PT3H", -180),
            ("TRIGGER:P0DT9H0M0S", 540),
            ("TRIGGER:-P0DT15H0M0S", -900),
            ("TRIGGER:-P1D", -1440),
            ("TRIGGER:-P1W", -10080),
        ] {
            assert_eq!(minutes(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn other_texts_are_kept() {
        for text in ["", "PT0S", "TRIGGER:", "TRIGGER:2 hours", "TRIGGER:P1M", "TRIGGER;RELATED=END:PT0S"] {
            let trigger: Trigger = serde_json::from_str(&format!("{text:?}")).unwrap();
            assert_eq!(trigger.offset(), None);
            assert_eq!(trigger.day(), None);
            assert_eq!(trigger.as_str(), text);
            assert_eq!(serde_json::to_string(&trigger).unwrap(), format!("{text:?}"));
        }
    }

    #[test]
    fn after_the_day_is_no_day_before_it() {
        assert_eq!(Trigger::from("TRIGGER:P1DT9H0M0S").day(), None);
        assert_eq!(Trigger::from("TRIGGER:-P1D").day(), Some((1, Time::midnight())));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(seconds in -10_000_000i64..10_000_000, days in 0u32..1000, second in 0i64..DAY) {
            let early = SignedDuration::from_secs(seconds);
            prop_assert_eq!(Trigger::before(early).offset(), Some(-early));
            let at = time(0, 0, 0, 0) + SignedDuration::from_secs(second);
            prop_assert_eq!(Trigger::on_day(days, at).day(), Some((days, at)));
        }
    }
}
