//! Decodes the tasks of a long response to a sync while the rest of it is still on its way.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;
use serde_json::Deserializer;
use ticktick_models::{List, SyncAnswer, Task};
use ticktick_raw::{BodyReader, Call, op};

use crate::{Client, Error};

mod place;

#[cfg(feature = "mirror")]
pub(crate) use place::TASKS;
pub(crate) use place::{TaskList, find, past_space};

/// Sends a sync and decodes its response while it arrives.
pub(crate) async fn check(client: &Client, since: i64) -> Result<SyncAnswer, Error> {
    let (tasks, list, mut answer) = read(client, since, Whole).await?;
    give_back(tasks, list, &mut answer);
    Ok(answer)
}

/// Sends a sync and reads the tasks of its first list while it arrives. Returns them, the list that they were in, and
/// the response without them. Tasks that do not fit their type, and all after them, stay in the response.
pub(crate) async fn read<R: ReadTask>(
    client: &Client,
    since: i64,
    reader: R,
) -> Result<(Vec<R::Task>, Option<TaskList>, SyncAnswer), Error> {
    let mut call = Call::new(&op::SYNC_CHECK).path("checkpoint", &since);
    let arrival = Arc::new(Mutex::new(Arrival::new(reader)));
    // A strict client reports what does not fit in any task.
    if !client.is_strict() {
        call = call.reader(arrival.clone());
    }
    let answer = call.decode(client.wire()).await?;
    let mut arrival = arrival.lock().unwrap_or_else(PoisonError::into_inner);
    Ok((mem::take(&mut arrival.tasks), arrival.list, answer))
}

/// Returns tasks to the list that they were in.
fn give_back(mut tasks: Vec<Task>, list: Option<TaskList>, answer: &mut SyncAnswer) {
    if let Some(list) = list.and_then(|list| Some(list.of(answer.sync_task_bean.as_mut()?))) {
        // Thousands of tasks are not moved.
        tasks.append(list);
        *list = List::from(tasks);
    }
}

/// Reads a task as the caller needs it.
pub(crate) trait ReadTask: Send + 'static {
    type Task: Send;

    /// Reads the task at the start of a text.
    fn read(&mut self, text: &str) -> Read<Self::Task>;
}

/// What was read of a task, if anything, and the length of its text.
pub(crate) type Read<T> = Result<(Option<T>, usize), serde_json::Error>;

/// Reads the value at the start of a text. Returns it and its length.
pub(crate) fn first<'a, T: Deserialize<'a>>(text: &'a str) -> Result<(T, usize), serde_json::Error> {
    let mut values = Deserializer::from_str(text).into_iter();
    match values.next() {
        Some(value) => Ok((value?, values.byte_offset())),
        None => Err(serde::de::Error::custom("no value")),
    }
}

/// Reads whole tasks.
struct Whole;

impl ReadTask for Whole {
    type Task = Task;

    fn read(&mut self, text: &str) -> Read<Task> {
        first(text).map(|(task, length)| (Some(task), length))
    }
}

/// Takes the tasks of the first list that is not empty out of a response.
struct Arrival<R: ReadTask> {
    reader: R,
    tasks: Vec<R::Task>,
    list: Option<TaskList>,
    stage: Stage,
    /// The length of the body from which reading on is worth the effort. A value that is not complete doubles it, so that
    /// even a very long one is read only a few times.
    wanted: usize,
}

/// How far a response was read.
#[derive(Clone, Copy)]
enum Stage {
    Before,
    /// The tasks from this offset on are unread.
    Within(usize),
    After,
}

/// What a list continues with.
enum Next<'a, T> {
    /// A task that is followed by another one.
    Task(Option<T>, &'a str),
    Last(Option<T>, &'a str),
    /// A task that is not complete.
    Cut,
    /// What does not fit.
    Odd,
}

impl<R: ReadTask> Arrival<R> {
    fn new(reader: R) -> Self {
        Self { reader, tasks: Vec::new(), list: None, stage: Stage::Before, wanted: 0 }
    }

    /// Takes complete tasks from the start of a text, and returns what is left of it.
    fn take<'a>(&mut self, mut text: &'a str) -> &'a str {
        loop {
            match self.next(text) {
                Next::Task(task, rest) => {
                    self.tasks.extend(task);
                    text = rest;
                }
                Next::Last(task, rest) => {
                    self.tasks.extend(task);
                    self.stage = Stage::After;
                    return rest;
                }
                Next::Odd => {
                    self.stage = Stage::After;
                    return text;
                }
                Next::Cut => return text,
            }
        }
    }

    fn next<'a>(&mut self, text: &'a str) -> Next<'a, R::Task> {
        let (task, length) = match self.reader.read(text) {
            Ok(read) => read,
            Err(error) if error.is_eof() => return Next::Cut,
            Err(_) => return Next::Odd,
        };
        let rest = past_space(&text[length..]);
        let Some(rest) = rest.strip_prefix(',') else {
            return match rest {
                "" => Next::Cut,
                rest if rest.starts_with(']') => Next::Last(task, rest),
                _ => Next::Odd,
            };
        };
        match past_space(rest) {
            "" => Next::Cut,
            // Without the task, the list would be valid.
            rest if rest.starts_with(']') => Next::Odd,
            rest => Next::Task(task, rest),
        }
    }
}

impl<R: ReadTask> BodyReader for Arrival<R> {
    fn start(&mut self) {
        self.tasks.clear();
        (self.list, self.stage, self.wanted) = (None, Stage::Before, 0);
    }

    fn read(&mut self, body: &mut Vec<u8>) {
        if body.len() < self.wanted {
            return;
        }
        if let Stage::Before = self.stage {
            match find(text(body)) {
                Some((list, start)) => (self.list, self.stage) = (Some(list), Stage::Within(start)),
                None => self.wanted = 2 * body.len(),
            }
        }
        if let Stage::Within(start) = self.stage {
            let unread = text(&body[start..]);
            let left = self.take(unread).len();
            let end = start + unread.len() - left;
            body.drain(start..end);
            self.wanted = body.len() + left;
        }
    }
}

/// Returns the bytes up to the first that is not text. The rest of a character may still be on its way.
fn text(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
