//! [`Recurrence`]: how a task repeats.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

mod change;
mod dates;
mod describe;
mod error;
mod read;
mod rule;

pub use dates::Occurrences;
pub use error::{NotComputable, RecurrenceError};
pub(crate) use read::day as stamp_date;
use rule::{Form, Reading};
pub use rule::{Frequency, NthWeekday, RecurrenceRule, Until, Workday};

/// How a task repeats: the value of its `repeatFlag`.
///
/// Supports the rules of RFC 5545 by day, week, month and year, with or without `RRULE:`, and the
/// extensions of TickTick: `TT_SKIP=WEEKEND`, `TT_WORKDAY=1` and `-1` (the first and the last working day
/// of the month), `TT_TIMES` (a number of times per week), and explicit dates,
/// `ERULE:NAME=CUSTOM;BYDATE=20260301,20260405`. Anything else is kept: an unchanged rule is written back
/// byte for byte, and a changed one keeps its unchanged parts. If a rule has unknown parts, its dates are
/// not computed; [`occurrences`](Self::occurrences) returns an error that names the part.
///
/// Dates are calendar days; [`Task::next_occurrence`](crate::Task::next_occurrence) places them in a zone.
///
/// ```
/// use jiff::civil::{Weekday, date};
/// use ticktick_models::Recurrence;
///
/// let recurrence = Recurrence::weekly().every(2)?.on([Weekday::Monday, Weekday::Friday])?;
/// assert_eq!(recurrence.to_string(), "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR");
/// assert_eq!(recurrence.describe(), "every 2 weeks on Monday and Friday");
/// let dates: Vec<_> = recurrence.occurrences(date(2026, 3, 2))?.take(3).collect();
/// assert_eq!(dates, [date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 16)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// The text that is written; all other fields are parsed from it.
    text: String,
    form: Form,
    /// Unknown parts.
    unknown: Vec<Box<str>>,
}

impl Recurrence {
    /// Parses the text of a `repeatFlag`.
    ///
    /// # Errors
    ///
    /// Fails if a known part has an invalid value, such as `INTERVAL=0`, or if a rule has no frequency.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::Recurrence;
    ///
    /// let recurrence = Recurrence::parse("RRULE:FREQ=DAILY;NEW=1;INTERVAL=3")?;
    /// assert_eq!(recurrence.every(2)?.as_str(), "RRULE:FREQ=DAILY;NEW=1;INTERVAL=2");
    /// assert_eq!(Recurrence::parse("FREQ=DAILY;INTERVAL=0").unwrap_err().part(), "INTERVAL=0");
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, RecurrenceError> {
        let Reading { form, unknown } = read::read(text)?;
        Ok(Self { text: text.to_owned(), form, unknown })
    }

    /// Returns the text as the service keeps it.
    ///
    /// ```
    /// assert_eq!(ticktick_models::Recurrence::daily().as_str(), "RRULE:FREQ=DAILY;INTERVAL=1");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the parts of the rule, or `None` for explicit dates and unknown kinds of rule.
    ///
    /// ```
    /// use ticktick_models::{Frequency, Recurrence};
    ///
    /// let recurrence = Recurrence::monthly().on_days([-1])?;
    /// let rule = recurrence.rule().unwrap();
    /// assert_eq!((rule.frequency, &rule.month_days[..]), (Frequency::Monthly, &[-1][..]));
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    #[must_use]
    pub const fn rule(&self) -> Option<&RecurrenceRule> {
        match &self.form {
            Form::Rule(rule) => Some(rule),
            _ => None,
        }
    }

    /// Returns the explicit dates in order, if the recurrence has them.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use ticktick_models::Recurrence;
    ///
    /// let recurrence = Recurrence::parse("ERULE:NAME=CUSTOM;BYDATE=20260405,20260301")?;
    /// assert_eq!(recurrence.listed_dates(), Some(&[date(2026, 3, 1), date(2026, 4, 5)][..]));
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    #[must_use]
    pub fn listed_dates(&self) -> Option<&[Date]> {
        match &self.form {
            Form::Listed(dates) => Some(dates),
            _ => None,
        }
    }

    /// Returns the parts that this version does not know, verbatim.
    ///
    /// ```
    /// let recurrence = ticktick_models::Recurrence::parse("RRULE:FREQ=DAILY;TT_SKIP=HOLIDAY")?;
    /// assert_eq!(recurrence.unknown_parts().collect::<Vec<_>>(), ["TT_SKIP=HOLIDAY"]);
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    pub fn unknown_parts(&self) -> impl Iterator<Item = &str> {
        self.unknown.iter().map(|part| &**part)
    }
}

impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<Recurrence> for String {
    fn from(recurrence: Recurrence) -> Self {
        recurrence.text
    }
}

impl FromStr for Recurrence {
    type Err = RecurrenceError;

    fn from_str(text: &str) -> Result<Self, RecurrenceError> {
        Self::parse(text)
    }
}

/// Writes the text of the rule, such as `"RRULE:FREQ=DAILY;INTERVAL=1"`.
impl Serialize for Recurrence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

/// Reads the text of a rule.
impl<'de> Deserialize<'de> for Recurrence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
