//! [`Lane`]: the tasks of a long answer, which are decoded in the same pass that finds where each of them ends.

use std::fmt;

use jiff::tz::TimeZone;
use serde::de::{DeserializeSeed, Deserializer as _, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::Deserializer;
use serde_json::value::RawValue;
use ticktick_models::Task;

use super::columns::Columns;
use super::kind::Kind;
use super::received::TASKS;

/// How many tasks are read before they are passed on.
const SOME: usize = 250;

/// A list of new and changed tasks within an answer.
#[derive(Debug, PartialEq)]
pub(super) struct Lane<'a> {
    answer: &'a str,
    /// Where its first task begins.
    start: usize,
}

/// The text of a task, and its columns unless it has no key.
pub(super) type Read<'a> = (&'a str, Option<Columns>);

impl<'a> Lane<'a> {
    /// Finds the first list of tasks that is not empty. Returns `None` if it is not where the service puts it.
    pub(super) fn find(answer: &'a str) -> Option<Self> {
        let mut start = None;
        // What follows is not read, so that this fails whenever it finds the list.
        let _found =
            Deserializer::from_str(answer).deserialize_map(Search { answer, inside: false, start: &mut start });
        Some(Self { answer, start: start? })
    }

    /// Reads the tasks and passes on some at a time, until `take` returns false. Returns where the list ends, or `None`
    /// if the answer is not JSON.
    pub(super) fn read(&self, zone: &TimeZone, mut take: impl FnMut(Vec<Read<'a>>) -> bool) -> Option<usize> {
        let mut rest = &self.answer[self.start..];
        let mut some = Vec::with_capacity(SOME);
        loop {
            let (task, columns) = first(rest, zone)?;
            some.push((task, columns));
            rest = past_space(&rest[task.len()..]);
            let is_last = rest.starts_with(']');
            if is_last || some.len() == SOME {
                let wants_more = take(std::mem::replace(&mut some, Vec::with_capacity(SOME)));
                if is_last || !wants_more {
                    return Some(self.answer.len() - rest.len());
                }
            }
            rest = past_space(rest.strip_prefix(',')?);
        }
    }

    /// Returns the answer with an empty list in place of the one that ends at `end`.
    pub(super) fn others(&self, end: usize) -> String {
        [&self.answer[..self.start], &self.answer[end..]].concat()
    }
}

/// Reads the task at the start of a text. Returns `None` if it does not start with JSON.
fn first<'a>(text: &'a str, zone: &TimeZone) -> Option<Read<'a>> {
    let mut tasks = Deserializer::from_str(text).into_iter::<Task>();
    if let Some(Ok(task)) = tasks.next() {
        return Some((&text[..tasks.byte_offset()], Some(Columns::of_task(task, false, zone))));
    }
    let odd: &RawValue = Deserializer::from_str(text).into_iter().next()?.ok()?;
    Some((odd.get(), Columns::of(Kind::Task, odd.get(), zone)))
}

fn past_space(text: &str) -> &str {
    text.trim_start_matches([' ', '\n', '\r', '\t'])
}

/// Looks for the list among the members of the answer, or inside the member with the tasks.
struct Search<'s> {
    answer: &'s str,
    inside: bool,
    start: &'s mut Option<usize>,
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
                map.next_value_seed(Search { inside: true, start: &mut *self.start, ..self })?;
                continue;
            }
            if self.inside && matches!(key, "update" | "add") {
                *self.start = self.start(key);
                if self.start.is_some() {
                    return Err(M::Error::custom("found"));
                }
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

    fn read(answer: &str) -> Option<(Vec<&str>, String)> {
        let lane = Lane::find(answer)?;
        let mut tasks = Vec::new();
        let end = lane.read(&TimeZone::UTC, |some| {
            tasks.extend(some.into_iter().map(|(task, _)| task));
            true
        })?;
        Some((tasks, lane.others(end)))
    }

    #[test]
    fn the_first_list_with_tasks_is_read_and_the_rest_is_kept() {
        let answer = r#"{"tags":[{"update":[{}]}], "syncTaskBean" : {"add":[],"x":null,"update" : [ {"id":"a","projectId":"p"} ,
            {"id":[],"odd":1} , 7 ], "delete":[]},"checkPoint":1}"#;
        let (tasks, others) = read(answer).unwrap();
        assert_eq!(tasks, [r#"{"id":"a","projectId":"p"}"#, r#"{"id":[],"odd":1}"#, "7"]);
        let rest = r#"{"tags":[{"update":[{}]}], "syncTaskBean" : {"add":[],"x":null,"update" : [ ], "delete":[]},"checkPoint":1}"#;
        assert_eq!(others, rest);
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
            assert_eq!(Lane::find(answer), None, "{answer}");
        }
    }

    #[test]
    fn a_list_that_is_not_json_is_refused() {
        for list in
            [r#"{"id":"a","projectId":"p"}"#, r#"{"id":"a"},]"#, r#"{"id":"a"} {"id":"b"}]"#, "{},", r#"{"id":"#]
        {
            let answer = format!(r#"{{"syncTaskBean":{{"update":[{list}"#);
            assert!(Lane::find(&answer).is_some(), "{answer}");
            assert_eq!(read(&answer), None, "{answer}");
        }
    }
}
