//! [`Map`]: a map by key that remembers how its emptiness came.

use std::collections::{BTreeMap, btree_map};

use crate::container::{Empty, container};

/// A map that reads absent and null as empty, and preserves which of them it read.
///
/// Equality compares only the contents.
///
/// ```
/// use ticktick_models::Map;
///
/// let etags: Map<String> = serde_json::from_str(r#"{"a":"x1"}"#)?;
/// assert_eq!(etags.get("a").map(String::as_str), Some("x1"));
/// assert!(serde_json::from_str::<Map<String>>("null")?.is_empty());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct Map<T> {
    items: BTreeMap<String, T>,
    empty: Empty,
}

impl<T> Map<T> {
    /// Returns whether the map is empty and its key is omitted.
    ///
    /// ```
    /// use ticktick_models::Map;
    ///
    /// assert!(Map::<i64>::default().is_absent());
    /// ```
    #[must_use]
    pub fn is_absent(&self) -> bool {
        self.items.is_empty() && self.empty == Empty::Absent
    }

    /// Returns whether the map is empty and written as null.
    ///
    /// ```
    /// use ticktick_models::Map;
    ///
    /// assert!(serde_json::from_str::<Map<i64>>("null")?.is_null());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.items.is_empty() && self.empty == Empty::Null
    }

    /// Converts into a plain map.
    ///
    /// ```
    /// use ticktick_models::Map;
    ///
    /// let etags: Map<i64> = serde_json::from_str(r#"{"a":1}"#)?;
    /// assert_eq!(etags.into_map().remove("a"), Some(1));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn into_map(self) -> BTreeMap<String, T> {
        self.items
    }
}

container!(Map, BTreeMap<String, T>, "`{}`", |_| ());

impl<T> FromIterator<(String, T)> for Map<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(items: I) -> Self {
        Self::from(BTreeMap::from_iter(items))
    }
}

impl<T> IntoIterator for Map<T> {
    type Item = (String, T);
    type IntoIter = btree_map::IntoIter<String, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Map<T> {
    type Item = (&'a String, &'a T);
    type IntoIter = btree_map::Iter<'a, String, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emptiness_is_remembered_until_there_is_something() {
        let mut null: Map<i64> = serde_json::from_str("null").unwrap();
        assert!(null.is_null() && !null.is_absent());
        assert_eq!(serde_json::to_string(&null).unwrap(), "null");
        null.insert("a".into(), 1);
        assert_eq!(serde_json::to_string(&null).unwrap(), r#"{"a":1}"#);
        assert_eq!(serde_json::to_string(&serde_json::from_str::<Map<i64>>("{}").unwrap()).unwrap(), "{}");
        assert!(Map::<i64>::default().is_absent());
        assert_eq!(Map::from_iter([("a".to_owned(), 1)]), null);
    }
}
