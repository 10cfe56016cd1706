//! [`Object`]: a JSON object without a type.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::{Inspect, Json, Path, decode_lenient};

/// A JSON object that keeps the order of its keys and the text of its values.
///
/// ```
/// use ticktick_models::{Object, Task};
///
/// let mut object: Object = serde_json::from_str(r#"{"id":"a","projectId":"b","x":1E3}"#)?;
/// object.set("title", "Milk");
/// let task: Task = object.decode()?;
/// assert_eq!(task.title, "Milk");
/// assert_eq!(Object::encode(&task)?.get("x"), object.get("x"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Object(Vec<(Box<str>, Json)>);

impl Object {
    /// Creates an object without members.
    ///
    /// ```
    /// assert!(ticktick_models::Object::new().is_empty());
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates an object from any value that serializes as an object.
    ///
    /// # Errors
    ///
    /// Fails if the value does not serialize as an object.
    pub fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        serde_json::from_str(&serde_json::to_string(value)?)
    }

    /// Parses the object as a type.
    ///
    /// # Errors
    ///
    /// Fails if the members do not fit the type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&serde_json::to_string(self)?)
    }

    /// Parses the object as a type and keeps aside what does not fit, as
    /// [`decode_lenient`](crate::decode_lenient) does.
    ///
    /// # Errors
    ///
    /// Fails if the object lacks its key.
    ///
    /// ```
    /// use ticktick_models::{Object, Task};
    ///
    /// let object: Object = serde_json::from_str(r#"{"id":"a","projectId":"b","progress":[]}"#)?;
    /// assert!(object.decode::<Task>().is_err());
    /// assert_eq!(Object::encode(&object.decode_lenient::<Task>()?)?, object);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn decode_lenient<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        let text = serde_json::to_string(self)?;
        serde_json::from_str(&text).or_else(|_| Ok(decode_lenient(text.as_bytes())?.value))
    }

    /// Returns the value of a key.
    ///
    /// ```
    /// let mut object = ticktick_models::Object::new();
    /// object.set("title", "Milk");
    /// assert_eq!(object.get("title").unwrap().as_str(), r#""Milk""#);
    /// ```
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    /// Sets the value of a key in its place, or at the end if it is new.
    pub fn set(&mut self, key: impl Into<Box<str>>, value: impl Into<Json>) {
        let (key, value) = (key.into(), value.into());
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, before)) => *before = value,
            None => self.0.push((key, value)),
        }
    }

    /// Removes a key and returns its value.
    ///
    /// ```
    /// let mut object = ticktick_models::Object::new();
    /// object.set("title", "Milk");
    /// assert!(object.remove("title").is_some());
    /// assert!(object.is_empty());
    /// ```
    pub fn remove(&mut self, key: &str) -> Option<Json> {
        let at = self.0.iter().position(|(known, _)| **known == *key)?;
        Some(self.0.remove(at).1)
    }

    /// Sets every member of another object in this one.
    ///
    /// ```
    /// let mut object = ticktick_models::Object::new();
    /// object.set("title", "Milk");
    /// let mut other = ticktick_models::Object::new();
    /// other.set("title", "Bread");
    /// object.merge(other);
    /// assert_eq!(object.get("title").unwrap().as_str(), r#""Bread""#);
    /// ```
    pub fn merge(&mut self, other: Self) {
        for (key, value) in other.0 {
            self.set(key, value);
        }
    }

    /// Returns keys and values in their order.
    ///
    /// ```
    /// let mut object = ticktick_models::Object::new();
    /// object.set("title", "Milk");
    /// for (key, value) in object.iter() {
    ///     assert_eq!((key, value.as_str()), ("title", r#""Milk""#));
    /// }
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(key, value)| (&**key, value))
    }

    /// Returns the number of members.
    ///
    /// ```
    /// let mut object = ticktick_models::Object::new();
    /// object.set("title", "Milk");
    /// assert_eq!(object.len(), 1);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there are no members.
    ///
    /// ```
    /// let mut object = ticktick_models::Object::new();
    /// object.set("title", "Milk");
    /// assert!(!object.is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Shows only keys, because values may be secret.
impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Inspect for Object {
    fn inspect(&self, _: &mut Path, _: &mut Vec<String>) {}
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry::<Box<str>, Json>()? {
            members.push(member);
        }
        let mut seen = HashSet::with_capacity(members.len());
        if members.iter().all(|(key, _)| seen.insert(key)) {
            return Ok(Object(members));
        }
        // A duplicate key: the later value is used.
        let mut object = Object::new();
        object.merge(Object(members));
        Ok(object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn order_and_text_stay() {
        let text = r#"{"z":9007199254740993,"a":[1E3],"\n":null}"#;
        let object: Object = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&object).unwrap(), text);
    }

    #[test]
    fn members_are_set_in_place() {
        let mut object: Object = serde_json::from_str(r#"{"a":1,"b":2,"a":3}"#).unwrap();
        assert_eq!(serde_json::to_string(&object).unwrap(), r#"{"a":3,"b":2}"#);
        let other: Object = serde_json::from_str(r#"{"b":null,"c":4}"#).unwrap();
        object.merge(other);
        assert_eq!(object.remove("a").unwrap().as_str(), "3");
        assert_eq!(serde_json::to_string(&object).unwrap(), r#"{"b":null,"c":4}"#);
        assert_eq!(object.len(), 2);
        assert!(!object.is_empty());
        assert_eq!(object.remove("a"), None);
        assert!(!format!("{:?}", Object::encode(&BTreeMap::from([("a", 987)])).unwrap()).contains("987"));
        assert!(Object::encode(&[1]).is_err());
    }
}
