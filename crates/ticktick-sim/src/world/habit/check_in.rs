//! Check-ins, one per habit and day, and their notes.

use jiff::Timestamp;
use serde_json::json;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::book::habit::{CheckinHead, DONE};
use crate::world::fields::{Fields, canonical, object, wire};
use crate::world::readings::Other;
use crate::world::store::Table;

/// Members that contain instants.
pub(crate) const INSTANTS: &[&str] = &["checkinTime", "opTime"];

impl Account {
    /// Records the check-in of a day and returns its id. A second check-in changes the first one and keeps
    /// its id.
    ///
    /// Nothing is stored for an unknown habit.
    pub(crate) fn add_check_in(&mut self, sent: &Object, now: Timestamp) -> Option<String> {
        let habit = sent.word("habitId").and_then(|id| self.habit.habits.get(&id))?;
        let (habit_id, stamp) = (habit.text("id")?, sent.int("checkinStamp")?);
        let same_day = |check_ins: &Table<CheckinHead>| {
            check_ins.live().find(|row| row.head.stamp == stamp && *row.head.habit == *habit_id).map(|row| row.object())
        };
        let stored = same_day(&self.habit.check_ins).filter(|_| !self.readings.has(Other::CheckInIsNew));
        if let Some(stored) = stored {
            return self.change_check_in(&stored, sent, now);
        }
        let id = match self.kept_id(sent) {
            // The id belongs to the check-in of another day.
            id if self.habit.check_ins.row(&id).is_some() => self.make_id(),
            id => id,
        };
        let mut check_in = sent.clone();
        check_in.put("id", &id);
        self.save_check_in(check_in, &habit, now);
        Some(id)
    }

    /// Changes a check-in, if it exists. The habit and the day stay the same.
    pub(crate) fn update_check_in(&mut self, sent: &Object, now: Timestamp) -> Option<String> {
        let stored = self.habit.check_ins.get(&sent.text("id")?)?;
        self.change_check_in(&stored, sent, now)
    }

    fn change_check_in(&mut self, stored: &Object, sent: &Object, now: Timestamp) -> Option<String> {
        let mut check_in = self.updated(stored, sent);
        for key in ["id", "habitId", "checkinStamp"] {
            check_in.set(key, stored.get(key)?.clone());
        }
        if sent.is_none("opTime") {
            check_in.put("opTime", wire(now));
        }
        let habit = self.habit.habits.get(&check_in.text("habitId")?).unwrap_or_default();
        let id = check_in.text("id");
        self.save_check_in(check_in, &habit, now);
        id
    }

    fn save_check_in(&mut self, mut check_in: Object, habit: &Object, now: Timestamp) {
        canonical(&mut check_in, INSTANTS);
        check_in.fill("value", 0.0);
        check_in.fill("goal", habit.read::<f64>("goal").unwrap_or(1.0));
        let reached = check_in.read::<f64>("value") >= check_in.read::<f64>("goal");
        check_in.fill("status", if reached { DONE } else { 0 });
        check_in.fill("opTime", wire(now));
        let done = check_in.int("status") == Some(DONE);
        check_in.fill("checkinTime", done.then(|| wire(now)));
        let stamp = self.stamp(now);
        self.habit.check_ins.put(&check_in, stamp);
    }

    /// Writes a note on a check-in.
    pub(crate) fn add_habit_note(&mut self, habit: &str, stamp: i64, content: &str, now: Timestamp) {
        let note = json!({ "id": self.make_id(), "habitId": habit, "stamp": stamp, "content": content });
        let stamp = self.stamp(now);
        self.habit.notes.put(&object(&note), stamp);
    }
}
