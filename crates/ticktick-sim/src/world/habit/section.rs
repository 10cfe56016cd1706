//! Sections of the list of habits.

use jiff::Timestamp;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::fields::{Fields, canonical, wire};
use crate::world::item::{Item, Stored};

/// The section id of a habit without a section.
const NONE: &str = "-1";

impl Account {
    /// Adds a section. Adding a section again changes the existing one.
    pub(crate) fn add_section(&mut self, sent: &Object, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        let mut section = sent.clone();
        section.put("id", &id);
        if let Some(stored) = self.update_section(&section, now) {
            return Ok(stored);
        }
        self.room(self.habit.sections.len(), "habitSectionNumber", &id)?;
        section.fill("name", "");
        section.fill("sortOrder", 0);
        section.fill("createdTime", wire(now));
        Ok((id, self.save_section(section, now)))
    }

    /// Changes a section. Unlike other objects, it keeps omitted members in both update modes.
    pub(crate) fn update_section(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let id = sent.text("id")?;
        let mut section = self.habit.sections.get(&id)?;
        section.merge(sent.clone());
        Some((id, self.save_section(section, now)))
    }

    fn save_section(&mut self, mut section: Object, now: Timestamp) -> String {
        canonical(&mut section, &["createdTime"]);
        section.put("modifiedTime", wire(now));
        self.save(|account| &mut account.habit.sections, &mut section, now)
    }

    /// Deletes a section. Its habits stay without a section.
    pub(crate) fn delete_section(&mut self, id: &str, now: Timestamp) {
        let stamp = self.stamp(now);
        if !self.habit.sections.remove(id, stamp) {
            return;
        }
        for habit in self.habit.habits.ids(|row| row.object().text("sectionId").as_deref() == Some(id)) {
            if let Some(mut habit) = self.habit.habits.get(&habit) {
                habit.put("sectionId", NONE);
                self.save_habit(habit, now);
            }
        }
    }
}
