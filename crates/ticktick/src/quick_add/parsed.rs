//! [`Parsed`]: the result of reading a line, and its parts.

use std::ops::Range;

use jiff::SignedDuration;
use jiff::civil::Time;
use ticktick_models::{Due, Priority, Recurrence, RepeatFrom, Trigger};

use crate::task::TaskDraft;

/// The result of reading a quick-add line.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Parsed {
    /// The title: the rest of the line.
    pub title: String,
    /// The name of the project. It may not exist.
    pub project: Option<String>,
    /// The tags, in the order of the line. Tags that differ only in case are one tag.
    pub tags: Vec<String>,
    /// The priority, if the line names one. `!none` is `Some(Priority::None)`.
    pub priority: Option<Priority>,
    /// When the task is due, if the line gives a date or a time.
    pub due: Option<DateValue>,
    /// How the task repeats.
    pub repeat: Option<Repeat>,
    /// The reminders.
    pub reminders: Vec<QuickReminder>,
    /// Notes about words that stay in the title although they look like a field.
    pub notes: Vec<Note>,
    /// The text that each field was read from, in the order of the line.
    pub found: Vec<Found>,
}

impl Parsed {
    /// Converts to a draft. The project is not set: look it up by its name and set its id.
    ///
    /// ```
    /// use ticktick::quick_add::QuickAdd;
    /// use ticktick::{Due, TaskDraft};
    ///
    /// let now = "2026-11-26T10:00[Europe/Berlin]".parse()?;
    /// let parsed = QuickAdd::new(&now).parse("Buy milk tomorrow #home ~Flat")?;
    /// assert_eq!(parsed.project.as_deref(), Some("Flat"));
    /// let draft = TaskDraft::new("Buy milk").tag("home").due(Due::day(ticktick::jiff::civil::date(2026, 11, 27)));
    /// assert_eq!(parsed.draft(), draft);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn draft(&self) -> TaskDraft {
        let mut draft = TaskDraft::new(&*self.title).tags(self.tags.iter().map(String::as_str));
        if let Some(priority) = self.priority {
            draft = draft.priority(priority);
        }
        if let Some(DateValue::Due(due)) = &self.due {
            draft = draft.due(due.clone());
        }
        if let Some(repeat) = &self.repeat {
            draft = draft.repeat(repeat.rule.clone()).repeat_from(repeat.from.clone());
        }
        self.reminders.iter().map(QuickReminder::trigger).fold(draft, TaskDraft::reminder)
    }
}

/// A date, or `none`, which clears it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateValue {
    /// No date.
    Clear,
    /// A day, a range of days, a time or a range of times.
    Due(Due),
}

/// How a task repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repeat {
    /// The rule.
    pub rule: Recurrence,
    /// What the next occurrence counts from.
    pub from: RepeatFrom,
}

/// A reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuickReminder {
    /// Before a task with a time starts, in the units in which it was written.
    Before {
        /// Days of 24 hours.
        days: u32,
        /// Hours.
        hours: u32,
        /// Minutes.
        minutes: u32,
    },
    /// On the day of an all-day task, or some days before it.
    OnDay {
        /// The number of days before.
        days: u32,
        /// The clock time.
        at: Time,
    },
}

impl QuickReminder {
    /// Returns the reminder as the service stores it.
    ///
    /// ```
    /// use ticktick::quick_add::QuickReminder;
    ///
    /// let reminder = QuickReminder::Before { days: 0, hours: 1, minutes: 30 };
    /// assert_eq!(reminder.trigger().as_str(), "TRIGGER:-PT1H30M");
    /// ```
    #[must_use]
    pub fn trigger(&self) -> Trigger {
        match *self {
            Self::Before { days, hours, minutes } => {
                let hours = i64::from(days) * 24 + i64::from(hours);
                Trigger::before(SignedDuration::from_secs(hours * 3600 + i64::from(minutes) * 60))
            }
            Self::OnDay { days, at } => Trigger::on_day(days, at),
        }
    }
}

/// A note about words that stay in the title.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// The bytes of the words in the line.
    pub span: Range<usize>,
    /// The note, in a form for people to read.
    pub text: String,
}

/// A part of the line and the field that was read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// The bytes of the text in the line.
    pub span: Range<usize>,
    /// The text.
    pub text: String,
    /// The field.
    pub field: FoundField,
}

/// The field that a part of the line sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FoundField {
    /// The project.
    Project,
    /// A tag.
    Tag,
    /// The priority.
    Priority,
    /// The date.
    Date,
    /// The time, or a range of times.
    Time,
    /// The duration.
    Duration,
    /// How it repeats.
    Repeat,
    /// The reminders.
    Reminder,
}

impl FoundField {
    /// Returns the name of the field in one word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Tag => "tag",
            Self::Priority => "priority",
            Self::Date => "date",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Repeat => "repeat",
            Self::Reminder => "reminder",
        }
    }
}
