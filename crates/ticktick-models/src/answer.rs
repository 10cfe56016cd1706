//! [`Answer`]: a list or map that is a response as a whole, with the elements that do not fit.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::odd::Record;
use crate::protocol::ANSWER;
use crate::{Extra, Inspect, Odd, Path};

/// A list or map that is a complete response, together with the elements that do not fit its type.
///
/// Use it like the list or map that it holds. [`odd`](Self::odd) returns the elements that are not part of
/// it, such as an object without its id. When the response is written, they return to their places.
///
/// Equality compares only the contents.
///
/// # Examples
///
/// ```
/// use ticktick_models::{Answer, Tag, decode_lenient};
///
/// let json = r#"[{"name":"work","label":"Work"},{"label":"no key"}]"#;
/// let tags = decode_lenient::<Answer<Vec<Tag>>>(json.as_bytes())?.value;
/// assert_eq!(tags.len(), 1);
/// assert_eq!(tags.odd()[0].path, "$[1]");
/// assert_eq!(tags.odd()[0].json.as_str(), r#"{"label":"no key"}"#);
/// assert_eq!(serde_json::to_string(&tags)?, json);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Answer<C> {
    items: C,
    /// Contains only records, like those of a member without a name.
    odd: Extra,
}

impl<C> Answer<C> {
    /// Returns the elements that do not fit, and those that were understood in another form, in their
    /// original order.
    ///
    /// ```
    /// use ticktick_models::{Answer, decode_lenient};
    ///
    /// let answer = decode_lenient::<Answer<Vec<i64>>>(b"[1,\"2\",{}]")?.value;
    /// assert_eq!(answer, vec![1, 2]);
    /// assert_eq!(answer.odd().iter().map(|odd| odd.understood).collect::<Vec<_>>(), [true, false]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn odd(&self) -> Vec<Odd> {
        self.odd.records().iter().filter_map(Record::public).collect()
    }

    /// Converts into the plain list or map, without the elements that do not fit.
    ///
    /// ```
    /// use ticktick_models::Answer;
    ///
    /// assert_eq!(Answer::from(vec![1, 2]).into_inner(), [1, 2]);
    /// ```
    #[must_use]
    pub fn into_inner(self) -> C {
        self.items
    }
}

impl<C> From<C> for Answer<C> {
    fn from(items: C) -> Self {
        Self { items, odd: Extra::default() }
    }
}

impl<T> From<Answer<Self>> for Vec<T> {
    fn from(answer: Answer<Self>) -> Self {
        answer.items
    }
}

impl<C> Deref for Answer<C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.items
    }
}

impl<C> DerefMut for Answer<C> {
    fn deref_mut(&mut self) -> &mut C {
        &mut self.items
    }
}

impl<C: IntoIterator> IntoIterator for Answer<C> {
    type Item = C::Item;
    type IntoIter = C::IntoIter;

    fn into_iter(self) -> C::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, C> IntoIterator for &'a Answer<C>
where
    &'a C: IntoIterator,
{
    type Item = <&'a C as IntoIterator>::Item;
    type IntoIter = <&'a C as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<C: fmt::Debug> fmt::Debug for Answer<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}

impl<C: PartialEq> PartialEq for Answer<C> {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items
    }
}

impl<C: Eq> Eq for Answer<C> {}

impl<T: PartialEq> PartialEq<Vec<T>> for Answer<Vec<T>> {
    fn eq(&self, other: &Vec<T>) -> bool {
        self.items == *other
    }
}

impl<T: PartialEq, const N: usize> PartialEq<[T; N]> for Answer<Vec<T>> {
    fn eq(&self, other: &[T; N]) -> bool {
        self.items == *other
    }
}

impl<C: Inspect> Inspect for Answer<C> {
    fn inspect(&self, at: &mut Path, found: &mut Vec<String>) {
        self.items.inspect(at, found);
    }
}

impl<C: Serialize> Serialize for Answer<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.odd.has_odd() {
            return self.items.serialize(serializer);
        }
        let text = serde_json::to_string(&self.items).map_err(S::Error::custom)?;
        let whole = self.odd.records().rewrite("", &text);
        RawValue::from_string(whole).map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl<'de, C: Deserialize<'de>> Deserialize<'de> for Answer<C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(ANSWER, Whole(PhantomData))
    }
}

/// Reads the items. A lenient source returns the records of elements that do not fit after them.
struct Whole<C>(PhantomData<C>);

impl<'de, C: Deserialize<'de>> Visitor<'de> for Whole<C> {
    type Value = Answer<C>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or an object")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Answer<C>, D::Error> {
        C::deserialize(deserializer).map(Answer::from)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Answer<C>, A::Error> {
        let items = parts.next_element()?.ok_or_else(|| serde::de::Error::custom("no value"))?;
        let records: String = parts.next_element()?.unwrap_or_default();
        Ok(Answer { items, odd: Extra::with_odd(&records, String::new()) })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{Lenient, Tag, TagName, decode, decode_lenient};

    fn round_trip<C: Default + Serialize + for<'de> Deserialize<'de>>(json: &str) -> Lenient<Answer<C>> {
        let read = decode_lenient::<Answer<C>>(json.as_bytes()).unwrap();
        assert_eq!(serde_json::to_string(&read.value).unwrap(), json);
        read
    }

    #[test]
    fn odd_elements_keep_their_places() {
        let json = r#"[null,{"name":"a","label":"A","sortOrder":"x"},{"label":"b"},{"name":[],"label":"c"},{"name":5,"label":"d"}]"#;
        let read = round_trip::<Vec<Tag>>(json);
        assert_eq!(read.value.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["a", "5"]);
        let paths: Vec<_> = read.value.odd().into_iter().map(|odd| odd.path).collect();
        assert_eq!(paths, ["$[0]", "$[2]", "$[3]"]);
        // What is odd within an object stays with the object.
        assert!(read.value[0].extra.odd("sortOrder").is_some());
        assert!(read.misfits.iter().any(|misfit| misfit.path == "$[*].sortOrder"), "{:?}", read.misfits);
        assert!(read.misfits.iter().any(|misfit| misfit.path == "$[*]"), "{:?}", read.misfits);
    }

    #[test]
    fn odd_values_of_maps_keep_their_keys() {
        let read = round_trip::<BTreeMap<String, Vec<TagName>>>(r#"{"a":["x",[],7],"b":["y"],"c":5}"#);
        assert_eq!(read.value["a"], [TagName::from("x"), TagName::from("7")]);
        let odd: Vec<_> = read.value.odd().into_iter().map(|odd| (odd.path, odd.understood)).collect();
        assert_eq!(odd, [("$.a[1]".into(), false), ("$.a[2]".into(), true), ("$.c".into(), false)]);
    }

    #[test]
    fn an_answer_that_fits_has_nothing_odd() {
        let answer: Answer<Vec<i64>> = decode(b"[1,2]").unwrap();
        assert!(answer.odd().is_empty());
        assert_eq!(serde_json::to_string(&answer).unwrap(), "[1,2]");
        assert_eq!((&answer).into_iter().sum::<i64>(), 3);
        assert_eq!(Vec::from(answer), [1, 2]);
    }

    #[test]
    fn another_kind_as_a_whole_is_refused() {
        for json in ["{}", "null", "5", "\"x\""] {
            assert!(decode_lenient::<Answer<Vec<Tag>>>(json.as_bytes()).is_err(), "{json}");
        }
    }
}
