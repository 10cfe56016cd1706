//! [`Record`]: a task in a neutral form, between a file and an account.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use ticktick::models::{RepeatFrom, TaskKind};
use ticktick::{Priority, TaskStatus};

use crate::Format;

/// Name of the project of tasks without a project.
pub const INBOX: &str = "Inbox";

/// Names that refer to the account's inbox.
const INBOXES: [&str; 3] = [INBOX, "收集箱", ""];

/// A date as written in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A whole day.
    Day(Date),
    /// An instant.
    Instant(Timestamp),
    /// A time of day on a date, without a zone.
    Local(DateTime),
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(date) => write!(f, "{date}"),
            Self::Instant(at) => write!(f, "{at}"),
            Self::Local(at) => write!(f, "{} local", at.strftime("%Y-%m-%dT%H:%M")),
        }
    }
}

/// When a reminder fires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// An ISO 8601 duration from the start, or from midnight of an all-day task, such as `-PT30M`.
    Start(String),
    /// An instant.
    At(Timestamp),
}

/// A checklist item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Text of the item.
    pub title: String,
    /// Whether it is done.
    pub done: bool,
}

/// A task as described in a file, independent of the format.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Format that the task was read from.
    pub format: Format,
    /// Number of the row or line in the file, from 1.
    pub row: usize,
    /// Title.
    pub title: String,
    /// Name of the project.
    pub project: String,
    /// Name of the project's folder.
    pub folder: Option<String>,
    /// Name of the column or section.
    pub column: Option<String>,
    /// Text, checklist or note.
    pub kind: TaskKind,
    /// Open, completed or abandoned.
    pub status: TaskStatus,
    /// Priority.
    pub priority: Priority,
    /// Start.
    pub start: Option<Moment>,
    /// Due date.
    pub due: Option<Moment>,
    /// Whether the dates are whole days.
    pub all_day: bool,
    /// Whether the time of day is the same in every zone.
    pub floating: bool,
    /// Name of the zone.
    pub zone: Option<String>,
    /// Tags, in lower case.
    pub tags: Vec<String>,
    /// Index of the parent in the plan.
    pub parent: Option<usize>,
    /// Checklist.
    pub items: Vec<Item>,
    /// Repeat rule as TickTick stores it.
    pub repeat: Option<String>,
    /// Where the next occurrence counts from.
    pub repeat_from: Option<RepeatFrom>,
    /// Reminders.
    pub alarms: Vec<Alarm>,
    /// Text in Markdown.
    pub content: String,
    /// Comments.
    pub comments: Vec<String>,
    /// When the task was created.
    pub created: Option<Moment>,
    /// When the task was completed or abandoned.
    pub completed: Option<Moment>,
    /// When the task was last changed.
    pub modified: Option<Timestamp>,
    /// Version of the task in TickTick.
    pub etag: Option<String>,
    /// Percentage done.
    pub progress: Option<u8>,
    /// Position in the project.
    pub order: Option<i64>,
    /// Id of the task in TickTick.
    pub ticktick_id: Option<String>,
    /// Key of the task in its source.
    pub source_id: Option<String>,
    /// Second date, which TickTick does not have.
    pub deadline: Option<Moment>,
    /// Length in minutes.
    pub minutes: Option<u32>,
    /// Time of day of a series without a date.
    pub local_time: Option<Time>,
    /// Whether the first date is computed from the rule.
    pub due_from_repeat: bool,
    /// Date as text.
    pub source_date: Option<String>,
    /// Whether the source shows the task without a checkbox.
    pub header: bool,
    /// Whether the source hides the task.
    pub hidden: bool,
    /// What was not understood.
    pub warning: Option<String>,
}

impl Record {
    /// Creates an open task without a date in a project.
    #[must_use]
    pub fn new(format: Format, row: usize, title: impl Into<String>, project: impl Into<String>) -> Self {
        Self {
            format,
            row,
            title: title.into(),
            project: project.into(),
            folder: None,
            column: None,
            kind: TaskKind::Text,
            status: TaskStatus::Open,
            priority: Priority::None,
            start: None,
            due: None,
            all_day: false,
            floating: false,
            zone: None,
            tags: Vec::new(),
            parent: None,
            items: Vec::new(),
            repeat: None,
            repeat_from: None,
            alarms: Vec::new(),
            content: String::new(),
            comments: Vec::new(),
            created: None,
            completed: None,
            modified: None,
            etag: None,
            progress: None,
            order: None,
            ticktick_id: None,
            source_id: None,
            deadline: None,
            minutes: None,
            local_time: None,
            due_from_repeat: false,
            source_date: None,
            header: false,
            hidden: false,
            warning: None,
        }
    }

    /// Returns whether the task belongs to the account's inbox.
    #[must_use]
    pub fn is_inbox(&self) -> bool {
        is_inbox(&self.project)
    }

    /// Returns whether the task is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status == TaskStatus::Open
    }

    /// Adds a tag, in lower case, unless the task has it.
    pub(crate) fn tag(&mut self, name: &str) {
        let name = name.trim().to_lowercase();
        if !name.is_empty() && !self.tags.contains(&name) {
            self.tags.push(name);
        }
    }

    /// Adds a reminder, unless the task has it.
    pub(crate) fn alarm(&mut self, alarm: Alarm) {
        if !self.alarms.contains(&alarm) {
            self.alarms.push(alarm);
        }
    }

    /// Records something that was not understood.
    pub(crate) fn warn(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.warning = Some(match self.warning.take() {
            Some(before) => format!("{before}; {text}"),
            None => text,
        });
    }

    /// Derives from the dates whether they are whole days.
    pub(crate) fn infer_all_day(&mut self) {
        self.all_day = matches!(self.due.or(self.start), Some(Moment::Day(_)));
    }
}

/// Returns whether the name of a project refers to the account's inbox.
#[must_use]
pub fn is_inbox(project: &str) -> bool {
    INBOXES.iter().any(|name| name.eq_ignore_ascii_case(project.trim()))
}
