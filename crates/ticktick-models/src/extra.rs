//! [`Extra`]: the members of an object that this version does not know, and those that do not fit.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde_json::value::RawValue;

use crate::inspect::Inspect;
use crate::json::Json;
use crate::odd::{Kept, Odd, Record, Records};
use crate::path::Path;
use crate::scan::push_key;

/// Members of an object that this version does not know, which are kept and written back unchanged.
///
/// They are kept as one text, so that they cost next to nothing. Reading an object with such members
/// requires one of serde_json's own deserializers: inside `#[serde(flatten)]` or `#[serde(untagged)]` it
/// fails.
///
/// ```
/// use ticktick_models::Task;
///
/// let mut task: Task = serde_json::from_str(r#"{"id":"a","projectId":"b","mood":1E3}"#)?;
/// assert_eq!(task.extra.get("mood").unwrap().as_str(), "1E3");
/// task.extra.insert("mood", true);
/// assert_eq!(serde_json::to_string(&task)?, r#"{"id":"a","projectId":"b","mood":true}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Extra {
    /// A JSON object, or empty if there are no members. Odd members, if any, precede it between two zero
    /// bytes, which never occur in JSON.
    text: Box<str>,
}

const FENCE: char = '\0';

impl Extra {
    /// Takes the text of an object that lacks its closing brace, or an empty text.
    pub(crate) fn from_members(mut text: String) -> Self {
        if !text.is_empty() {
            text.push('}');
        }
        Self { text: text.into_boxed_str() }
    }

    /// Also takes the text of odd members.
    #[cold]
    pub(crate) fn with_odd(odd: &str, unknown: String) -> Self {
        let unknown = Self::from_members(unknown).text;
        if odd.is_empty() {
            return Self { text: unknown };
        }
        Self { text: format!("{FENCE}{odd}{FENCE}{unknown}").into() }
    }

    /// Returns the original value of a member that does not fit its type.
    ///
    /// A member is absent, null, odd or a value: if it is odd, the field reads as absent and this returns
    /// its JSON, which is written back unchanged unless the field is set.
    ///
    /// ```
    /// use ticktick_models::{Task, decode_lenient};
    ///
    /// let task = decode_lenient::<Task>(br#"{"id":"a","projectId":"b","assignee":{"id":118}}"#)?.value;
    /// assert!(task.assignee.is_absent());
    /// assert_eq!(task.extra.odd("assignee").unwrap().as_str(), r#"{"id":118}"#);
    /// assert!(task.extra.odd("creator").is_none());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn odd(&self, key: &str) -> Option<Json> {
        let records = self.records();
        let whole = records.iter().find(|record| record.key == key && record.path.is_empty())?;
        match whole.kept {
            Kept::Raw(raw) => raw.parse().ok(),
            _ => None,
        }
    }

    /// Returns everything in the object that does not fit: members, elements of lists and values of maps.
    ///
    /// ```
    /// use ticktick_models::{Task, decode_lenient};
    ///
    /// let task = decode_lenient::<Task>(br#"{"id":"a","projectId":"b","tags":["x",null]}"#)?.value;
    /// let odd = task.extra.odd_parts();
    /// assert_eq!((odd[0].path.as_str(), odd[0].json.as_str()), ("$.tags[1]", "null"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn odd_parts(&self) -> Vec<Odd> {
        self.records().iter().filter_map(Record::public).collect()
    }

    /// Returns whether anything in the object does not fit, or was understood in another form.
    ///
    /// ```
    /// assert!(!ticktick_models::Extra::default().has_odd());
    /// ```
    #[must_use]
    pub fn has_odd(&self) -> bool {
        self.text.starts_with(FENCE)
    }

    /// Removes the original value of a member that does not fit, so that it is not written back.
    ///
    /// ```
    /// use ticktick_models::{Task, decode_lenient};
    ///
    /// let mut task = decode_lenient::<Task>(br#"{"id":"a","projectId":"b","tags":["x",null]}"#)?.value;
    /// task.extra.remove_odd("tags");
    /// assert_eq!(serde_json::to_string(&task)?, r#"{"id":"a","projectId":"b","tags":["x"]}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn remove_odd(&mut self, key: &str) {
        self.replace_odd(key, &Self::default());
    }

    /// Replaces the original value of a member that does not fit by that of another object. Use it after copying
    /// the member from that object.
    ///
    /// ```
    /// use ticktick_models::{Task, decode_lenient};
    ///
    /// let mut one = Task::new("a", "b");
    /// let other = decode_lenient::<Task>(br#"{"id":"c","projectId":"b","tags":["x",null]}"#)?.value;
    /// one.extra.replace_odd("tags", &other.extra);
    /// one.tags = other.tags;
    /// assert_eq!(serde_json::to_string(&one)?, r#"{"id":"a","projectId":"b","tags":["x",null]}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn replace_odd(&mut self, key: &str, from: &Self) {
        if !self.has_odd() && !from.has_odd() {
            return;
        }
        let mut odd = String::new();
        for record in self.records().iter().filter(|record| record.key != key) {
            record.write(&mut odd);
        }
        for record in from.records().iter().filter(|record| record.key == key) {
            record.write(&mut odd);
        }
        let unknown = self.unknown();
        let unknown = unknown.strip_suffix('}').unwrap_or(unknown).to_owned();
        *self = Self::with_odd(&odd, unknown);
    }

    pub(crate) fn records(&self) -> Records<'_> {
        Records::read(self.parts().0)
    }

    /// Returns the text of odd members and that of unknown ones.
    fn parts(&self) -> (&str, &str) {
        match self.text.strip_prefix(FENCE) {
            Some(rest) => rest.split_once(FENCE).unwrap_or((rest, "")),
            None => ("", &self.text),
        }
    }

    fn unknown(&self) -> &str {
        self.parts().1
    }

    /// Returns the value of a key; the last one, if the key came twice.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Json> {
        self.entries().into_iter().rev().find(|(known, _)| known == key).map(|(_, value)| value.into())
    }

    /// Sets the value of a key and returns the old one. Do not use a key that the object has a field for,
    /// because it would be written twice.
    pub fn insert(&mut self, key: &str, value: impl Into<Json>) -> Option<Json> {
        let value = value.into();
        let before = self.remove(key);
        let (odd, unknown) = self.parts();
        let mut text = unknown.to_owned();
        text.pop();
        push_key(&mut text, key);
        text.push_str(value.as_str());
        *self = Self::with_odd(odd, text);
        before
    }

    /// Removes a key and returns its value.
    ///
    /// ```
    /// let mut extra = ticktick_models::Extra::default();
    /// extra.insert("mood", 1);
    /// assert_eq!(extra.remove("mood").unwrap().as_str(), "1");
    /// assert!(extra.is_empty());
    /// ```
    pub fn remove(&mut self, key: &str) -> Option<Json> {
        let before = self.get(key)?;
        let mut text = String::new();
        for (other, value) in self.entries().into_iter().filter(|(other, _)| other != key) {
            push_key(&mut text, &other);
            text.push_str(value.get());
        }
        *self = Self::with_odd(self.parts().0, text);
        Some(before)
    }

    /// Returns the keys in their original order.
    ///
    /// ```
    /// let mut extra = ticktick_models::Extra::default();
    /// extra.insert("mood", 1);
    /// assert_eq!(extra.keys().collect::<Vec<_>>(), ["mood"]);
    /// ```
    pub fn keys(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.entries().into_iter().map(|(key, _)| key)
    }

    /// Returns keys and values in their original order.
    ///
    /// ```
    /// let mut extra = ticktick_models::Extra::default();
    /// extra.insert("mood", 1);
    /// for (key, value) in extra.iter() {
    ///     assert_eq!((&*key, value.as_str()), ("mood", "1"));
    /// }
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (Cow<'_, str>, Json)> {
        self.entries().into_iter().map(|(key, value)| (key, value.into()))
    }

    /// Returns whether there are no unknown members.
    ///
    /// ```
    /// assert!(ticktick_models::Extra::default().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.unknown().is_empty()
    }

    /// Returns the number of unknown members.
    ///
    /// ```
    /// let mut extra = ticktick_models::Extra::default();
    /// extra.insert("mood", 1);
    /// assert_eq!(extra.len(), 1);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// Writes the members into the object being written.
    pub(crate) fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.entries().iter().try_for_each(|(key, value)| map.serialize_entry(key, value))
    }

    fn entries(&self) -> Vec<(Cow<'_, str>, &RawValue)> {
        if self.unknown().is_empty() {
            return Vec::new();
        }
        // The text was assembled from parsed members, so this cannot fail.
        members(self.unknown()).unwrap_or_default()
    }
}

