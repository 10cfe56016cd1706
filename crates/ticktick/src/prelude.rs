//! The names that most programs need: `use ticktick::prelude::*;`.
//!
//! [`Error`](crate::Error) is not among them, because most programs have an `Error` of their own.
//!
//! ```
//! use ticktick::prelude::*;
//!
//! let draft = TaskDraft::new("Call Ada").priority(Priority::High).due(Due::day(date(2026, 3, 1)));
//! let patch = TaskPatch::new().clear_due();
//! ```

pub use jiff::civil::date;

pub use crate::{
    Account, CheckIn, Client, Due, FilterDraft, FocusDraft, HabitDraft, ItemDraft, Login, Priority, Project,
    ProjectDraft, ProjectId, ProjectPatch, Recurrence, Session, TagDraft, Task, TaskDraft, TaskId, TaskPatch,
    TaskQuery, TaskStatus, Trigger,
};
