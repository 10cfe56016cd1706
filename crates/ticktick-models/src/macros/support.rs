//! What the macros expand to and need not repeat for each type.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::Extra;

/// The keys that a type knows.
pub(crate) trait Known: Sized {
    fn find(key: &str) -> Option<Self>;
}

/// Reads the members of an object: hands out known keys and keeps unknown members.
pub(crate) struct Members {
    /// Whether the source is JSON text. Only then may a raw value be borrowed from it.
    text: bool,
    unknown: String,
}

impl Members {
    pub(crate) fn new<'de>(map: &impl MapAccess<'de>) -> Self {
        // A tree (`serde_json::Value`) knows how many members it has, a text does not.
        Self { text: map.size_hint().is_none(), unknown: String::new() }
    }

    /// Returns the next known key; its value is left to the caller.
    pub(crate) fn next<'de, K: Known, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<Option<K>, A::Error> {
        loop {
            match map.next_key_seed(NextKey { unknown: &mut self.unknown, known: PhantomData })? {
                None => return Ok(None),
                Some(Key::Known(known)) => return Ok(Some(known)),
                Some(Key::Unknown { borrowed }) => self.keep(borrowed, map)?,
            }
        }
    }

    /// Keeps a value whose key was kept just now.
    fn keep<'de, A: MapAccess<'de>>(&mut self, borrowed: bool, map: &mut A) -> Result<(), A::Error> {
        if borrowed && self.text {
            self.unknown.push_str(map.next_value::<&'de RawValue>()?.get());
        } else {
            self.unknown.push_str(map.next_value::<Box<RawValue>>()?.get());
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Extra {
        Extra::from_members(self.unknown)
    }
}

/// Reads a value into its place.
///
/// Not inlined on purpose: were it, the compiler would take every place apart and carry the parts through the whole
/// loop over the keys, which made reading a task take half as long again.
#[inline(never)]
pub(crate) fn read<'de, T: Deserialize<'de>, A: MapAccess<'de>>(map: &mut A, place: &mut T) -> Result<(), A::Error> {
    *place = map.next_value()?;
    Ok(())
}

/// Reads a required value into its place; see [`read`].
#[inline(never)]
pub(crate) fn read_required<'de, T, A>(map: &mut A, place: &mut Option<T>) -> Result<(), A::Error>
where
    T: Deserialize<'de>,
    A: MapAccess<'de>,
{
    *place = Some(map.next_value()?);
    Ok(())
}

/// Begins a member in the text of an object.
pub(crate) fn push_key(text: &mut String, key: &str) {
    if text.is_empty() {
        // Room for a few members at once; what is left over goes back at the end.
        text.reserve(key.len() + 192);
        text.push('{');
    } else {
        text.push(',');
    }
    if key.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        text.push('"');
        text.push_str(key);
        text.push('"');
    } else {
        text.push_str(&serde_json::Value::from(key).to_string());
    }
    text.push(':');
}

enum Key<K> {
    Known(K),
    Unknown { borrowed: bool },
}

/// Reads a key; one that is not known goes straight into the text that keeps it.
struct NextKey<'m, K> {
    unknown: &'m mut String,
    known: PhantomData<K>,
}

impl<'de, K: Known> DeserializeSeed<'de> for NextKey<'_, K> {
    type Value = Key<K>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key<K>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<K: Known> NextKey<'_, K> {
    fn find(self, key: &str, borrowed: bool) -> Key<K> {
        match K::find(key) {
            Some(known) => Key::Known(known),
            None => {
                push_key(self.unknown, key);
                Key::Unknown { borrowed }
            }
        }
    }
}

impl<'de, K: Known> Visitor<'de> for NextKey<'_, K> {
    type Value = Key<K>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<K>, E> {
        Ok(self.find(key, true))
    }

    fn visit_str<E>(self, key: &str) -> Result<Key<K>, E> {
        Ok(self.find(key, false))
    }
}

/// Reads a type that is made of text, without a string in between.
pub(crate) fn text<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    struct Text<T>(PhantomData<T>);

    impl<T: for<'a> From<&'a str>> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            Ok(T::from(text))
        }
    }

    deserializer.deserialize_str(Text(PhantomData))
}
