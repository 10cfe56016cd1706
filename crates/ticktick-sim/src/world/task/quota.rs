//! The quotas of the plan.

use jiff::Timestamp;
use serde::de::IgnoredAny;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::fields::Fields;
use crate::world::item::{Item, Refused};

/// Members that contain parts of a task, and the limits on their number.
const PARTS: &[(&str, &str)] = &[("items", "subtaskNumber"), ("reminders", "reminderNumber")];

impl Account {
    /// Refuses another open task in a full project.
    pub(super) fn room_in(&self, project: &str, id: &str) -> Result<(), Refused> {
        self.room(self.tasks.count(project), "projectTaskNumber", id)
    }

    /// Refuses a task with more parts than the plan allows.
    pub(super) fn parts_fit(&self, task: &Object, id: &str) -> Result<(), Refused> {
        PARTS.iter().try_for_each(|(key, limit)| {
            let count = task.read::<Vec<IgnoredAny>>(key).map_or(0, |parts| parts.len());
            // The limit applies to the last part.
            if count == 0 { Ok(()) } else { self.room(count - 1, limit, id) }
        })
    }

    /// Changes a task, if it exists and the permission and the plan allow it.
    pub(crate) fn change_task(&mut self, sent: &Object, now: Timestamp) -> Option<Item> {
        let id = sent.text("id")?;
        let project = &self.tasks.row(&id)?.head.project;
        let fits = self.may_write(project, &id).and_then(|()| self.parts_fit(sent, &id));
        let fits = fits.and_then(|()| self.etag_fits(sent, &id)).and_then(|()| self.dates_fit(sent, &id));
        if let Err(refused) = fits {
            return Some(Err(refused));
        }
        self.update_task(sent, now).map(Ok)
    }
}
