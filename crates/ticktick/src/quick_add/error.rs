//! [`QuickAddError`]: why a line or a phrase is refused.

use std::fmt;

/// Why a line or a phrase is refused.
///
/// `Display` prints the reason, and a second line with what to write instead.
///
/// ```
/// use ticktick::quick_add::{Problem, QuickAdd};
///
/// let now = "2026-11-26T10:00[Europe/Berlin]".parse()?;
/// let error = QuickAdd::new(&now).parse("Dinner at 7").unwrap_err();
/// assert_eq!(error.problem(), Problem::Ambiguous);
/// assert_eq!(error.to_string(), "\"at 7\" can mean 7am, 7pm or 07:00\nhint: write `7am`, `7pm` or `07:00`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuickAddError {
    problem: Problem,
    reason: String,
    writings: Vec<String>,
}

/// The kind of a [`QuickAddError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The words have more than one meaning.
    Ambiguous,
    /// Two parts of the line contradict each other.
    Contradiction,
    /// A marked value is unknown.
    UnknownValue,
    /// The date or time does not exist, or is out of range.
    NoSuchDate,
    /// The time zone of a time cannot be written as an abbreviation.
    ZoneAbbreviation,
    /// A duration or a reminder lacks the date or time that it refers to.
    MissingDate,
    /// Nothing is left for the title.
    EmptyTitle,
}

impl QuickAddError {
    pub(super) fn new(problem: Problem, reason: impl Into<String>) -> Self {
        Self { problem, reason: reason.into(), writings: Vec::new() }
    }

    /// Adds what the user can write instead.
    pub(super) fn write<T: Into<String>>(mut self, writings: impl IntoIterator<Item = T>) -> Self {
        self.writings.extend(writings.into_iter().map(Into::into));
        self
    }

    pub(super) fn ambiguous(reason: impl Into<String>) -> Self {
        Self::new(Problem::Ambiguous, reason)
    }

    pub(super) fn contradiction(reason: impl Into<String>) -> Self {
        Self::new(Problem::Contradiction, reason)
    }

    pub(super) fn unknown(reason: impl Into<String>) -> Self {
        Self::new(Problem::UnknownValue, reason)
    }

    pub(super) fn no_such(reason: impl Into<String>) -> Self {
        Self::new(Problem::NoSuchDate, reason)
    }

    pub(super) fn missing(reason: impl Into<String>) -> Self {
        Self::new(Problem::MissingDate, reason)
    }

    pub(super) fn out_of_range() -> Self {
        Self::no_such("the date is out of range")
    }

    /// Returns the kind of the problem.
    #[must_use]
    pub const fn problem(&self) -> Problem {
        self.problem
    }

    /// Returns the reason, without what to write instead.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns what to write instead, one text for each reading.
    #[must_use]
    pub fn writings(&self) -> &[String] {
        &self.writings
    }
}

impl fmt::Display for QuickAddError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)?;
        let Some((last, others)) = self.writings.split_last() else { return Ok(()) };
        f.write_str("\nhint: write ")?;
        for (index, writing) in others.iter().enumerate() {
            write!(f, "{}`{writing}`", if index == 0 { "" } else { ", " })?;
        }
        write!(f, "{}`{last}`", if others.is_empty() { "" } else { " or " })
    }
}

impl std::error::Error for QuickAddError {}
