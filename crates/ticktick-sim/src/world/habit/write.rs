//! Adds, changes and deletes one habit.

use jiff::Timestamp;
use serde_json::{Value, json};
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::fields::{Fields, canonical, wire};
use crate::world::item::{Item, Stored};
use crate::world::readings::Other;

/// Members that contain instants.
pub(crate) const INSTANTS: &[&str] = &["createdTime", "modifiedTime", "archivedTime"];

impl Account {
    /// Adds a habit. Adding a habit again changes the existing one.
    pub(crate) fn add_habit(&mut self, sent: &Object, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        let mut habit = sent.clone();
        habit.put("id", &id);
        if let Some(stored) = self.update_habit(&habit, now) {
            return Ok(stored);
        }
        self.room(self.habit.habits.len(), "habitNumber", &id)?;
        Ok((id, self.save_habit(habit, now)))
    }

    /// Replaces a habit, if it exists. Omitted members are removed in both update modes.
    pub(crate) fn update_habit(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let id = sent.text("id")?;
        let stored = self.habit.habits.get(&id)?;
        let mut habit = sent.clone();
        habit.fill("createdTime", stored.text("createdTime"));
        Some((id, self.save_habit(habit, now)))
    }

    /// Deletes a habit with its check-ins and their notes.
    pub(crate) fn delete_habit(&mut self, id: &str, now: Timestamp) {
        let stamp = self.stamp(now);
        let book = &mut self.habit;
        if !book.habits.remove(id, stamp) {
            return;
        }
        for check_in in book.check_ins.ids(|row| *row.head.habit == *id) {
            book.check_ins.remove(&check_in, stamp);
        }
        for note in book.notes.ids(|row| row.object().text("habitId").as_deref() == Some(id)) {
            book.notes.remove(&note, stamp);
        }
    }

    /// Returns the habits that clients see, including archived ones.
    pub(crate) fn listed_habits(&self) -> impl Iterator<Item = &str> {
        let hides_two = self.readings.has(Other::HabitTwoIsHidden);
        let rows = self.habit.habits.live();
        rows.filter(move |row| !hides_two || row.object().int("status") != Some(2)).map(|row| &*row.text)
    }

    /// Stores a habit and returns its new etag.
    pub(crate) fn save_habit(&mut self, mut habit: Object, now: Timestamp) -> String {
        canonical(&mut habit, INSTANTS);
        if habit.int("status") == Some(2) && self.readings.has(Other::HabitTwoIsOne) {
            habit.put("status", 1);
        }
        for (key, value) in filled() {
            habit.fill(key, value);
        }
        // Clients clear these members with null, and null is returned.
        for (key, value) in [("targetStartDate", json!(0)), ("reminders", json!([]))] {
            if habit.get(key).is_none() {
                habit.put(key, value);
            }
        }
        for key in ["archivedTime", "exDates", "style"] {
            if habit.get(key).is_none() {
                habit.put(key, ());
            }
        }
        habit.fill("createdTime", wire(now));
        habit.fill("modifiedTime", wire(now));
        self.save(|account| &mut account.habit.habits, &mut habit, now)
    }
}

/// Members that are never absent or null.
fn filled() -> Vec<(&'static str, Value)> {
    vec![
        ("name", json!("")),
        ("iconRes", json!("habit_daily_check_in")),
        ("color", json!("#97E38B")),
        ("sortOrder", json!(0)),
        ("status", json!(0)),
        ("encouragement", json!("")),
        ("totalCheckIns", json!(0)),
        ("currentStreak", json!(0)),
        ("type", json!("Boolean")),
        ("goal", json!(1.0)),
        ("step", json!(0.0)),
        ("unit", json!("Count")),
        ("repeatRule", json!("RRULE:FREQ=DAILY;INTERVAL=1")),
        ("recordEnable", json!(false)),
        ("sectionId", json!("-1")),
        ("targetDays", json!(0)),
        ("completedCycles", json!(0)),
    ]
}
