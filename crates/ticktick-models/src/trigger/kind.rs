//! Which triggers match which kind of date.

use std::fmt;

use jiff::SignedDuration;
use jiff::civil::Time;

use super::{DAY, PREFIX, Trigger, seconds};

impl Trigger {
    /// Checks that it rings at a sensible time for a kind of date: a day, or a time.
    ///
    /// Unknown text is accepted for both kinds.
    ///
    /// # Errors
    ///
    /// Fails for a trigger that counts from a time, such as [`Trigger::at_start`], if the date is all-day, and for one of
    /// [`Trigger::on_day`] if it is not. The error names the right constructor.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::{SignedDuration, civil::time};
    /// use ticktick_models::Trigger;
    ///
    /// assert!(Trigger::on_day(0, time(9, 0, 0, 0)).check_kind(true).is_ok());
    /// let error = Trigger::before(SignedDuration::from_mins(30)).check_kind(true).unwrap_err();
    /// assert!(error.to_string().contains("23:30"));
    /// ```
    pub fn check_kind(&self, is_all_day: bool) -> Result<(), WrongTrigger> {
        let Some(offset) = self.offset().map(|offset| offset.as_secs()) else { return Ok(()) };
        // The form of `on_day`; whole days before, such as `-P1D`, also match a time.
        let is_of_day = self.body().contains('D') && self.body().ends_with('S');
        let suits =
            if is_all_day { self.body().contains(['D', 'W']) || (offset < 0 && offset % DAY == 0) } else { !is_of_day };
        if suits { Ok(()) } else { Err(WrongTrigger { trigger: self.clone(), is_all_day }) }
    }

    /// Returns the same reminder for a task that had a time and is now all-day: it rings at the same time of day.
    pub(crate) fn for_day(&self, start: Time) -> Self {
        self.offset().map_or_else(|| self.clone(), |offset| Self::from_midnight(seconds(start) + offset.as_secs()))
    }

    /// Returns the same reminder for a task that was all-day and now has a time: it rings at the same time of day, but
    /// not after the start.
    pub(crate) fn for_time(&self, start: Time) -> Self {
        let early = |offset: SignedDuration| SignedDuration::from_secs((seconds(start) - offset.as_secs()).max(0));
        self.offset().map_or_else(|| self.clone(), |offset| Self::before(early(offset)))
    }

    fn body(&self) -> &str {
        self.0.strip_prefix(PREFIX).unwrap_or(&self.0)
    }
}

/// A trigger does not match the task's kind of date and would ring at the wrong time.
///
/// ```
/// use jiff::civil::time;
///
/// let error = ticktick_models::Trigger::on_day(0, time(9, 0, 0, 0)).check_kind(false).unwrap_err();
/// assert!(error.to_string().contains("Trigger::before"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongTrigger {
    trigger: Trigger,
    is_all_day: bool,
}

impl fmt::Display for WrongTrigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { trigger, is_all_day } = self;
        if !is_all_day {
            return write!(
                f,
                "reminder `{trigger}` counts from midnight, but the task has a time\nhint: use `Trigger::before` or \
                 `Trigger::at_start`"
            );
        }
        write!(f, "reminder `{trigger}` counts from a time, but the task is all-day")?;
        match trigger.day() {
            Some((days, time)) => write!(
                f,
                " and it would ring at {:02}:{:02}, {days} days before\nhint: use `Trigger::on_day(days_before, time)`",
                time.hour(),
                time.minute()
            ),
            None => f.write_str("\nhint: use `Trigger::on_day(days_before, time)`"),
        }
    }
}

impl std::error::Error for WrongTrigger {}

#[cfg(test)]
mod tests {
    use jiff::civil::time;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_trigger_suits_the_kind_of_date_that_it_is_made_for() {
        let suits = |text: &str| [true, false].map(|day| Trigger::from(text).check_kind(day).is_ok());
        for text in ["TRIGGER:PT0S", "TRIGGER:-PT30M", "TRIGGER:-PT15H", "TRIGGER:PT5M"] {
            assert_eq!(suits(text), [false, true], "{text}");
        }
        for text in ["TRIGGER:P0DT9H0M0S", "TRIGGER:-P0DT15H0M0S", "TRIGGER:P1DT0H0M0S"] {
            assert_eq!(suits(text), [true, false], "{text}");
        }
        for text in ["TRIGGER:-PT1440M", "TRIGGER:-P1D", "TRIGGER:-P1W", "soon", ""] {
            assert_eq!(suits(text), [true, true], "{text}");
        }
    }

    #[test]
    fn the_error_says_when_it_would_ring() {
        let error = Trigger::at_start().check_kind(true).unwrap_err().to_string();
        assert!(error.contains("`TRIGGER:PT0S`") && error.contains("00:00, 0 days before"), "{error}");
        assert!(error.contains("Trigger::on_day"), "{error}");
    }

    #[test]
    fn a_reminder_keeps_its_time_of_day_when_the_kind_changes() {
        let nine = time(9, 0, 0, 0);
        let half_before = Trigger::before(SignedDuration::from_mins(30));
        assert_eq!(half_before.for_day(nine), Trigger::on_day(0, time(8, 30, 0, 0)));
        assert_eq!(half_before.for_day(time(0, 10, 0, 0)), Trigger::on_day(1, time(23, 40, 0, 0)));
        assert_eq!(
            Trigger::on_day(1, time(20, 0, 0, 0)).for_time(nine),
            Trigger::before(SignedDuration::from_hours(13))
        );
        assert_eq!(Trigger::on_day(0, time(10, 0, 0, 0)).for_time(nine), Trigger::at_start(), "not after the start");
        assert_eq!(Trigger::from("soon").for_day(nine), Trigger::from("soon"));
    }

    proptest! {
        #[test]
        fn there_and_back_it_rings_at_the_same_moment(early in 0i64..1_000_000, start in 0i64..DAY) {
            let start = Time::midnight() + SignedDuration::from_secs(start);
            let trigger = Trigger::before(SignedDuration::from_secs(early));
            let day = trigger.for_day(start);
            prop_assert!(day.check_kind(true).is_ok(), "{day}");
            prop_assert_eq!(day.for_time(start), trigger);
        }
    }
}
