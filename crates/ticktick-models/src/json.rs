//! [`Json`]: one JSON value as the text it came in.

use std::fmt;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::compare::differences;

/// A JSON value, kept as its original text.
///
/// ```
/// use ticktick_models::Json;
///
/// let json: Json = "[1E3, 2]".parse()?;
/// assert_eq!(json.as_str(), "[1E3, 2]");
/// assert_eq!(json.decode::<Vec<f64>>()?, [1000.0, 2.0]);
/// assert_eq!(Json::from("a \"text\"").as_str(), r#""a \"text\"""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct Json(Box<RawValue>);

impl Json {
    /// Creates null.
    ///
    /// ```
    /// assert_eq!(ticktick_models::Json::null().as_str(), "null");
    /// ```
    #[must_use]
    pub fn null() -> Self {
        RawValue::NULL.into()
    }

    /// Serializes a value.
    ///
    /// # Errors
    ///
    /// Fails if the value cannot be written as JSON, such as a map whose keys are not texts.
    ///
    /// ```
    /// assert_eq!(ticktick_models::Json::encode(&[1, 2])?.as_str(), "[1,2]");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        serde_json::value::to_raw_value(value).map(Self)
    }

    /// Returns the original text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Parses the text as a type.
    ///
    /// # Errors
    ///
    /// Fails if the text does not fit the type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.as_str())
    }

    /// Returns the kind: `null`, `boolean`, `integer`, `number`, `string`, `array` or `object`.
    ///
    /// ```
    /// assert_eq!("1.5".parse::<ticktick_models::Json>()?.kind(), "number");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn kind(&self) -> &'static str {
        kind(self.as_str())
    }

    /// Returns `true` if both have the same meaning.
    ///
    /// Ignores the order of members, the notation of numbers and the form of instants.
    ///
    /// ```
    /// use ticktick_models::Json;
    ///
    /// let (one, other): (Json, Json) = (r#"{"a":1,"b":null}"#.parse()?, r#"{"b":null, "a":1.0}"#.parse()?);
    /// assert!(one != other && one.means(&other));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn means(&self, other: &Self) -> bool {
        self == other || differences(self.as_str().as_bytes(), other.as_str()).is_empty()
    }

    /// Returns whether the value is of this kind; an integer is also a number.
    pub(crate) fn is(&self, wanted: &str) -> bool {
        is_of(self.kind(), wanted)
    }
}

/// Returns the kind of a JSON text without surrounding white space.
pub(crate) fn kind(text: &str) -> &'static str {
    match text.as_bytes().first() {
        Some(b'n') => "null",
        Some(b't' | b'f') => "boolean",
        Some(b'"') => "string",
        Some(b'[') => "array",
        Some(b'{') => "object",
        _ if text.contains(['.', 'e', 'E']) => "number",
        _ => "integer",
    }
}

/// Returns whether a value of one kind is valid where another is expected; an integer is also a number.
pub(crate) fn is_of(kind: &str, wanted: &str) -> bool {
    kind == wanted || (wanted == "number" && kind == "integer")
}

impl FromStr for Json {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str::<&RawValue>(text).map(Self::from)
    }
}

impl From<&RawValue> for Json {
    fn from(value: &RawValue) -> Self {
        Self(value.to_owned())
    }
}

impl From<serde_json::Value> for Json {
    #[allow(clippy::missing_panics_doc)]
    fn from(value: serde_json::Value) -> Self {
        Self::encode(&value).expect("a JSON value has a JSON form")
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        if value { RawValue::TRUE.into() } else { RawValue::FALSE.into() }
    }
}

impl From<i64> for Json {
    fn from(value: i64) -> Self {
        serde_json::Value::from(value).into()
    }
}

/// Creates a JSON string; to parse JSON text, use `parse`.
impl From<&str> for Json {
    fn from(value: &str) -> Self {
        serde_json::Value::from(value).into()
    }
}

/// Creates a JSON string; to parse JSON text, use `parse`.
impl From<String> for Json {
    fn from(value: String) -> Self {
        serde_json::Value::from(value).into()
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Json {}

impl std::hash::Hash for Json {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Shows only kind and length, because the value may be secret.
impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json({}, {} bytes)", self.kind(), self.as_str().len())
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::deserialize(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        for (text, kind) in [
            ("null", "null"),
            ("true", "boolean"),
            ("-9007199254740993", "integer"),
            ("1E3", "number"),
            ("1.0", "number"),
            ("\"\"", "string"),
            ("[]", "array"),
            ("{}", "object"),
        ] {
            assert_eq!(text.parse::<Json>().unwrap().kind(), kind);
        }
        assert!(Json::from(1).is("number") && !Json::from(1).is("string"));
    }

    #[test]
    fn text_stays_and_is_not_shown() {
        let json: Json = " [1E3, 9007199254740993] ".parse().unwrap();
        assert_eq!(json.as_str(), "[1E3, 9007199254740993]");
        assert_eq!(serde_json::to_string(&json).unwrap(), "[1E3, 9007199254740993]");
        assert_eq!(format!("{:?}", Json::from("secret")), "Json(string, 8 bytes)");
        assert!("[1".parse::<Json>().is_err());
        assert_eq!(serde_json::from_value::<Json>(serde_json::json!({"a": 1})).unwrap().as_str(), r#"{"a":1}"#);
    }
}
