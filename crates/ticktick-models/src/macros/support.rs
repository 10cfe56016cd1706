//! What the macros expand to and need not repeat for each type.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::extra::Extra;
use crate::odd::{Record, Records};
use crate::protocol::LENIENT;
use crate::scan::push_key;
use crate::stand_in::StandIn;

/// The keys that a type knows.
pub(crate) trait Known: Sized {
    fn find(key: &str) -> Option<Self>;
}

/// Reads the members of an object: hands out known keys and keeps unknown members.
pub(crate) struct Members {
    /// Whether the source is JSON text. Only then may a raw value be borrowed from it.
    text: bool,
    /// Whether the source sets aside what does not fit.
    lenient: bool,
    unknown: String,
    odd: String,
}

impl Members {
    pub(crate) fn new<'de>(map: &impl MapAccess<'de>) -> Self {
        // A tree (`serde_json::Value`) knows how many members it has, a text does not.
        let hint = map.size_hint();
        let lenient = hint == Some(LENIENT);
        Self { text: hint.is_none() || lenient, lenient, unknown: String::new(), odd: String::new() }
    }

    /// Returns the next known key; its value is left to the caller.
    pub(crate) fn next<'de, K: Known, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<Option<K>, A::Error> {
        loop {
            match map.next_key_seed(NextKey { unknown: &mut self.unknown, known: PhantomData })? {
                None => return Ok(None),
                Some(Key::Known(known)) => return Ok(Some(known)),
                Some(Key::Unknown { borrowed }) => self.keep(borrowed, map)?,
                Some(Key::Odd(odd)) => self.odd = odd.into(),
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

    /// Returns the default for a required member that is missing or does not fit, if anything can.
    #[cold]
    pub(crate) fn stand_in<T: StandIn, E: Error>(&mut self, key: &'static str) -> Result<T, E> {
        let value = if self.lenient { T::stand_in(key) } else { None };
        let value = value.ok_or_else(|| E::missing_field(key))?;
        if Records::read(&self.odd).of(key).is_empty() {
            Record::push_missing(&mut self.odd, key);
        }
        Ok(value)
    }

    pub(crate) fn finish(self) -> Extra {
        if self.odd.is_empty() { Extra::from_members(self.unknown) } else { Extra::with_odd(&self.odd, self.unknown) }
    }
}

/// Reads a value into its place.
///
/// Not inlined on purpose: otherwise the compiler splits every place into parts and carries them through
/// the whole loop over the keys, which made reading a task take half as long again.
#[inline(never)]
pub(crate) fn read<'de, T, A>(map: &mut A, place: &mut T) -> Result<(), A::Error>
where
    T: Deserialize<'de> + Default,
    A: MapAccess<'de>,
{
    match map.next_value() {
        Ok(value) => *place = value,
        Err(_) if is_lenient(map) => *place = T::default(),
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Reads a required value into its place; see [`read`].
#[inline(never)]
pub(crate) fn read_required<'de, T, A>(map: &mut A, place: &mut Option<T>) -> Result<(), A::Error>
where
    T: Deserialize<'de>,
    A: MapAccess<'de>,
{
    match map.next_value() {
        Ok(value) => *place = Some(value),
        Err(_) if is_lenient(map) => *place = None,
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Returns whether a value that failed was set aside, so that reading goes on.
#[cold]
fn is_lenient<'de, A: MapAccess<'de>>(map: &A) -> bool {
    map.size_hint() == Some(LENIENT)
}

enum Key<K> {
    Known(K),
    Unknown {
        borrowed: bool,
    },
    /// No key, but what the odd members left; comes last.
    Odd(Box<str>),
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

    fn visit_bytes<E: Error>(self, odd: &[u8]) -> Result<Key<K>, E> {
        let text = std::str::from_utf8(odd).map_err(E::custom)?;
        Ok(Key::Odd(text.into()))
    }
}
