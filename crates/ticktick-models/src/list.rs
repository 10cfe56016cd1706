//! [`List`]: a vector that remembers how its emptiness came.

use crate::container::{Empty, container};

/// A vector that reads absent and null as empty, and preserves which of them it read.
///
/// Equality compares only the contents.
///
/// ```
/// use ticktick_models::Task;
///
/// let mut task: Task = serde_json::from_str(r#"{"id":"a","projectId":"b","tags":null}"#)?;
/// assert!(task.tags.is_empty());
/// assert_eq!(serde_json::to_string(&task)?, r#"{"id":"a","projectId":"b","tags":null}"#);
/// task.tags.push("work".into());
/// assert_eq!(serde_json::to_string(&task)?, r#"{"id":"a","projectId":"b","tags":["work"]}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct List<T> {
    items: Vec<T>,
    empty: Empty,
}

impl<T> List<T> {
    /// Returns whether the list is empty and its key is omitted.
    ///
    /// ```
    /// use ticktick_models::List;
    ///
    /// assert!(List::<i64>::default().is_absent());
    /// ```
    #[must_use]
    pub fn is_absent(&self) -> bool {
        self.items.is_empty() && self.empty == Empty::Absent
    }

    /// Returns whether the list is empty and written as null.
    ///
    /// ```
    /// use ticktick_models::List;
    ///
    /// assert!(serde_json::from_str::<List<i64>>("null")?.is_null());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.items.is_empty() && self.empty == Empty::Null
    }

    /// Converts into a plain vector.
    ///
    /// ```
    /// use ticktick_models::List;
    ///
    /// assert_eq!(List::from(vec![1, 2]).into_vec(), [1, 2]);
    /// ```
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.items
    }
}

// Nearly all lists are short, and reading leaves room for four elements in each.
container!(List, Vec<T>, "`[]`", Vec::shrink_to_fit);

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::from(Vec::from_iter(items))
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut List<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter_mut()
    }
}

impl<T: PartialEq> PartialEq<Vec<T>> for List<T> {
    fn eq(&self, other: &Vec<T>) -> bool {
        self.items == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emptiness_is_remembered_until_there_is_something() {
        let mut null: List<i64> = serde_json::from_str("null").unwrap();
        assert!(null.is_null() && !null.is_absent());
        assert_eq!(serde_json::to_string(&null).unwrap(), "null");
        null.push(1);
        assert_eq!(serde_json::to_string(&null).unwrap(), "[1]");
        let empty: List<i64> = serde_json::from_str("[]").unwrap();
        assert!(!empty.is_absent() && !empty.is_null());
        assert_eq!(serde_json::to_string(&empty).unwrap(), "[]");
        assert!(List::<i64>::default().is_absent());
        assert!(!List::from(Vec::<i64>::new()).is_absent());
    }

    #[test]
    fn a_list_that_was_read_takes_no_more_memory_than_its_elements() {
        let list: List<i64> = serde_json::from_str("[1,2,3,4,5]").unwrap();
        assert_eq!(list.into_vec().capacity(), 5);
    }

    #[test]
    fn equality_is_by_contents() {
        let null: List<i64> = serde_json::from_str("null").unwrap();
        assert_eq!(null, List::default());
        assert_eq!(List::from_iter([1, 2]), vec![1, 2]);
        assert_eq!((&List::from_iter([1, 2])).into_iter().sum::<i64>(), 3);
    }
}
