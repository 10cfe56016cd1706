//! [`Number`]: a number, whole or not.

use std::fmt;

use serde::de::{Error as _, Visitor};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::json::Json;
use crate::protocol::NUMBER;

/// A number that keeps its notation: whole if it was whole, and `2.50` as `2.50`.
///
/// Two numbers are equal if they are written the same way; to compare amounts, use [`Self::as_f64`].
///
/// ```
/// use ticktick_models::Number;
///
/// assert_eq!(Number::from(9_007_199_254_740_993).to_string(), "9007199254740993");
/// assert_eq!(Number::from(2.5).as_f64(), 2.5);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Box<str>);

impl Number {
    /// Returns the nearest floating point number.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        self.0.parse().unwrap_or_default()
    }

    /// Returns the integer, if it is one and fits.
    ///
    /// ```
    /// use ticktick_models::Number;
    ///
    /// assert_eq!(Number::from(7).as_i64(), Some(7));
    /// assert_eq!(Number::from(2.5).as_i64(), None);
    /// ```
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }
}

/// Infinities and NaN become 0, because JSON cannot represent them.
impl From<f64> for Number {
    fn from(value: f64) -> Self {
        serde_json::Number::from_f64(value).map_or_else(|| 0.into(), |number| Self(number.to_string().into()))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.to_string().into())
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::from_str::<&RawValue>(&self.0).map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NUMBER, Text)
    }
}

struct Text;

impl<'de> Visitor<'de> for Text {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Number, D::Error> {
        let json = Json::deserialize(deserializer)?;
        if json.is("number") {
            Ok(Number(json.as_str().into()))
        } else {
            Err(D::Error::custom(format!("invalid type: {}, expected a number", json.kind())))
        }
    }
}

/// Writes the digits as they are on the wire.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
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
    fn numbers_keep_their_text() {
        for text in ["9007199254740993", "-9223090562146500590", "2.5", "18446744073709551615", "2.50", "1e0", "-0"] {
            let number: Number = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&number).unwrap(), text);
            let value = serde_json::to_value(&number).unwrap();
            assert_eq!(serde_json::from_value::<Number>(value).unwrap().as_f64(), number.as_f64());
        }
        assert!(serde_json::from_str::<Number>("\"2\"").is_err());
        assert_eq!(Number::from(f64::NAN), Number::from(0));
        assert_eq!(Number::from(3).as_i64(), Some(3));
        assert_eq!(Number::from(1.0).to_string(), "1.0");
        assert_eq!(Number::from(1.0).as_i64(), None);
    }
}
