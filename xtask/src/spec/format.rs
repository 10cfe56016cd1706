//! One of our own formats: a file of `spec/formats`.

use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A JSON Schema that was read.
#[derive(Debug)]
pub(crate) struct Format {
    /// `faults` for `spec/formats/faults.schema.json`.
    pub(crate) name: String,
    pub(crate) schema: Json,
}

impl Format {
    pub(crate) fn read(name: &str, text: &str) -> serde_json::Result<Self> {
        Ok(Self { name: name.trim_end_matches(".schema.json").to_owned(), schema: serde_json::from_str(text)? })
    }
}

/// JSON whose members keep their order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Object(Vec<(String, Json)>),
    Array(Vec<Json>),
    Scalar(Value),
}

impl Json {
    pub(crate) fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Self::Object(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Returns the members of a member; empty if it is not an object.
    pub(crate) fn members(&self, key: &str) -> &[(String, Json)] {
        match self.get(key) {
            Some(Self::Object(members)) => members,
            _ => &[],
        }
    }

    /// Adds a member to an object that is a member.
    pub(crate) fn add(&mut self, key: &str, name: &str, value: Json) {
        let Self::Object(members) = self else { return };
        if let Some((_, Self::Object(members))) = members.iter_mut().find(|(member, _)| member == key) {
            members.push((name.to_owned(), value));
        }
    }

    /// Returns the elements of a member; empty if it is not a list.
    pub(crate) fn items(&self, key: &str) -> &[Json] {
        match self.get(key) {
            Some(Self::Array(items)) => items,
            _ => &[],
        }
    }

    /// Returns the texts in a member.
    pub(crate) fn texts(&self, key: &str) -> Vec<&str> {
        let texts = self.items(key).iter().map(|item| match item {
            Self::Scalar(value) => value.as_str(),
            _ => None,
        });
        texts.flatten().collect()
    }

    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        match self.get(key) {
            Some(Self::Scalar(value)) => value.as_str(),
            _ => None,
        }
    }

    /// Calls a function with this value and all values inside it, the outermost first.
    pub(crate) fn visit(&mut self, change: &mut impl FnMut(&mut Json)) {
        change(self);
        match self {
            Self::Object(members) => members.iter_mut().for_each(|(_, value)| value.visit(change)),
            Self::Array(items) => items.iter_mut().for_each(|item| item.visit(change)),
            Self::Scalar(_) => {}
        }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
            Self::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Scalar(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Json::Object(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Scalar(text.into()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Scalar(value.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Scalar(number.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Scalar(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Scalar(number.into()))
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Scalar(Value::Null))
    }
}
