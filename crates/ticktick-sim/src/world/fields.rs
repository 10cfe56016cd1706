//! Reads and writes members of a stored object, and preserves all others.

use serde::Serialize;
use serde::de::DeserializeOwned;
use ticktick_models::{Json, Object, Timestamp};

/// Access to members by name and type.
pub(crate) trait Fields {
    /// Returns a member that is present and has the type.
    fn read<T: DeserializeOwned>(&self, key: &str) -> Option<T>;
    fn put(&mut self, key: &str, value: impl Serialize);

    /// Sets a member that is absent or null.
    fn fill(&mut self, key: &str, value: impl Serialize) {
        if self.is_none(key) {
            self.put(key, value);
        }
    }

    /// Returns `true` if a member is absent or null.
    fn is_none(&self, key: &str) -> bool;

    fn text(&self, key: &str) -> Option<String> {
        self.read(key)
    }

    /// Returns a text that is present and not empty.
    fn word(&self, key: &str) -> Option<String> {
        self.text(key).filter(|text| !text.is_empty())
    }

    fn int(&self, key: &str) -> Option<i64> {
        self.read(key)
    }

    fn texts(&self, key: &str) -> Vec<String> {
        self.read(key).unwrap_or_default()
    }

    fn instant(&self, key: &str) -> Option<jiff::Timestamp> {
        self.read::<Timestamp>(key)?.instant().or_else(|| instant_of(&self.text(key)?))
    }
}

impl Fields for Object {
    fn read<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        self.get(key)?.decode().ok()
    }

    fn put(&mut self, key: &str, value: impl Serialize) {
        self.set(key, Json::encode(&value).unwrap_or_else(|_| Json::null()));
    }

    fn is_none(&self, key: &str) -> bool {
        self.get(key).is_none_or(is_null)
    }
}

/// Parses an instant, which may contain spaces: `2026-11-26T11: 05: 13.000+0000`.
pub(crate) fn instant_of(text: &str) -> Option<jiff::Timestamp> {
    let whole = |text: &str| Timestamp::from(text).instant();
    whole(text).or_else(|| whole(&text.split_whitespace().collect::<String>()))
}

/// Returns `true` if a value is null.
pub(crate) fn is_null(json: &Json) -> bool {
    json.as_str() == "null"
}

/// Converts a value to an object. A value that is not a JSON object becomes an empty one.
pub(crate) fn object(value: &impl Serialize) -> Object {
    Object::encode(value).unwrap_or_default()
}

/// Removes the members that are null.
pub(crate) fn drop_nulls(object: &mut Object) {
    let nulls: Vec<String> = object.iter().filter(|(_, value)| is_null(value)).map(|(key, _)| key.to_owned()).collect();
    for key in &nulls {
        object.remove(key);
    }
}

/// Formats an instant in the form of the service.
pub(crate) fn wire(instant: jiff::Timestamp) -> String {
    Timestamp::from(instant).to_string()
}

/// Converts the instants of an object to the form of the service.
pub(crate) fn canonical(object: &mut Object, keys: &[&str]) {
    for key in keys {
        if let Some(instant) = object.instant(key) {
            object.put(key, wire(instant));
        } else if object.text(key).is_some_and(|text| text.is_empty()) {
            object.put(key, ());
        }
    }
}
