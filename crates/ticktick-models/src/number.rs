//! [`Number`]: a number, whole or not.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A number that stays whole if it came whole.
///
/// ```
/// use ticktick_models::Number;
///
/// assert_eq!(Number::from(9_007_199_254_740_993).to_string(), "9007199254740993");
/// assert_eq!(Number::from(2.5).as_f64(), 2.5);
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Number(serde_json::Number);

impl Number {
    /// Returns the nearest floating point number.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        self.0.as_f64().unwrap_or_default()
    }

    /// Returns the whole number, if it is one and fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.0.as_i64()
    }
}

/// What is not finite becomes 0, for JSON has no word for it.
impl From<f64> for Number {
    fn from(value: f64) -> Self {
        Self(serde_json::Number::from_f64(value).unwrap_or_else(|| 0.into()))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.into())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_stay_exact() {
        for text in ["9007199254740993", "-9223090562146500590", "2.5", "18446744073709551615"] {
            let number: Number = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&number).unwrap(), text);
        }
        assert_eq!(Number::from(f64::NAN), Number::from(0));
        assert_eq!(Number::from(3).as_i64(), Some(3));
    }
}
