//! Validates one element of a list against the API.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use ticktick_models::{Inspect, Json, Object, Timestamp};

use crate::made::seed::SeedError;
use crate::world::fields::{Fields, object};
use crate::world::maker::is_id;
use crate::world::near::nearest;

/// A member, and a value that replaces it.
pub(super) type Required = (&'static str, fn() -> Value);

/// The properties of the elements of a list.
pub(super) struct Shape {
    /// Name of the list.
    pub(super) list: &'static str,
    /// Required member that a plain text sets.
    pub(super) name: Option<&'static str>,
    /// Members that refer to other objects by name. They exist only in seeds.
    pub(super) references: &'static [&'static str],
    /// Members that contain a date and time.
    pub(super) times: &'static [&'static str],
    /// Members that the model requires and a seed may omit.
    pub(super) required: &'static [Required],
}

/// A valid element.
pub(super) struct Entry {
    /// Its path in the document.
    pub(super) at: String,
    pub(super) object: Object,
    /// References by name, keyed by member.
    references: BTreeMap<&'static str, String>,
}

impl Entry {
    /// Removes and returns a reference by name.
    pub(super) fn reference(&mut self, member: &str) -> Option<String> {
        self.references.remove(member)
    }

    /// Creates an error about a member.
    pub(super) fn wrong(&self, member: &str, expected: impl std::fmt::Display) -> SeedError {
        SeedError::at(format!("{}.{member}", self.at), expected)
    }

    /// Creates an error about a reference to an unknown name.
    pub(super) fn nameless<'a>(
        &self,
        member: &str,
        kind: &str,
        name: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> SeedError {
        let known = nearest(name, known);
        let hint = if known.is_empty() { "there are none".into() } else { format!("nearest: {}", known.join(", ")) };
        self.wrong(member, format!("expected the name of a {kind} of this account ({hint})"))
    }

    /// Creates an error about a reference to a name that several objects have.
    pub(super) fn ambiguous(&self, member: &str, name: &str, [one, other]: [&str; 2]) -> SeedError {
        let why = format!(
            "expected a unique name, but {one} and {other} have the name `{name}`; rename one, or refer to its id"
        );
        self.wrong(member, why)
    }
}

/// Reads a list. Repeated ids are an error.
pub(super) fn entries<M>(at: &str, list: &[Json], shape: &Shape) -> Result<Vec<Entry>, SeedError>
where
    M: DeserializeOwned + Serialize + Inspect,
{
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut entries = Vec::with_capacity(list.len());
    for (place, json) in list.iter().enumerate() {
        let entry = entry::<M>(format!("{at}.{}[{place}]", shape.list), json, shape)?;
        if let Some(id) = entry.object.text("id")
            && let Some(other) = ids.insert(id, entry.at.clone())
        {
            return Err(entry.wrong("id", format!("expected another id, because {other} has this one")));
        }
        entries.push(entry);
    }
    Ok(entries)
}

fn entry<M>(at: String, json: &Json, shape: &Shape) -> Result<Entry, SeedError>
where
    M: DeserializeOwned + Serialize + Inspect,
{
    let object = match (json.decode::<Object>(), json.decode::<String>(), shape.name) {
        (Ok(object), ..) => object,
        (_, Ok(text), Some(name)) => object(&json!({ name: text })),
        (.., Some(name)) => return Err(SeedError::at(at, format!("expected an object, or a text for its `{name}`"))),
        (.., None) => return Err(SeedError::at(at, "expected an object")),
    };
    let mut entry = Entry { at, object, references: BTreeMap::new() };
    if let Some(name) = shape.name.filter(|name| entry.object.word(name).is_none()) {
        return Err(entry.wrong(name, "expected a text that is not empty"));
    }
    for member in shape.references {
        let Some(json) = entry.object.remove(member) else { continue };
        let name = json.decode().map_err(|_| entry.wrong(member, "expected a name"))?;
        entry.references.insert(member, name);
    }
    check_id(&entry)?;
    check::<M>(&entry, shape)?;
    Ok(entry)
}

fn check_id(entry: &Entry) -> Result<(), SeedError> {
    match entry.object.get("id") {
        Some(json) if !json.decode::<String>().is_ok_and(|id| is_id(&id)) => {
            Err(entry.wrong("id", "expected 24 hexadecimal digits in lower case, or no id"))
        }
        _ => Ok(()),
    }
}

/// Validates an element against its model.
fn check<M>(entry: &Entry, shape: &Shape) -> Result<(), SeedError>
where
    M: DeserializeOwned + Serialize + Inspect,
{
    let mut whole = entry.object.clone();
    for (key, value) in shape.required {
        whole.fill(key, value());
    }
    let text = serde_json::to_string(&whole).unwrap_or_default();
    let found = ticktick_models::check::<M>(text.as_bytes());
    let place = |path: &str| format!("{}{}", entry.at, path.trim_start_matches('$'));
    if let Some(error) = found.error {
        let (path, reason) = error.split_once(": ").unwrap_or(("$", &error));
        return Err(SeedError::at(place(path), reason));
    }
    if let Some(path) = found.unknown.first() {
        return Err(SeedError::at(place(path), "expected a member or value that the API has"));
    }
    let is_time = |key: &str| {
        whole.text(key).is_none_or(|text| text.is_empty() || Timestamp::from(text.as_str()).instant().is_some())
    };
    match shape.times.iter().find(|key| !is_time(key)) {
        Some(key) => Err(entry.wrong(key, "expected a date and time, such as 2026-03-01T09:00:00.000+0000")),
        None => Ok(()),
    }
}
