//! Finds the tasks within a response to a sync.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer as _, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::Deserializer;
use ticktick_models::{List, SyncTasks, Task};

/// The member of a response that has the lists of tasks.
pub(crate) const TASKS: &str = "syncTaskBean";

/// A list of new and changed tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TaskList {
    Update,
    Add,
}

impl TaskList {
    fn named(key: &str) -> Option<Self> {
        match key {
            "update" => Some(Self::Update),
            "add" => Some(Self::Add),
            _ => None,
        }
    }

    /// Returns the list.
    pub(crate) fn of(self, tasks: &mut SyncTasks) -> &mut List<Task> {
        match self {
            Self::Update => &mut tasks.update,
            Self::Add => &mut tasks.add,
        }
    }
}

/// Finds the first list of tasks that is not empty, and where its first task begins. Returns `None` if it is not where the
/// service puts it.
pub(crate) fn find(answer: &str) -> Option<(TaskList, usize)> {
    let mut found = None;
    // What follows is not read, so that this fails whenever it finds the list.
    let _found = Deserializer::from_str(answer).deserialize_map(Search { answer, inside: false, found: &mut found });
    found
}

pub(crate) fn past_space(text: &str) -> &str {
    text.trim_start_matches([' ', '\n', '\r', '\t'])
}

/// Looks for the list among the members of the response, or inside the member with the tasks.
struct Search<'s> {
    answer: &'s str,
    inside: bool,
    found: &'s mut Option<(TaskList, usize)>,
}

impl Search<'_> {
    /// Returns where the first task begins, if the value of a key is a list of objects.
    fn start(&self, key: &str) -> Option<usize> {
        let end = key.as_ptr().addr().checked_sub(self.answer.as_ptr().addr())? + key.len();
        let value = past_space(past_space(self.answer.get(end..)?.strip_prefix('"')?).strip_prefix(':')?);
        let first = past_space(value.strip_prefix('[')?);
        first.starts_with('{').then(|| self.answer.len() - first.len())
    }
}

impl<'de> Visitor<'de> for Search<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<&'de str>()? {
            if !self.inside && key == TASKS {
                map.next_value_seed(Search { inside: true, found: &mut *self.found, ..self })?;
                continue;
            }
            if let Some(list) = TaskList::named(key).filter(|_| self.inside)
                && let Some(start) = self.start(key)
            {
                *self.found = Some((list, start));
                return Err(M::Error::custom("found"));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Search<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_list_with_tasks_is_found() {
        let answer = r#"{"a":1,"syncTaskBean" : {"update":[],"add" : [ {"id""#;
        assert_eq!(find(answer), Some((TaskList::Add, answer.len() - 5)));
        assert_eq!(find(&answer[..answer.len() - 5]), None);
    }

    #[test]
    fn a_list_elsewhere_is_not_found() {
        for answer in [
            "[]",
            r#"{"update":[{}]}"#,
            r#"{"syncTaskBean":null}"#,
            r#"{"syncTaskBean":[{}]}"#,
            r#"{"syncTaskBean":{"update":[]}}"#,
            r#"{"syncTaskBean":{"update":null,"empty":true}}"#,
            r#"{"syncTaskBean":{"\u0075pdate":[{}]}}"#,
        ] {
            assert_eq!(find(answer), None, "{answer}");
        }
    }
}
