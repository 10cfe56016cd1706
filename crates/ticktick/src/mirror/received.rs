//! [`Received`]: the response to a sync, split without decoding its objects.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use ticktick_models::Json;

use super::kind::Kind;
use super::members::Members;
use crate::arrival::TASKS;

/// The lists of a sync that are complete whenever they are present.
pub(super) const LISTS: [(&str, Kind); 4] = [
    ("projectProfiles", Kind::Project),
    ("projectGroups", Kind::Folder),
    ("tags", Kind::Tag),
    ("filters", Kind::Filter),
];

/// A response to a sync.
pub(super) struct Received<'a> {
    pub(super) check_point: i64,
    /// New and changed tasks.
    pub(super) tasks: Vec<&'a RawValue>,
    /// Ids of deleted tasks.
    pub(super) deleted: Vec<String>,
    members: Entries<'a>,
    /// The lanes other than those of new and changed tasks.
    lanes: Entries<'a>,
}

impl<'a> Received<'a> {
    /// Splits a response. Returns `None` if it is not an object with a checkpoint and readable tasks.
    pub(super) fn new(json: &'a str) -> Option<Self> {
        let Answer { members, tasks, lanes } = serde_json::from_str(json).ok()?;
        let check_point = number(members.get("checkPoint")?)?;
        let mut deleted = Vec::new();
        for lane in ["delete", "deletedInTrash", "deletedForever"] {
            let entries = list(lanes.get(lane))?.unwrap_or_default();
            deleted.extend(entries.into_iter().filter_map(|entry| deleted_id(entry.get())));
        }
        Some(Self { check_point, tasks, deleted, members, lanes })
    }

    /// Returns a complete list, or `None` if the member is absent, null or not a list.
    pub(super) fn list(&self, key: &str) -> Option<Vec<&'a RawValue>> {
        list(self.members.get(key)).flatten()
    }

    /// Returns a member, or `None` if it is absent or null.
    pub(super) fn member(&self, key: &str) -> Option<&'a RawValue> {
        self.members.get(key).filter(|value| value.get() != "null")
    }

    /// Returns the response without tasks and lists, as JSON.
    pub(super) fn rest(&self) -> String {
        let lanes = self.lanes.without(&["delete", "deletedInTrash", "deletedForever"]);
        let lists = LISTS.map(|(key, _)| key);
        let mut rest = self.members.0.clone();
        rest.retain(|(key, _)| !lists.contains(&key.as_str()));
        let mut text = written(&rest);
        if !lanes.is_empty() {
            text.pop();
            text.push_str(&format!(",{:?}:{}}}", TASKS, written(&lanes)));
        }
        text
    }
}

/// The members of an object in their order, as text.
#[derive(Default)]
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Entries<'a> {
    fn get(&self, key: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| *value)
    }

    fn without(&self, keys: &[&str]) -> Vec<(String, &'a RawValue)> {
        self.0.iter().filter(|(key, _)| !keys.contains(&key.as_str())).cloned().collect()
    }
}

/// Writes members as an object.
pub(super) fn written(members: &[(String, &RawValue)]) -> String {
    let member = |(key, value): &(String, &RawValue)| format!("{}:{}", Json::from(key.as_str()).as_str(), value.get());
    format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
}

/// Returns the elements of a list, `Some(None)` if it is absent or null, or `None` if it is not a list.
fn list(value: Option<&RawValue>) -> Option<Option<Vec<&RawValue>>> {
    match value.map(RawValue::get) {
        None | Some("null") => Some(None),
        Some(text) => serde_json::from_str(text).ok().map(Some),
    }
}

/// Reads a deleted task, which is an object or only an id.
fn deleted_id(json: &str) -> Option<String> {
    match serde_json::from_str(json) {
        Ok(object) => Members(object).text("taskId"),
        Err(_) => serde_json::from_str(json).ok(),
    }
}

/// Reads an integer. Accepts integers in quotes and with a fraction of zero.
fn number(value: &RawValue) -> Option<i64> {
    value.get().trim_matches('"').trim_end_matches(".0").parse().ok()
}

/// A response, read in one pass because it is long: the lanes of new and changed tasks apart from everything else.
struct Answer<'a> {
    members: Entries<'a>,
    tasks: Vec<&'a RawValue>,
    lanes: Entries<'a>,
}

/// The lanes of tasks.
#[derive(Default)]
struct Lanes<'a> {
    tasks: Vec<&'a RawValue>,
    others: Vec<(String, &'a RawValue)>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Answer<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;

        impl<'de> Visitor<'de> for Visit {
            type Value = Answer<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Answer<'de>, M::Error> {
                let (mut members, mut lanes) = (Vec::new(), Lanes::default());
                while let Some(key) = map.next_key::<String>()? {
                    if key == TASKS {
                        lanes = map.next_value::<Option<Lanes<'de>>>()?.unwrap_or_default();
                    } else {
                        members.push((key, map.next_value()?));
                    }
                }
                Ok(Answer { members: Entries(members), tasks: lanes.tasks, lanes: Entries(lanes.others) })
            }
        }

        deserializer.deserialize_map(Visit)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Lanes<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;

        impl<'de> Visitor<'de> for Visit {
            type Value = Lanes<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Lanes<'de>, M::Error> {
                let mut lanes = Lanes::default();
                while let Some(key) = map.next_key::<String>()? {
                    if matches!(key.as_str(), "update" | "add") {
                        lanes.tasks.extend(map.next_value::<Option<Vec<&RawValue>>>()?.unwrap_or_default());
                    } else {
                        lanes.others.push((key, map.next_value()?));
                    }
                }
                Ok(lanes)
            }
        }

        deserializer.deserialize_map(Visit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_split_and_the_rest_is_kept_byte_for_byte() {
        let json = r#"{"checkPoint":"7","syncTaskBean":{"update":[{"id":"a"}],"delete":["b",{"taskId":"c"},9],"x":1E2},
            "tags":null,"projectProfiles":[ ],"inboxId":"inbox1","odd":1.50}"#;
        let received = Received::new(json).unwrap();
        assert_eq!(received.check_point, 7);
        assert_eq!(received.tasks.len(), 1);
        assert_eq!(received.deleted, ["b", "c"]);
        assert!(received.list("tags").is_none() && received.list("filters").is_none());
        assert!(received.list("projectProfiles").unwrap().is_empty());
        let rest = r#"{"checkPoint":"7","inboxId":"inbox1","odd":1.50,"syncTaskBean":{"x":1E2}}"#;
        assert_eq!(received.rest(), rest);
        assert!(Received::new("[]").is_none() && Received::new(r#"{"checkPoint":1,"syncTaskBean":7}"#).is_none());
    }
}
