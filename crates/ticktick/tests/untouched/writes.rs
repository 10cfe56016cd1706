//! Every write of the client, each with what it may touch.

mod family;
mod habits;
mod members;
mod notes;
mod order;
mod parts;
mod projects;
mod shelf;
mod states;
mod tags;

use std::fmt;
use std::pin::Pin;

use ticktick::{Error, Task};
use ticktick_sim::Collection;

use crate::pick::Pick;
use crate::touch::Touch;
use crate::world::World;

/// What a write was allowed to touch, and how it went.
pub(crate) struct Done {
    pub(crate) touch: Touch,
    pub(crate) result: Result<(), Error>,
    /// Whether a part of it may be done although the rest was refused.
    pub(crate) is_partial: bool,
}

impl Done {
    fn new<T>(touch: Touch, result: Result<T, Error>) -> Option<Self> {
        Some(Self { touch, result: result.map(drop), is_partial: false })
    }

    /// Tells of a write to several objects, of which some may be refused.
    fn several<T>(touch: Touch, result: Result<T, Error>) -> Option<Self> {
        Some(Self { touch, result: result.map(drop), is_partial: true })
    }
}

type Run = for<'a> fn(&'a World, Pick) -> Pin<Box<dyn Future<Output = Option<Done>> + 'a>>;

/// A write: nothing comes of it where there is nothing that it could be done to.
pub(crate) struct Write {
    pub(crate) name: &'static str,
    pub(crate) run: Run,
}

impl fmt::Debug for Write {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Returns all of them.
pub(crate) fn all() -> Vec<&'static Write> {
    let tables = [
        members::WRITES,
        parts::WRITES,
        states::WRITES,
        family::WRITES,
        order::WRITES,
        notes::WRITES,
        projects::WRITES,
        tags::WRITES,
        habits::WRITES,
        shelf::WRITES,
    ];
    tables.into_iter().flatten().collect()
}

/// Makes a table of writes.
macro_rules! writes {
    ($($name:literal => |$world:ident, $pick:ident| $run:expr;)*) => {
        pub(super) const WRITES: &[super::Write] = &[$(
            super::Write {
                name: $name,
                #[allow(unused_mut, unused_variables)]
                run: |$world, mut $pick| Box::pin(async move { $run }),
            },
        )*];
    };
}

/// Makes a table of writes to one task each: which tasks they fit, what they may touch of it, and the call.
macro_rules! task_writes {
    ($($name:literal, $fits:expr => |$client:ident, $task:ident, $pick:ident| $members:expr, $call:expr;)*) => {
        super::writes! {$(
            $name => |world, $pick| {
                let $client = &world.client;
                let $task: ticktick::Task = $pick.of(&world.all(ticktick_sim::Collection::Tasks), $fits)?;
                let touch = super::on(&$task, $members);
                super::Done::new(touch, $call.await)
            };
        )*}
    };
}

use {task_writes, writes};

/// Allows members of one task to change.
fn on<M: Into<String>>(task: &Task, members: impl IntoIterator<Item = M>) -> Touch {
    Touch::default().members(Collection::Tasks, &task.id, members)
}

/// Tells whether a task is not in the trash.
fn is_live(task: &Task) -> bool {
    task.deleted_time.get().is_none()
}

fn is_open(task: &Task) -> bool {
    is_live(task) && task.is_open()
}

/// Tells whether a task repeats by a rule that a client can compute.
fn is_series(task: &Task) -> bool {
    is_open(task) && task.repeat_flag.as_deref().is_some_and(|rule| rule.starts_with("RRULE"))
}

/// Tells whether a task is open and does not repeat.
fn is_single(task: &Task) -> bool {
    is_open(task) && task.repeat_flag.as_deref().is_none_or(str::is_empty)
}
