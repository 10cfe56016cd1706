//! [`DueError`]: why a date cannot be read or written.

use std::fmt;

/// Why a date cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DueError {
    /// The zone has no IANA name, so the service would not recognize it.
    UnnamedZone,
    /// The date is outside the supported years.
    OutOfRange,
    /// A checklist item can only have one day or moment, without an end or a floating time.
    NotSingle,
    /// The range ends before it starts.
    EndBeforeStart,
    /// The range has no first or last day.
    OpenEnded,
}

impl fmt::Display for DueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnnamedZone => f.write_str("the time zone has no IANA name"),
            Self::OutOfRange => f.write_str("the date is out of range"),
            Self::NotSingle => f.write_str("a checklist item takes one day or one moment"),
            Self::EndBeforeStart => f.write_str("the range ends before it starts"),
            Self::OpenEnded => f.write_str("the range needs a first and a last day"),
        }
    }
}

impl std::error::Error for DueError {}
