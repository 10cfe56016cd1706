//! [`Value`]: a deserializer that understands values in other forms and sets aside what does not fit.

use std::borrow::Cow;

use serde::de::{Deserializer, Visitor};
use serde_json::Error;

use super::access::{Attempts, Elements, Entries, Members, Parts};
use super::context::{BROKEN, Context};
use super::forms;
use super::scan::{Children, quoted, unquoted};
use crate::macros::support::{ANSWER, MODEL, NUMBER, SHAPES};

/// The name by which serde_json hands out raw text.
const RAW: &str = "$serde_json::private::RawValue";

/// The raw text of one value.
#[derive(Clone, Copy)]
pub(super) struct Value<'de, 'c> {
    text: &'de str,
    context: &'c Context,
}

impl<'de, 'c> Value<'de, 'c> {
    pub(super) fn new(text: &'de str, context: &'c Context) -> Self {
        Self { text, context }
    }

    /// Reads a text. If it is broken, repairs it and keeps the original.
    fn string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if serde_json::from_str::<String>(self.text).is_ok() {
            return serde_json::Deserializer::from_str(self.text).deserialize_str(visitor);
        }
        let repaired = unquoted(self.text);
        self.context.understood(self.text, quoted(&repaired), BROKEN);
        visitor.visit_str(&repaired)
    }

    fn whole<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match forms::integer(self.text) {
            Some(whole) => {
                self.context.understood(self.text, whole.to_string(), "integer");
                visitor.visit_i64(whole)
            }
            None => serde_json::Deserializer::from_str(self.text).deserialize_i64(visitor),
        }
    }

    fn number<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Some(number) = forms::number(self.text) else { return visitor.visit_newtype_struct(self) };
        self.context.understood(self.text, number.to_owned(), "number");
        visitor.visit_newtype_struct(Self::new(number, self.context))
    }

    fn starts_with(self, first: u8) -> bool {
        self.text.as_bytes().first() == Some(&first)
    }
}

/// Leaves kinds that have one form only to serde_json.
macro_rules! plainly {
    ($($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
                serde_json::Deserializer::from_str(self.text).$method(visitor)
            }
        )*
    };
}

macro_rules! wholly {
    ($($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
                self.whole(visitor)
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Value<'de, '_> {
    type Error = Error;

    plainly! {
        deserialize_i128 deserialize_u128 deserialize_f32 deserialize_f64 deserialize_char deserialize_bytes
        deserialize_byte_buf deserialize_unit deserialize_identifier deserialize_ignored_any
    }

    wholly! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.text.as_bytes().first() {
            Some(b'{') => self.deserialize_map(visitor),
            Some(b'[') => self.deserialize_seq(visitor),
            Some(b'"') => self.string(visitor),
            _ => serde_json::Deserializer::from_str(self.text).deserialize_any(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match forms::boolean(self.text) {
            Some(truth) => {
                self.context.understood(self.text, truth.to_string(), "boolean");
                visitor.visit_bool(truth)
            }
            None => serde_json::Deserializer::from_str(self.text).deserialize_bool(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.starts_with(b'"') {
            return self.string(visitor);
        }
        if forms::is_number(self.text) {
            self.context.understood(self.text, quoted(self.text), "string");
            return visitor.visit_str(self.text);
        }
        serde_json::Deserializer::from_str(self.text).deserialize_str(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.text == "null" { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        match name {
            RAW => serde_json::Deserializer::from_str(self.text).deserialize_newtype_struct(name, visitor),
            NUMBER => self.number(visitor),
            SHAPES => visitor.visit_seq(Attempts::new(self.text, self.context)),
            ANSWER => {
                self.context.push_answer();
                let answer = visitor.visit_seq(Parts::new(self.text, self.context));
                self.context.pop_frame();
                answer
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if !self.starts_with(b'[') || self.context.is_deep() {
            return serde_json::Deserializer::from_str(self.text).deserialize_seq(visitor);
        }
        visitor.visit_seq(Elements::new(Children::of(self.text), self.context))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if !self.starts_with(b'{') || self.context.is_deep() {
            return serde_json::Deserializer::from_str(self.text).deserialize_map(visitor);
        }
        visitor.visit_map(Entries::new(Children::of(self.text), self.context))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name != MODEL {
            return self.deserialize_map(visitor);
        }
        if !self.starts_with(b'{') {
            return serde_json::Deserializer::from_str(self.text).deserialize_map(visitor);
        }
        self.context.push_frame();
        let model = visitor.visit_map(Members::new(Children::of(self.text), self.context));
        self.context.pop_frame();
        model
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        serde_json::Deserializer::from_str(self.text).deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        serde_json::Deserializer::from_str(self.text).deserialize_enum(name, variants, visitor)
    }
}

/// Hands out a key as text.
pub(super) struct Key<'de>(pub(super) &'de str);

impl<'de> Deserializer<'de> for Key<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match unquoted(self.0) {
            Cow::Borrowed(key) => visitor.visit_borrowed_str(key),
            Cow::Owned(key) => visitor.visit_string(key),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Hands out the text of odd members where a model asks for its next key.
pub(super) struct OddMembers(pub(super) String);

impl<'de> Deserializer<'de> for OddMembers {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bytes(self.0.as_bytes())
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