/// Reads the members of an object in their order; the values are slices of the text.
pub(crate) fn members(object: &str) -> Result<Vec<(Cow<'_, str>, &RawValue)>, serde_json::Error> {
    serde_json::Deserializer::from_str(object).deserialize_map(Entries)
}

impl PartialEq for Extra {
    /// Compares keys and the text of values, ignoring the order.
    fn eq(&self, other: &Self) -> bool {
        if self.text == other.text {
            return true;
        }
        let sorted = |extra: &Self| {
            let mut entries: Vec<_> =
                extra.entries().into_iter().map(|(key, value)| (key.into_owned(), value.get().to_owned())).collect();
            entries.sort();
            entries
        };
        self.parts().0 == other.parts().0 && sorted(self) == sorted(other)
    }
}

impl Eq for Extra {}

/// Shows only keys, because values may be secret.
impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.keys()).finish()
    }
}

impl Inspect for Extra {
    fn inspect(&self, at: &mut Path, found: &mut Vec<String>) {
        for key in self.keys() {
            at.key(&key, |at| found.push(at.to_string()));
        }
    }
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key_seed(Key)? {
            entries.push((key, map.next_value()?));
        }
        Ok(entries)
    }
}

/// Borrows a key without escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Extra {
        let mut extra = Extra::default();
        extra.insert("a", 1);
        extra.insert("odd \"key\"\n", true);
        extra
    }

    #[test]
    fn members_are_read_changed_and_removed() {
        let mut extra = sample();
        assert_eq!(extra.get("odd \"key\"\n").unwrap().as_str(), "true");
        assert_eq!(extra.insert("a", 2).unwrap().as_str(), "1");
        assert_eq!(extra.len(), 2);
        assert_eq!(extra.remove("a").unwrap().as_str(), "2");
        assert_eq!(extra.keys().collect::<Vec<_>>(), ["odd \"key\"\n"]);
        assert!(extra.remove("a").is_none());
        extra.remove("odd \"key\"\n");
        assert!(extra.is_empty());
        assert_eq!(extra, Extra::default());
    }

    #[test]
    fn order_does_not_matter_and_values_are_not_shown() {
        let mut other = Extra::default();
        other.insert("odd \"key\"\n", true);
        assert_ne!(other, sample());
        other.insert("a", 1);
        assert_eq!(other, sample());
        other.insert("a", "password");
        assert!(!format!("{other:?}").contains("password"));
    }
}
