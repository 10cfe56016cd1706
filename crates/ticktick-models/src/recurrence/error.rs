//! Errors of rules and of computing their dates.

use std::fmt;

use crate::{DueError, TextOrInt};

/// The text of a rule is invalid.
///
/// ```
/// let error = ticktick_models::Recurrence::parse("RRULE:FREQ=WEEKLY;BYDAY=XX").unwrap_err();
/// assert_eq!(error.to_string(), "repeat rule: `BYDAY=XX`: write weekdays as MO, TU, WE, TH, FR, SA, SU");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecurrenceError {
    part: Box<str>,
    reason: &'static str,
}

impl RecurrenceError {
    pub(super) fn new(part: &str, reason: &'static str) -> Self {
        Self { part: part.into(), reason }
    }

    /// Returns the invalid part, verbatim; the whole text if a part is missing.
    ///
    /// ```
    /// let error = ticktick_models::Recurrence::parse("FREQ=DAILY;COUNT=many").unwrap_err();
    /// assert_eq!(error.part(), "COUNT=many");
    /// ```
    #[must_use]
    pub const fn part(&self) -> &str {
        &self.part
    }

    /// Returns what is expected instead.
    ///
    /// ```
    /// let error = ticktick_models::Recurrence::parse("FREQ=DAILY;COUNT=many").unwrap_err();
    /// assert_eq!(error.reason(), "write a whole number from 1 on");
    /// ```
    #[must_use]
    pub const fn reason(&self) -> &'static str {
        self.reason
    }
}

impl fmt::Display for RecurrenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "repeat rule: `{}`: {}", self.part, self.reason)
    }
}

impl std::error::Error for RecurrenceError {}

/// The dates of a series cannot be computed. The task keeps its rule.
///
/// ```
/// let recurrence = ticktick_models::Recurrence::parse("RRULE:FREQ=DAILY;TT_SKIP=HOLIDAY").unwrap();
/// let error = recurrence.occurrences(jiff::civil::date(2026, 3, 1)).unwrap_err();
/// assert_eq!(error.to_string(), "the repeat rule has a part that cannot be computed: `TT_SKIP=HOLIDAY`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotComputable {
    /// The task has no rule.
    NoRule,
    /// The task has no date to count from.
    NoDate,
    /// The text of the rule is invalid.
    Rule(RecurrenceError),
    /// The rule has a part, or is of a kind, that cannot be computed here.
    Part(Box<str>),
    /// `repeatFrom` has an unknown value.
    RepeatFrom(TextOrInt),
    /// An element of `exDate` is neither a day nor an instant.
    SkippedDate(Box<str>),
    /// The task's date cannot be read, or the next one is outside the supported years.
    Due(DueError),
    /// The rule names no further date in the next 400 years.
    NothingFound,
}

impl fmt::Display for NotComputable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRule => f.write_str("the task does not repeat"),
            Self::NoDate => f.write_str("the task has no date that its repeat rule could count from"),
            Self::Rule(error) => error.fmt(f),
            Self::Part(part) => write!(f, "the repeat rule has a part that cannot be computed: `{part}`"),
            Self::RepeatFrom(value) => write!(f, "`repeatFrom` is `{value}`, of which only 0, 1 and 2 are known"),
            Self::SkippedDate(text) => write!(f, "`exDate` has `{text}`, which is neither a day nor an instant"),
            Self::Due(error) => error.fmt(f),
            Self::NothingFound => f.write_str("the repeat rule names no date in the next 400 years"),
        }
    }
}

impl std::error::Error for NotComputable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Rule(error) => Some(error),
            Self::Due(error) => Some(error),
            _ => None,
        }
    }
}

impl From<RecurrenceError> for NotComputable {
    fn from(error: RecurrenceError) -> Self {
        Self::Rule(error)
    }
}

impl From<DueError> for NotComputable {
    fn from(error: DueError) -> Self {
        Self::Due(error)
    }
}
