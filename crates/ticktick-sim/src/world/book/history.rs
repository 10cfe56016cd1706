//! The history of tasks, and dismissed reminders.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ticktick_models::{Json, Object};

use crate::world::fields::{Fields, is_null};

/// The kinds of entries. The names for reopening, priority and files are guesses that follow the pattern of
/// the recorded ones.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Event {
    Create,
    Title,
    Content,
    Due,
    Move,
    Parent,
    Column,
    Priority,
    Tag,
    Assign,
    AddFile,
    DeleteFile,
    Complete,
    Reopen,
    Delete,
}

impl Event {
    /// Returns the name of the kind in the API.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Create => "T_CREATE",
            Self::Title => "T_TITLE",
            Self::Content => "T_CONTENT",
            Self::Due => "T_DUE",
            Self::Move => "T_MOVE",
            Self::Parent => "T_PARENT",
            Self::Column => "T_COLUMN",
            Self::Priority => "T_PRIORITY",
            Self::Tag => "T_TAG",
            Self::Assign => "T_ASSIGN",
            Self::AddFile => "T_ADD_FILE",
            Self::DeleteFile => "T_DEL_FILE",
            Self::Complete => "T_DONE",
            Self::Reopen => "T_REOPEN",
            Self::Delete => "T_DELETE",
        }
    }

    /// Returns the additional members of an entry, each with the member of the task that it is copied from.
    fn details(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Title => &[("title", "title")],
            Self::Content => &[("content", "content")],
            Self::Due => &[("dueDate", "dueDate"), ("isAllDay", "isAllDay")],
            Self::Move => &[("toProjectId", "projectId")],
            _ => &[],
        }
    }

    /// Returns the additional members that are copied from the previous version of the task.
    fn details_before(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Due => &[("dueDateBefore", "dueDate")],
            Self::Move => &[("fromProjectId", "projectId")],
            _ => &[],
        }
    }
}

/// An entry of the history.
#[derive(Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) task: Box<str>,
    pub(crate) event: Event,
    pub(crate) at: Timestamp,
    #[serde(default)]
    pub(crate) details: Map<String, Value>,
}

impl Entry {
    pub(crate) fn new(event: Event, before: &Object, after: &Object, at: Timestamp) -> Self {
        let mut details = Map::new();
        for (members, task) in [(event.details_before(), before), (event.details(), after)] {
            for (name, key) in members {
                if let Some(value) = task.read::<Value>(key).filter(|value| !value.is_null()) {
                    details.insert((*name).to_owned(), value);
                }
            }
        }
        Self { task: before.text("id").unwrap_or_default().into(), event, at, details }
    }
}

/// The changes of tasks, oldest first. Creations are not included, because tasks contain their creation time.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct History(pub(crate) Vec<Entry>);

impl History {
    /// Records the differences between two versions of a task.
    pub(crate) fn note(&mut self, before: &Object, after: &Object, now: Timestamp) {
        let value =
            |task: &Object, key: &str| task.get(key).filter(|json| !is_null(json)).map(|json| json.as_str().to_owned());
        let differs = |key: &str| value(before, key) != value(after, key);
        let int = |task: &Object, key: &str| task.int(key).unwrap_or_default();
        let files = |task: &Object| task.read::<Vec<Json>>("attachments").map_or(0, |files| files.len());
        let events = [
            (Event::Title, differs("title")),
            (Event::Content, differs("content") || differs("desc")),
            (Event::Due, differs("startDate") || differs("dueDate")),
            (Event::Move, differs("projectId")),
            (Event::Parent, differs("parentId")),
            (Event::Column, differs("columnId")),
            (Event::Priority, differs("priority")),
            (Event::Tag, differs("tags")),
            (Event::Assign, differs("assignee")),
            (Event::AddFile, files(before) < files(after)),
            (Event::DeleteFile, files(before) > files(after)),
            (Event::Complete, int(before, "status") == 0 && int(after, "status") != 0),
            (Event::Reopen, int(before, "status") != 0 && int(after, "status") == 0),
            (Event::Delete, int(before, "deleted") == 0 && int(after, "deleted") != 0),
        ];
        for (event, _) in events.into_iter().filter(|(_, is_done)| *is_done) {
            self.0.push(Entry::new(event, before, after, now));
        }
    }

    /// Deletes the history of a permanently deleted task.
    pub(crate) fn purge(&mut self, task: &str) {
        self.0.retain(|entry| *entry.task != *task);
    }
}
