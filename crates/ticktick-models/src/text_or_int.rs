//! [`TextOrInt`]: a value that comes as text or as a whole number.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize, Serializer};

/// Text or an integer, written back unchanged.
///
/// ```
/// use ticktick_models::TextOrInt;
///
/// assert_eq!(TextOrInt::from("2").as_i64(), TextOrInt::from(2).as_i64());
/// assert_ne!(TextOrInt::from("2"), TextOrInt::from(2));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextOrInt {
    /// Text.
    Text(Box<str>),
    /// An integer.
    Int(i64),
}

impl TextOrInt {
    /// Returns the integer, even if it is written as text.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Text(text) => text.parse().ok(),
            Self::Int(number) => Some(*number),
        }
    }
}

impl From<&str> for TextOrInt {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for TextOrInt {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for TextOrInt {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl fmt::Display for TextOrInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Int(number) => number.fmt(f),
        }
    }
}

impl Serialize for TextOrInt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Int(number) => serializer.serialize_i64(*number),
        }
    }
}

impl<'de> Deserialize<'de> for TextOrInt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyKind)
    }
}

struct AnyKind;

impl Visitor<'_> for AnyKind {
    type Value = TextOrInt;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or a whole number")
    }

    fn visit_i64<E>(self, number: i64) -> Result<TextOrInt, E> {
        Ok(number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<TextOrInt, E> {
        number.try_into().map(TextOrInt::Int).map_err(|_| E::custom("a whole number beyond 64 bits"))
    }

    fn visit_str<E>(self, text: &str) -> Result<TextOrInt, E> {
        Ok(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_back_as_it_came() {
        for json in ["\"2\"", "2", "-1", "\"\""] {
            let value: TextOrInt = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&value).unwrap(), json);
        }
        assert!(serde_json::from_str::<TextOrInt>("true").is_err());
        assert!(serde_json::from_str::<TextOrInt>("18446744073709551615").is_err());
        assert_eq!(TextOrInt::from("x").as_i64(), None);
    }
}
