//! [`Members`]: the members of an object, read without a type.

use ticktick_models::{Json, Object};

/// The members of an object, read without a type.
pub(super) struct Members(pub(super) Object);

impl Members {
    /// Reads an object. Returns `None` if the text is not an object.
    pub(super) fn of(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok().map(Self)
    }

    /// Returns a member as text. Numbers are converted.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        let value = self.0.get(key)?;
        match value.kind() {
            "string" => value.decode().ok(),
            "integer" | "number" => Some(value.as_str().to_owned()),
            _ => None,
        }
    }

    /// Returns a member as an integer. Texts of digits are converted.
    pub(super) fn number(&self, key: &str) -> Option<i64> {
        self.text(key)?.parse().ok()
    }

    /// Returns a member of the first element of a list as text.
    pub(super) fn first(&self, list: &str, key: &str) -> Option<String> {
        let elements: Vec<Json> = self.0.get(list)?.decode().ok()?;
        Self(elements.first()?.decode().ok()?).text(key)
    }
}
