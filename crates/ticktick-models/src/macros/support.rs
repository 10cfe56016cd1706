//! What the macros expand to and need not repeat for each type.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::Extra;

/// Reads the members of an object: hands out known keys and keeps unknown members.
pub(crate) struct Members<K: 'static> {
    keys: &'static [(&'static str, K)],
    /// Where the last key stood in `keys`: objects come in a settled order, so the next key is near.
    next: usize,
    /// Whether the source is JSON text. Only then may a raw value be borrowed from it.
    text: bool,
    unknown: String,
}

impl<K: Copy> Members<K> {
    pub(crate) fn new<'de>(keys: &'static [(&'static str, K)], map: &impl MapAccess<'de>) -> Self {
        // A tree (`serde_json::Value`) knows how many members it has, a text does not.
        Self { keys, next: 0, text: map.size_hint().is_none(), unknown: String::new() }
    }

    /// Returns the next known key; its value is left to the caller.
    pub(crate) fn next<'de, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<Option<K>, A::Error> {
        loop {
            match map.next_key_seed(NextKey(self))? {
                None => return Ok(None),
                Some(Key::Known(known)) => return Ok(Some(known)),
                Some(Key::Unknown { borrowed: true }) => self.unknown.push_str(map.next_value::<&'de RawValue>()?.get()),
                Some(Key::Unknown { borrowed: false }) => {
                    self.unknown.push_str(map.next_value::<Box<RawValue>>()?.get());
                }
            }
        }
    }

    pub(crate) fn finish(self) -> Extra {
        Extra::from_members(self.unknown)
    }

    fn find(&mut self, key: &str) -> Option<K> {
        let (before, after) = self.keys.split_at(self.next);
        let at = match after.iter().position(|(known, _)| *known == key) {
            Some(at) => self.next + at,
            None => before.iter().position(|(known, _)| *known == key)?,
        };
        self.next = at + 1;
        Some(self.keys[at].1)
    }

    fn key(&mut self, key: &str, borrowed: bool) -> Key<K> {
        match self.find(key) {
            Some(known) => Key::Known(known),
            None => {
                push_key(&mut self.unknown, key);
                Key::Unknown { borrowed: borrowed && self.text }
            }
        }
    }
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

struct NextKey<'m, K: 'static>(&'m mut Members<K>);

impl<'de, K: Copy> DeserializeSeed<'de> for NextKey<'_, K> {
    type Value = Key<K>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key<K>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de, K: Copy> Visitor<'de> for NextKey<'_, K> {
    type Value = Key<K>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<K>, E> {
        Ok(self.0.key(key, true))
    }

    fn visit_str<E>(self, key: &str) -> Result<Key<K>, E> {
        Ok(self.0.key(key, false))
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
