//! The facts about a task that statistics use.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::day::{day_of, zone_of};
use crate::world::fields::Fields;

/// The facts about a task that statistics use.
pub(super) struct Fact {
    pub(super) project: String,
    pub(super) kind: String,
    pub(super) tags: Vec<String>,
    pub(super) is_trashed: bool,
    status: i64,
    /// Due day. For a task with a time, it is computed in the time zone of the account.
    pub(super) due: Option<Date>,
    pub(super) completed: Option<Date>,
}

impl Fact {
    pub(super) fn is_open(&self) -> bool {
        self.status == 0 && !self.is_trashed
    }

    /// Returns `true` if it is completed, also in the legacy form.
    pub(super) fn is_completed(&self) -> bool {
        matches!(self.status, 1 | 2) && !self.is_trashed
    }

    /// Returns `true` if it was completed after the day on which it was due.
    pub(super) fn is_late(&self) -> bool {
        self.due.zip(self.completed).is_some_and(|(due, completed)| completed > due)
    }
}

pub(super) fn facts(account: &Account) -> Vec<Fact> {
    let zone = account.tz();
    let fact = |task: &Object, project: &str, is_trashed: bool, status: i64| Fact {
        project: project.to_owned(),
        kind: task.text("kind").unwrap_or_default(),
        tags: task.texts("tags"),
        is_trashed,
        status,
        due: due(task, &zone),
        completed: task.instant("completedTime").map(|moment| day_of(moment, &zone)),
    };
    let rows = account.tasks.live();
    rows.map(|row| fact(&row.object(), &row.head.project, row.head.is_trashed(), row.head.status)).collect()
}

/// Returns the due day of a task: in the zone of the task if it is all-day, otherwise in that of the account.
fn due(task: &Object, zone: &TimeZone) -> Option<Date> {
    let moment = task.instant("dueDate").or_else(|| task.instant("startDate"))?;
    match task.word("timeZone").filter(|_| task.read("isAllDay") == Some(true)) {
        Some(own) => Some(day_of(moment, &zone_of(&own))),
        None => Some(day_of(moment, zone)),
    }
}
