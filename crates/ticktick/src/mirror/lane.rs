//! [`Lane`]: the tasks of a long response, which are decoded in the same pass that finds where each of them ends.

use jiff::tz::TimeZone;
use serde_json::Deserializer;
use serde_json::value::RawValue;
use ticktick_models::Task;

use super::columns::Columns;
use super::kind::Kind;
use crate::arrival::{find, first as read, past_space};

/// How many tasks are read before they are passed on.
const SOME: usize = 250;

/// A list of new and changed tasks within a response.
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
        find(answer).map(|(_, start)| Self { answer, start })
    }

    /// Reads the tasks and passes on some at a time, until `take` returns false. Returns where the list ends, or `None`
    /// if the response is not JSON.
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

    /// Returns the response with an empty list in place of the one that ends at `end`.
    pub(super) fn others(&self, end: usize) -> String {
        [&self.answer[..self.start], &self.answer[end..]].concat()
    }
}

/// Reads the task at the start of a text. Returns `None` if it does not start with JSON.
fn first<'a>(text: &'a str, zone: &TimeZone) -> Option<Read<'a>> {
    if let Ok((task, length)) = read::<Task>(text) {
        return Some((&text[..length], Some(Columns::of_task(task, false, zone))));
    }
    let odd: &RawValue = Deserializer::from_str(text).into_iter().next()?.ok()?;
    Some((odd.get(), Columns::of(Kind::Task, odd.get(), zone)))
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
