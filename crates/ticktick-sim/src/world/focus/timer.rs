//! Saved timers.

use jiff::Timestamp;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::fields::{Fields, canonical};
use crate::world::item::{Item, Stored};

/// Members that contain instants.
pub(crate) const INSTANTS: &[&str] = &["createdTime", "modifiedTime"];

impl Account {
    /// Adds a timer. Adding a timer again changes the existing one.
    pub(crate) fn add_timer(&mut self, sent: &Object, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        let mut timer = sent.clone();
        timer.put("id", &id);
        if let Some(stored) = self.update_timer(&timer, now) {
            return Ok(stored);
        }
        self.room(self.focus.timers.len(), "timerNumber", &id)?;
        Ok((id, self.save_timer(timer, now)))
    }

    /// Changes a timer, if it exists.
    pub(crate) fn update_timer(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let id = sent.text("id")?;
        let stored = self.focus.timers.get(&id)?;
        let timer = self.updated(&stored, sent);
        Some((id, self.save_timer(timer, now)))
    }

    fn save_timer(&mut self, mut timer: Object, now: Timestamp) -> String {
        canonical(&mut timer, INSTANTS);
        for (name, value) in [("name", ""), ("icon", "timer_default"), ("color", "#4772FA"), ("type", "pomodoro")] {
            timer.fill(name, value);
        }
        for (name, value) in [("pomodoroTime", 25), ("status", 0), ("sortOrder", 0)] {
            timer.fill(name, value);
        }
        self.save(|account| &mut account.focus.timers, &mut timer, now)
    }
}
