//! [`Field`]: absent, null or a value.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

mod compare;

/// A member of an object: absent, null or a value.
///
/// A field compares with a plain value: `task.title == "Milk"`, `task.priority >= Priority::Medium`. A field without a
/// value equals no value and is neither greater nor less. Two fields are ordered absent, null, value.
///
/// ```
/// use ticktick_models::{Tag, Field};
///
/// let mut tag: Tag = serde_json::from_str(r#"{"name":"work","label":"Work","color":null}"#)?;
/// assert!(tag.color.is_null() && tag.parent.is_absent());
/// tag.color = "#FF0000".into();
/// assert_eq!(tag.color.as_deref(), Some("#FF0000"));
/// assert_eq!(serde_json::to_string(&tag)?, r##"{"name":"work","label":"Work","color":"#FF0000"}"##);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field<T> {
    /// The key is missing, and is not written.
    #[default]
    Absent,
    /// The key is present and null.
    Null,
    /// The key has a value.
    Value(T),
}

impl<T> Field<T> {
    /// Returns the value, if there is one.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// assert_eq!(Field::Value(7).get(), Some(&7));
    /// assert_eq!(Field::<i64>::Null.get(), None);
    /// ```
    pub const fn get(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the value, if there is one. Same as [`get`](Self::get), named as in `Option`.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// assert_eq!(Field::Value(7).as_ref(), Some(&7));
    /// ```
    pub const fn as_ref(&self) -> Option<&T> {
        self.get()
    }

    /// Returns a mutable reference to the value, if there is one.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// let mut count = Field::Value(7);
    /// if let Some(count) = count.as_mut() {
    ///     *count += 1;
    /// }
    /// assert_eq!(count, Field::Value(8));
    /// ```
    pub const fn as_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Returns whether there is a value.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// assert!(Field::Value(7).is_some());
    /// assert!(!Field::<i64>::Null.is_some());
    /// ```
    pub const fn is_some(&self) -> bool {
        matches!(self, Self::Value(_))
    }

    /// Returns whether there is no value: the key is absent or null.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// assert!(Field::<i64>::Absent.is_none() && Field::<i64>::Null.is_none());
    /// ```
    pub const fn is_none(&self) -> bool {
        !self.is_some()
    }

    /// Returns whether there is a value that satisfies a condition.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// let title = Field::Value("Buy milk".to_owned());
    /// assert!(title.is_some_and(|title| title.contains("milk")));
    /// ```
    pub fn is_some_and(&self, is_met: impl FnOnce(&T) -> bool) -> bool {
        self.get().is_some_and(is_met)
    }

    /// Computes a result from the value, or returns the given default if there is no value.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// assert_eq!(Field::Value("Buy milk".to_owned()).map_or(0, |title| title.len()), 8);
    /// assert_eq!(Field::<String>::Null.map_or(0, |title| title.len()), 0);
    /// ```
    pub fn map_or<U>(&self, other: U, compute: impl FnOnce(&T) -> U) -> U {
        self.get().map_or(other, compute)
    }

    /// Returns the dereferenced value, such as `&str` for a `String`.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// assert_eq!(Field::Value("work".to_owned()).as_deref(), Some("work"));
    /// ```
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        self.get().map(T::deref)
    }

    /// Returns a copy of the value, if there is one.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// assert_eq!(Field::Value(7).copied(), Some(7));
    /// ```
    pub const fn copied(&self) -> Option<T>
    where
        T: Copy,
    {
        match self {
            Self::Value(value) => Some(*value),
            _ => None,
        }
    }

    /// Converts into an `Option`.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// assert_eq!(Field::Value("work").into_option(), Some("work"));
    /// assert_eq!(Field::<&str>::Absent.into_option(), None);
    /// ```
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Sets a value.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// let mut name = Field::<String>::Absent;
    /// name.set("work");
    /// assert_eq!(name.as_deref(), Some("work"));
    /// ```
    pub fn set(&mut self, value: impl Into<T>) {
        *self = Self::Value(value.into());
    }

    /// Sets null, which makes the server remove the value.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// let mut count = Field::Value(7);
    /// count.clear();
    /// assert!(count.is_null());
    /// ```
    pub fn clear(&mut self) {
        *self = Self::Null;
    }

    /// Returns whether the key is missing.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// assert!(Field::<i64>::default().is_absent());
    /// assert!(!Field::<i64>::Null.is_absent());
    /// ```
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns whether the key is present and null.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// assert!(Field::<i64>::Null.is_null());
    /// assert!(!Field::<i64>::Absent.is_null());
    /// ```
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Converts an option: `Some` becomes a value, and `None` omits the key.
    ///
    /// The conversion by [`From`] writes null for `None`, which makes the server remove the value.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// assert_eq!(Field::or_absent(Some(7)), Field::Value(7));
    /// assert_eq!(Field::<i64>::or_absent(None), Field::Absent);
    /// ```
    pub fn or_absent(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }

    /// Converts the value, and keeps absent and null.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// assert_eq!(Field::Value(7).map(|count| count > 5), Field::Value(true));
    /// assert_eq!(Field::<i64>::Null.map(|count| count > 5), Field::Null);
    /// ```
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Field<U> {
        match self {
            Self::Absent => Field::Absent,
            Self::Null => Field::Null,
            Self::Value(value) => Field::Value(change(value)),
        }
    }

    /// Returns the value, or the given default if there is none.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// assert_eq!(Field::Null.unwrap_or(7), 7);
    /// ```
    pub fn unwrap_or(self, other: T) -> T {
        self.into_option().unwrap_or(other)
    }

    /// Returns the value, or the type's default if there is none.
    ///
    /// ```
    /// use ticktick_models::Field;
    ///
    /// assert_eq!(Field::<i64>::Absent.unwrap_or_default(), 0);
    /// ```
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        self.into_option().unwrap_or_default()
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` becomes null, which makes the server remove the value; [`Field::or_absent`] omits the key.
impl<T> From<Option<T>> for Field<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl From<&str> for Field<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

/// Writes the value, or nothing if there is none.
impl<T: fmt::Display> fmt::Display for Field<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().map_or(Ok(()), |value| value.fmt(f))
    }
}

/// Absent members are skipped by the object around them.
impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            _ => serializer.serialize_unit(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<T>::deserialize(deserializer)?.map_or(Self::Null, Self::Value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_and_a_value_are_read_apart() {
        assert_eq!(serde_json::from_str::<Field<i64>>("null").unwrap(), Field::Null);
        assert_eq!(serde_json::from_str::<Field<i64>>("7").unwrap(), 7);
        assert_eq!(Field::<i64>::default(), Field::Absent);
    }

    #[test]
    fn conversions_name_the_state() {
        assert_eq!(Field::<i64>::from(Some(1)), Field::Value(1));
        assert_eq!(Field::<i64>::from(None), Field::Null, "which clears");
        assert_eq!(Field::<i64>::or_absent(None), Field::Absent);
        assert_eq!(Field::<String>::from("a"), "a");
        assert_eq!(Field::Value(2).map(|n| n * 2), Field::Value(4));
        assert_eq!(Field::<i64>::Null.map(|n| n * 2), Field::Null);
        assert_eq!(Field::<i64>::Null.unwrap_or_default(), 0);
    }

    #[test]
    fn setting_and_clearing() {
        let mut field = Field::<String>::Absent;
        field.set("a");
        field.as_mut().unwrap().push('b');
        assert_eq!(field.as_deref(), Some("ab"));
        field.clear();
        assert!(field.is_null() && field.get().is_none());
    }
}
