//! Provides the children of lists, maps and models, and keeps aside those that do not fit.

use serde::Deserialize;
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess};
use serde_json::Error;

use super::context::{Context, Step};
use super::scan::{Children, unquoted};
use super::value::{Key, OddMembers, Value};
use crate::json::kind;

/// The number of members that only a model read leniently claims to have: it may go on after a value that failed.
pub(crate) const LENIENT: usize = usize::MAX;

/// The elements of a list.
pub(super) struct Elements<'de, 'c> {
    children: Children<'de>,
    index: usize,
    context: &'c Context,
}

impl<'de, 'c> Elements<'de, 'c> {
    pub(super) fn new(children: Children<'de>, context: &'c Context) -> Self {
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
            if let Ok(element) = self.context.attempt(step, text) {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }
}

/// The entries of a map.
pub(super) struct Entries<'de, 'c> {
    children: Children<'de>,
    next: Option<(&'de str, &'de str)>,
    context: &'c Context,
}

impl<'de, 'c> Entries<'de, 'c> {
    pub(super) fn new(children: Children<'de>, context: &'c Context) -> Self {
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
            if let Ok(value) = self.context.attempt(Step::Entry(unquoted(key).into_owned()), text) {
                return Ok(Some((K::deserialize(Key(key))?, value)));
            }
        }
        Ok(None)
    }
}

/// The members of a model, and after them what its odd members left.
pub(super) struct Members<'de, 'c> {
    children: Children<'de>,
    next: Option<(&'de str, &'de str)>,
    context: &'c Context,
}

impl<'de, 'c> Members<'de, 'c> {
    pub(super) fn new(children: Children<'de>, context: &'c Context) -> Self {
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
        self.context.attempt(Step::Member(key), text)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(LENIENT)
    }
}

/// A list or map that is an answer, and after it what its odd elements left.
pub(super) struct Parts<'de, 'c> {
    text: Option<&'de str>,
    context: &'c Context,
}

impl<'de, 'c> Parts<'de, 'c> {
    pub(super) fn new(text: &'de str, context: &'c Context) -> Self {
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
pub(super) struct Attempts<'de, 'c> {
    kind: Option<&'static str>,
    text: &'de str,
    context: &'c Context,
}

impl<'de, 'c> Attempts<'de, 'c> {
    pub(super) fn new(text: &'de str, context: &'c Context) -> Self {
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
