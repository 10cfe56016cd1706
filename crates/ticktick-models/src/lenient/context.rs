//! The state of a lenient read.

use std::cell::RefCell;

use super::misfit::Misfit;
use crate::json::kind;
use crate::odd::{self, Record};
use crate::scan::quoted;

/// Where the reader is, and what did not fit so far.
#[derive(Default)]
pub(crate) struct Context {
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    path: Vec<Step>,
    /// The objects and responses being read that can keep odd values, outermost first.
    frames: Vec<Frame>,
    misfits: Vec<Misfit>,
}

/// A step of the path.
#[derive(Clone)]
pub(super) enum Step {
    /// To a member that a model knows.
    Member(String),
    /// To a value of a map.
    Entry(String),
    /// To an element of a list.
    Index(usize),
}

#[derive(Default)]
struct Frame {
    /// Length of the path to the object.
    depth: usize,
    /// Whether it is a list or map that is a response, so that it has no members.
    is_answer: bool,
    /// Odd values, each with the key of its member.
    records: Vec<Odd>,
}

struct Odd {
    key: String,
    path: Vec<odd::Step>,
    raw: String,
    shown: Option<String>,
}

/// How much was gathered at some moment.
pub(super) struct Mark {
    path: usize,
    frames: usize,
    records: usize,
    misfits: usize,
}

impl Context {
    pub(super) fn into_misfits(self) -> Vec<Misfit> {
        self.state.into_inner().misfits
    }

    /// Goes one step down for as long as `visit` runs.
    pub(super) fn within<R>(&self, step: Step, visit: impl FnOnce() -> R) -> R {
        self.state.borrow_mut().path.push(step);
        let result = visit();
        self.state.borrow_mut().path.pop();
        result
    }

    /// Notes a value in another form that was understood.
    pub(super) fn understood(&self, raw: &str, shown: String, expected: &str) {
        self.note(raw, Some(shown), expected);
    }

    /// Notes a value that does not fit, by the error that says so.
    pub(super) fn misfit(&self, raw: &str, error: &serde_json::Error) {
        self.note(raw, None, &expected(error));
    }

    fn note(&self, raw: &str, shown: Option<String>, expected: &str) {
        let state = &mut *self.state.borrow_mut();
        let found = if expected == BROKEN { "broken text" } else { kind(raw) };
        let (path, understood) = (rendered(&state.path), shown.is_some());
        state.misfits.push(Misfit { path, expected: expected.to_owned(), found, understood });
        let Some(frame) = state.frames.last_mut() else { return };
        let below = &state.path[frame.depth..];
        let (key, rest) = match below.split_first() {
            _ if frame.is_answer => ("", below),
            Some((Step::Member(key), rest)) => (&**key, rest),
            _ => return,
        };
        let path = rest.iter().map(Step::kept).collect();
        frame.records.push(Odd { key: key.to_owned(), path, raw: raw.to_owned(), shown });
    }

    /// Starts an object that can keep odd members.
    pub(super) fn push_frame(&self) {
        self.push(false);
    }

    /// Starts a list or map that can keep odd elements.
    pub(super) fn push_answer(&self) {
        self.push(true);
    }

    fn push(&self, is_answer: bool) {
        let state = &mut *self.state.borrow_mut();
        state.frames.push(Frame { depth: state.path.len(), is_answer, records: Vec::new() });
    }

    pub(super) fn pop_frame(&self) {
        self.state.borrow_mut().frames.pop();
    }

    /// Forgets what was kept of a member that comes once more: the later value wins.
    pub(super) fn forget(&self, key: &str) {
        if let Some(frame) = self.state.borrow_mut().frames.last_mut() {
            frame.records.retain(|record| record.key != key);
        }
    }

    /// Returns the odd values of the object that was begun last, as text.
    pub(super) fn take_records(&self) -> String {
        let mut text = String::new();
        if let Some(frame) = self.state.borrow_mut().frames.last_mut() {
            for odd in frame.records.drain(..) {
                Record::push(&mut text, &odd.key, &odd.path, &odd.raw, odd.shown.as_deref());
            }
        }
        text
    }

    pub(super) fn mark(&self) -> Mark {
        let state = self.state.borrow();
        Mark {
            path: state.path.len(),
            frames: state.frames.len(),
            records: state.frames.last().map_or(0, |frame| frame.records.len()),
            misfits: state.misfits.len(),
        }
    }

    pub(super) fn rollback(&self, mark: &Mark) {
        let state = &mut *self.state.borrow_mut();
        state.path.truncate(mark.path);
        state.frames.truncate(mark.frames);
        state.misfits.truncate(mark.misfits);
        if let Some(frame) = state.frames.last_mut() {
            frame.records.truncate(mark.records);
        }
    }

    /// Returns whether the path is so long that nothing below it is a model.
    pub(super) fn is_deep(&self) -> bool {
        self.state.borrow().path.len() > 100
    }
}

impl Step {
    fn kept(&self) -> odd::Step {
        match self {
            Self::Member(key) | Self::Entry(key) => odd::Step::Entry(key.clone()),
            Self::Index(index) => odd::Step::Index(*index),
        }
    }
}

/// What is expected where a text is no valid Unicode.
pub(super) const BROKEN: &str = "Unicode text";

/// Renders a path without indices and without keys of maps, which may be ids.
fn rendered(path: &[Step]) -> String {
    let mut text = "$".to_owned();
    for step in path {
        match step {
            Step::Member(key) if key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') => {
                text.push('.');
                text.push_str(key);
            }
            Step::Member(key) => {
                text.push('[');
                text.push_str(&quoted(key));
                text.push(']');
            }
            Step::Entry(_) => text.push_str(".*"),
            Step::Index(_) => text.push_str("[*]"),
        }
    }
    text
}

/// Takes what was expected out of an error, without any value.
fn expected(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.rfind(" at line ").map_or(&*message, |end| &message[..end]);
    if let Some(key) = message.strip_prefix("missing field ") {
        return format!("object with {key}");
    }
    match message.rsplit_once(", expected ").map(|(_, expected)| expected) {
        Some("i64" | "u64") => "integer",
        Some("a string") => "string",
        Some("a boolean") => "boolean",
        Some("a sequence") => "array",
        Some("a map") => "object",
        Some("a number") => "number",
        Some("a date as text or in milliseconds") => "date",
        Some("a string or a whole number") => "string or integer",
        Some(object) if object.starts_with("an object") => "object",
        _ => "another value",
    }
    .to_owned()
}
