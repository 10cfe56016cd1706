//! What an object keeps of members that do not fit their types.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use serde::ser::{Error as _, SerializeMap};
use serde_json::value::RawValue;

use crate::json::Json;
use crate::path::Path;
use crate::scan::{Children, quoted, unquoted};

/// A member, or a part of one, that does not fit the member's type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Odd {
    /// Its path, from the object that contains it, such as `$.assignee` or `$.tags[2]`.
    pub path: String,
    /// The original value.
    pub json: Json,
    /// Whether its meaning was clear, so that the member has a value: `"118"` for a number.
    pub understood: bool,
}

/// A step from a member to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Entry(String),
    Index(usize),
}

/// How a member is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kept<'a> {
    /// A required member is missing.
    Missing,
    /// The value does not fit.
    Raw(&'a str),
    /// The value was understood; once written, it would be `shown`.
    Understood { raw: &'a str, shown: &'a str },
}

/// One odd value: the member, the place in it, and what came there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record<'a> {
    pub(crate) key: Cow<'a, str>,
    pub(crate) path: Vec<Step>,
    pub(crate) kept: Kept<'a>,
}

impl<'a> Record<'a> {
    /// Reads `["key"]`, `["key",[path],raw]` or `["key",[path],raw,shown]`.
    fn read(text: &'a str) -> Option<Self> {
        let mut parts = Children::of(text).map(|(_, part)| part);
        let key = unquoted(parts.next()?);
        let Some(path) = parts.next() else {
            return Some(Self { key, path: Vec::new(), kept: Kept::Missing });
        };
        let path = Children::of(path).filter_map(|(_, step)| Step::read(step)).collect();
        let raw = parts.next()?;
        let kept = parts.next().map_or(Kept::Raw(raw), |shown| Kept::Understood { raw, shown });
        Some(Self { key, path, kept })
    }

    /// Adds the text of a record.
    pub(crate) fn push(text: &mut String, key: &str, path: &[Step], raw: &str, shown: Option<&str>) {
        text.push_str(if text.is_empty() { "[" } else { "," });
        let steps: Vec<String> = path.iter().map(Step::text).collect();
        let _ = write!(text, "[{},[{}],{raw}", quoted(key), steps.join(","));
        if let Some(shown) = shown {
            let _ = write!(text, ",{shown}");
        }
        text.push(']');
    }

    /// Adds the text of a record of a required member that is missing.
    pub(crate) fn push_missing(text: &mut String, key: &str) {
        text.push_str(if text.is_empty() { "[" } else { "," });
        let _ = write!(text, "[{}]", quoted(key));
    }

    /// Adds the text of this record.
    pub(crate) fn write(&self, text: &mut String) {
        match self.kept {
            Kept::Missing => Self::push_missing(text, &self.key),
            Kept::Raw(raw) => Self::push(text, &self.key, &self.path, raw, None),
            Kept::Understood { raw, shown } => Self::push(text, &self.key, &self.path, raw, Some(shown)),
        }
    }

    /// Returns what came, where anything did.
    pub(crate) fn raw(&self) -> Option<&'a str> {
        match self.kept {
            Kept::Missing => None,
            Kept::Raw(raw) | Kept::Understood { raw, .. } => Some(raw),
        }
    }

    /// Returns the record for callers.
    pub(crate) fn public(&self) -> Option<Odd> {
        let mut path = Path::default();
        // The elements of a response belong to no member.
        if !self.key.is_empty() {
            path.push_key(&self.key);
        }
        for step in &self.path {
            match step {
                Step::Entry(key) => path.push_key(key),
                Step::Index(index) => path.push_index(*index),
            }
        }
        let json = self.raw()?.parse().ok()?;
        Some(Odd { path: path.to_string(), json, understood: matches!(self.kept, Kept::Understood { .. }) })
    }

    fn is_whole(&self) -> bool {
        self.path.is_empty()
    }
}

impl Step {
    fn read(text: &str) -> Option<Self> {
        if text.starts_with('"') {
            Some(Self::Entry(unquoted(text).into_owned()))
        } else {
            text.parse().ok().map(Self::Index)
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Entry(key) => quoted(key),
            Self::Index(index) => index.to_string(),
        }
    }
}

/// The odd values of an object, in the order they came.
#[derive(Debug)]
pub(crate) struct Records<'a>(Vec<Record<'a>>);

impl<'a> Records<'a> {
    /// Reads the text of all records; it lacks the closing bracket of the list.
    pub(crate) fn read(text: &'a str) -> Self {
        Self(Children::of(text).filter_map(|(_, record)| Record::read(record)).collect())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Record<'a>> {
        self.0.iter()
    }

