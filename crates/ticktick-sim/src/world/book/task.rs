//! The facts about a task that queries use.

use std::borrow::Cow;

use ticktick_models::Object;

use crate::world::fields::{Fields, drop_nulls, is_null};
use crate::world::store::{Head, Row};

/// The facts about a task that queries use.
pub(crate) struct TaskHead {
    pub(crate) project: Box<str>,
    pub(crate) status: i64,
    pub(crate) parent: Option<Box<str>>,
    /// Time of the completion in epoch seconds.
    pub(crate) closed: Option<i64>,
    /// Time of the deletion in epoch milliseconds.
    pub(crate) trashed: Option<i64>,
    /// Whether the task has cleared members, which are stored as null.
    is_cleared: bool,
}

impl Head for TaskHead {
    fn of(task: &Object) -> Self {
        Self {
            project: task.text("projectId").unwrap_or_default().into(),
            status: task.int("status").unwrap_or_default(),
            parent: task.word("parentId").map(Into::into),
            closed: task.instant("completedTime").map(|instant| instant.as_second()),
            trashed: (task.int("deleted") == Some(1)).then(|| task.int("deletedTime").unwrap_or_default()),
            is_cleared: task.iter().any(|(_, value)| is_null(value)),
        }
    }

    /// The open tasks of each project are counted, because the plan limits their number.
    fn group(&self) -> Option<&str> {
        self.is_open().then_some(&*self.project)
    }
}

impl TaskHead {
    pub(crate) fn is_trashed(&self) -> bool {
        self.trashed.is_some()
    }

    pub(crate) fn is_open(&self) -> bool {
        self.status == 0 && !self.is_trashed()
    }
}

impl Row<TaskHead> {
    /// Returns the text for responses, which omits members that are not set.
    ///
    /// Only a delta contains the null of a cleared member, because devices keep the members that a delta
    /// omits.
    pub(crate) fn shown(&self) -> Cow<'_, str> {
        if !self.head.is_cleared {
            return Cow::Borrowed(&self.text);
        }
        let mut task = self.object();
        drop_nulls(&mut task);
        Cow::Owned(serde_json::to_string(&task).unwrap_or_default())
    }
}
