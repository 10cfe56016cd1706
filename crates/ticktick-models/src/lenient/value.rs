//! [`Value`]: a deserializer that understands values in other forms and sets aside what does not fit.

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Error;

use super::context::{Context, Step};
use super::keys::{Key, OddMembers};
use super::{forms, scalar};
use crate::json::kind;
use crate::protocol::{ANSWER, LENIENT, MODEL, NUMBER, SHAPES};
use crate::scan::{Children, unquoted};

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
                scalar::whole(self.text, self.context, visitor)
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
            Some(b'"') => scalar::string(self.text, self.context, visitor),
            _ => serde_json::Deserializer::from_str(self.text).deserialize_any(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        scalar::boolean(self.text, self.context, visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        scalar::text(self.text, self.context, visitor)
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

/// Reads a child; one that does not fit is set aside, and leaves nothing else behind.
fn attempt<'de, T: Deserialize<'de>>(context: &Context, step: Step, text: &'de str) -> Result<T, Error> {
    context.within(step, || {
        let mark = context.mark();
        T::deserialize(Value::new(text, context)).inspect_err(|error| {
            context.rollback(&mark);
            context.misfit(text, error);
        })
    })
}

/// The elements of a list.
struct Elements<'de, 'c> {
    children: Children<'de>,
    index: usize,
    context: &'c Context,
}

impl<'de, 'c> Elements<'de, 'c> {
    fn new(children: Children<'de>, context: &'c Context) -> Self {
        Self { children, index: 0, context }
    }

    fn advance(&mut self) -> Option<(Step, &'de str)> {
        let (_, text) = self.children.next()?;
        self.index += 1;
        Some((Step::Index(self.index - 1), text))
    }
}

impl<'de> SeqAccess<'de> for Elements<'de, '_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some((step, text)) = self.advance() else { return Ok(None) };
        self.context.within(step, || seed.deserialize(Value::new(text, self.context)).map(Some))
    }

    fn next_element<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, Error> {
        while let Some((step, text)) = self.advance() {
            if let Ok(element) = attempt(self.context, step, text) {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }
}

/// The entries of a map.
struct Entries<'de, 'c> {
    children: Children<'de>,
    next: Option<(&'de str, &'de str)>,
    context: &'c Context,
}

impl<'de, 'c> Entries<'de, 'c> {
    fn new(children: Children<'de>, context: &'c Context) -> Self {
        Self { children, next: None, context }
    }

    fn advance(&mut self) -> Option<(&'de str, &'de str)> {
        let (key, value) = self.children.next()?;
        self.next = Some((key.unwrap_or_default(), value));
        self.next
    }
}

impl<'de> MapAccess<'de> for Entries<'de, '_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.advance().map(|(key, _)| seed.deserialize(Key(key))).transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let (key, text) = self.next.unwrap_or_default();
        let step = Step::Entry(unquoted(key).into_owned());
        self.context.within(step, || seed.deserialize(Value::new(text, self.context)))
    }

    fn next_entry<K: Deserialize<'de>, V: Deserialize<'de>>(&mut self) -> Result<Option<(K, V)>, Error> {
        while let Some((key, text)) = self.advance() {
            if let Ok(value) = attempt(self.context, Step::Entry(unquoted(key).into_owned()), text) {
                return Ok(Some((K::deserialize(Key(key))?, value)));
            }
        }
        Ok(None)
    }
}

/// The members of a model, and after them what its odd members left.
struct Members<'de, 'c> {
    children: Children<'de>,
    next: Option<(&'de str, &'de str)>,
    context: &'c Context,
}

impl<'de, 'c> Members<'de, 'c> {
    fn new(children: Children<'de>, context: &'c Context) -> Self {
        Self { children, next: None, context }
    }
}

impl<'de> MapAccess<'de> for Members<'de, '_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        if let Some((key, value)) = self.children.next() {
            let key = key.unwrap_or_default();
            self.next = Some((key, value));
            return seed.deserialize(Key(key)).map(Some);
        }
        let odd = self.context.take_records();
        if odd.is_empty() { Ok(None) } else { seed.deserialize(OddMembers(odd)).map(Some) }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(Value::new(self.next.unwrap_or_default().1, self.context))
    }

    fn next_value<T: Deserialize<'de>>(&mut self) -> Result<T, Error> {
        let (key, text) = self.next.unwrap_or_default();
        let key = unquoted(key).into_owned();
        self.context.forget(&key);
        attempt(self.context, Step::Member(key), text)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(LENIENT)
    }
}

/// A list or map that is a response, and after it what its odd elements left.
struct Parts<'de, 'c> {
    text: Option<&'de str>,
    context: &'c Context,
}

impl<'de, 'c> Parts<'de, 'c> {
    fn new(text: &'de str, context: &'c Context) -> Self {
        Self { text: Some(text), context }
    }
}

impl<'de> SeqAccess<'de> for Parts<'de, '_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        match self.text.take() {
            Some(text) => seed.deserialize(Value::new(text, self.context)).map(Some),
            None => seed.deserialize(self.context.take_records().into_deserializer()).map(Some),
        }
    }
}

/// One value to be tried as one type after the other; its kind comes first.
struct Attempts<'de, 'c> {
    kind: Option<&'static str>,
    text: &'de str,
    context: &'c Context,
}

impl<'de, 'c> Attempts<'de, 'c> {
    fn new(text: &'de str, context: &'c Context) -> Self {
        Self { kind: Some(kind(text)), text, context }
    }
}

impl<'de> SeqAccess<'de> for Attempts<'de, '_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        if let Some(kind) = self.kind.take() {
            return seed.deserialize(IntoDeserializer::<Error>::into_deserializer(kind)).map(Some);
        }
        let mark = self.context.mark();
        let value = seed.deserialize(Value::new(self.text, self.context));
        value.map(Some).inspect_err(|_| self.context.rollback(&mark))
    }
}