    pub(crate) fn of(&self, key: &str) -> Vec<&Record<'a>> {
        self.0.iter().filter(|record| record.key == key).collect()
    }

    /// Puts the odd values of a member into the text of its value.
    pub(crate) fn rewrite(&self, key: &str, text: &str) -> String {
        rewritten(text, &self.of(key), 0)
    }

    /// Writes a member: as it came where it was not set since, else as it is, with its odd parts in their places.
    ///
    /// `stand_in` is the value used for the member if it is required and has no value of its own.
    pub(crate) fn write<T, M>(
        &self,
        map: &mut M,
        key: &'static str,
        value: Option<&T>,
        stand_in: Option<&T>,
    ) -> Result<(), M::Error>
    where
        T: Serialize + ?Sized,
        M: SerializeMap,
    {
        let records = self.of(key);
        let whole = records.iter().find(|record| record.is_whole());
        let text = |value| serde_json::to_string(value).map_err(M::Error::custom);
        match (value, whole.map(|record| &record.kept)) {
            (None, Some(Kept::Raw(raw))) => write_raw(map, key, raw),
            (None, _) => Ok(()),
            (Some(value), _) if records.is_empty() => map.serialize_entry(key, value),
            (Some(value), Some(kept @ (Kept::Raw(_) | Kept::Missing))) => match (stand_in, kept) {
                (Some(other), _) if text(value)? != text(other)? => map.serialize_entry(key, value),
                (Some(_), Kept::Raw(raw)) => write_raw(map, key, raw),
                (Some(_), _) => Ok(()),
                (None, _) => map.serialize_entry(key, value),
            },
            (Some(value), _) => write_raw(map, key, &rewritten(&text(value)?, &records, 0)),
        }
    }
}

fn write_raw<M: SerializeMap>(map: &mut M, key: &'static str, raw: &str) -> Result<(), M::Error> {
    let raw: &RawValue = serde_json::from_str(raw).map_err(M::Error::custom)?;
    map.serialize_entry(key, raw)
}

/// Puts odd values into the text of a member; one that was understood only where the value is still the same.
fn rewritten(text: &str, records: &[&Record<'_>], depth: usize) -> String {
    let here = records.iter().find(|record| record.path.len() == depth);
    match (here.map(|record| &record.kept), text.as_bytes().first()) {
        (Some(Kept::Understood { raw, shown }), _) if *shown == text => (*raw).to_owned(),
        (Some(_), _) => text.to_owned(),
        (None, Some(b'[')) => rewritten_array(text, records, depth),
        (None, Some(b'{')) => rewritten_object(text, records, depth),
        (None, _) => text.to_owned(),
    }
}

fn rewritten_array(text: &str, records: &[&Record<'_>], depth: usize) -> String {
    let mut elements = Children::of(text).map(|(_, element)| element);
    let mut written: Vec<String> = Vec::new();
    for group in records.chunk_by(|one, other| one.path[depth] == other.path[depth]) {
        let Step::Index(index) = group[0].path[depth] else { continue };
        while written.len() < index
            && let Some(element) = elements.next()
        {
            written.push(element.to_owned());
        }
        match inserted(group, depth) {
            Some(raw) => written.push(raw.to_owned()),
            None => written.extend(elements.next().map(|element| rewritten(element, group, depth + 1))),
        }
    }
    written.extend(elements.map(str::to_owned));
    format!("[{}]", written.join(","))
}

fn rewritten_object(text: &str, records: &[&Record<'_>], depth: usize) -> String {
    let mut groups: BTreeMap<&str, Vec<&Record<'_>>> = BTreeMap::new();
    for record in records {
        if let Step::Entry(key) = &record.path[depth] {
            groups.entry(key).or_default().push(record);
        }
    }
    let mut written: Vec<String> = Vec::new();
    for (key, value) in Children::of(text) {
        let Some(key) = key else { continue };
        let value = match groups.remove(&*unquoted(key)) {
            Some(group) => rewritten(value, &group, depth + 1),
            None => value.to_owned(),
        };
        written.push(format!("{key}:{value}"));
    }
    let missing = groups.iter().filter_map(|(key, group)| Some(format!("{}:{}", quoted(key), inserted(group, depth)?)));
    written.extend(missing);
    format!("{{{}}}", written.join(","))
}

/// Returns the odd value that takes a place of its own, if these records are one.
fn inserted<'a>(group: &[&Record<'a>], depth: usize) -> Option<&'a str> {
    group.iter().find_map(|record| match record.kept {
        Kept::Raw(raw) if record.path.len() == depth + 1 => Some(raw),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewrite(text: &str, records: &str) -> String {
        let records = Records::read(records);
        rewritten(text, &records.of("k"), 0)
    }

    #[test]
    fn odd_elements_return_to_their_places() {
        let records = r#"[["k",[0],null],["k",[2],{"a":1}],["k",[3],7,"7"]"#;
        assert_eq!(rewrite(r#"["x","7"]"#, records), r#"[null,"x",{"a":1},7]"#);
        assert_eq!(rewrite(r#"["x","8"]"#, records), r#"[null,"x",{"a":1},"8"]"#);
        assert_eq!(rewrite("[]", records), r#"[null,{"a":1}]"#);
        assert_eq!(rewrite("null", records), "null");
    }

    #[test]
    fn odd_entries_return_to_their_keys() {
        let records = r#"[["k",["b"],true],["k",["c",1],[]],["k",["d"],1.0,1]"#;
        assert_eq!(rewrite(r#"{"a":0,"c":[1,2],"d":1}"#, records), r#"{"a":0,"c":[1,[],2],"d":1.0,"b":true}"#);
        assert_eq!(rewrite(r#"{"b":5}"#, records), r#"{"b":5}"#);
    }
}
