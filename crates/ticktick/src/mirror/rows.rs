//! Reads the tasks of an answer to a sync as rows, in one pass.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::glance::Glance;
use super::list::{Reader, TaskRow};
use super::received::written;
use crate::arrival::TASKS;

/// The tasks of an answer, and everything else as JSON.
pub(super) struct Rows {
    pub(super) tasks: Vec<TaskRow>,
    pub(super) rest: String,
}

impl Rows {
    /// Reads an answer. Returns `None` if a member that lists show does not fit its type.
    pub(super) fn read(json: &str, reader: &mut Reader<'_>, texts: bool) -> Option<Self> {
        let mut rows = Vec::new();
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let answer = Answer(Tasks { reader, texts, rows: &mut rows });
        let rest = answer.deserialize(&mut deserializer).ok()?;
        deserializer.end().ok()?;
        Some(Self { tasks: rows, rest })
    }
}

/// Reads tasks.
struct Tasks<'r, 'z> {
    reader: &'r mut Reader<'z>,
    texts: bool,
    rows: &'r mut Vec<TaskRow>,
}

impl<'z> Tasks<'_, 'z> {
    fn reborrow(&mut self) -> Tasks<'_, 'z> {
        Tasks { reader: self.reader, texts: self.texts, rows: self.rows }
    }

    /// Adds the row of a task, if it is open. Returns `None` if a member does not fit.
    fn add(&mut self, task: Glance<'_>) -> Option<()> {
        let texts = if self.texts { Some(task.texts()?) } else { None };
        if let Some(card) = task.card()? {
            self.rows.push(TaskRow { texts, ..self.reader.row(card) });
        }
        Some(())
    }
}

/// Reads the whole answer. Returns everything but the tasks, as JSON.
struct Answer<'r, 'z>(Tasks<'r, 'z>);

impl<'de> DeserializeSeed<'de> for Answer<'_, '_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Answer<'_, '_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(mut self, mut map: M) -> Result<String, M::Error> {
        let mut members: Vec<(String, &'de RawValue)> = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == TASKS {
                map.next_value_seed(Lanes(self.0.reborrow()))?;
            } else {
                members.push((key, map.next_value()?));
            }
        }
        Ok(written(&members))
    }
}

/// Reads the lanes of new and changed tasks.
struct Lanes<'r, 'z>(Tasks<'r, 'z>);

impl<'de> DeserializeSeed<'de> for Lanes<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Lanes<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<M: MapAccess<'de>>(mut self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if matches!(key.as_str(), "update" | "add") {
                map.next_value_seed(self.0.reborrow())?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Tasks<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tasks<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of tasks")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'de>>(mut self, mut tasks: S) -> Result<(), S::Error> {
        while let Some(task) = tasks.next_element::<Glance<'de>>()? {
            self.add(task).ok_or_else(|| S::Error::custom("a member does not fit"))?;
        }
        Ok(())
    }
}
