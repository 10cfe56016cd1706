//! [`QueryTime`]: the time format of the service's query parameters.

use std::fmt;
use std::str::FromStr;

use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::macros::text;

const FORMAT: &str = "%Y-%m-%d %H:%M:%S";

/// A moment as `YYYY-MM-DD HH:MM:SS` in UTC; empty means no bound.
///
/// ```
/// use ticktick_models::QueryTime;
///
/// let at: QueryTime = "2026-03-01 08:30:00".parse()?;
/// assert_eq!(QueryTime::from(at.instant().unwrap()).to_string(), "2026-03-01 08:30:00");
/// assert!("2026-03-01".parse::<QueryTime>().is_err());
/// # Ok::<(), ticktick_models::QueryTimeError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct QueryTime(Box<str>);

impl QueryTime {
    /// Returns the instant, or `None` if the text is empty.
    #[must_use]
    pub fn instant(&self) -> Option<jiff::Timestamp> {
        parse(&self.0)
    }
}

fn parse(text: &str) -> Option<jiff::Timestamp> {
    let civil = DateTime::strptime(FORMAT, text).ok()?;
    Offset::UTC.to_timestamp(civil).ok()
}

/// The text is neither empty nor of the form `YYYY-MM-DD HH:MM:SS`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct QueryTimeError;

impl fmt::Display for QueryTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a time as `YYYY-MM-DD HH:MM:SS`, in UTC, or nothing")
    }
}

impl std::error::Error for QueryTimeError {}

impl FromStr for QueryTime {
    type Err = QueryTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() || (text.len() == 19 && parse(text).is_some()) {
            Ok(Self(text.into()))
        } else {
            Err(QueryTimeError)
        }
    }
}

/// Truncates to seconds.
impl From<jiff::Timestamp> for QueryTime {
    fn from(instant: jiff::Timestamp) -> Self {
        Self(Offset::UTC.to_datetime(instant).strftime(FORMAT).to_string().into())
    }
}

impl fmt::Display for QueryTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for QueryTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Accepts any text, because the service decides what it sends.
impl<'de> Deserialize<'de> for QueryTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Kept(Box<str>);

        impl From<&str> for Kept {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        text::read::<Kept, D>(deserializer).map(|kept| Self(kept.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_service_s_form_is_read() {
        for wrong in ["2026-03-01", "2026-03-01T08:30:00", "2026-13-01 08:30:00", "2026-3-1 8:30:00", "x"] {
            assert_eq!(wrong.parse::<QueryTime>(), Err(QueryTimeError));
        }
        assert_eq!("".parse::<QueryTime>().unwrap(), QueryTime::default());
        assert_eq!(QueryTime::default().instant(), None);
    }

    #[test]
    fn answers_are_kept_as_they_came() {
        let odd: QueryTime = serde_json::from_str("\"soon\"").unwrap();
        assert_eq!(odd.to_string().as_str(), "soon");
        assert_eq!(odd.instant(), None);
        assert_eq!(serde_json::to_string(&odd).unwrap(), "\"soon\"");
    }
}
