//! Countdowns.

use jiff::Timestamp;
use serde_json::{Value, json};
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::fields::{Fields, canonical, wire};
use crate::world::item::{Item, Stored};

/// Members that contain instants.
const INSTANTS: &[&str] = &["pinnedTime", "archivedTime", "createdTime"];

/// The members of every countdown, with the defaults that clients send.
fn defaults() -> Vec<(&'static str, Value)> {
    vec![
        ("name", json!("")),
        ("type", json!(4)),
        ("ignoreYear", json!(false)),
        ("iconRes", json!("countdown_countdown")),
        ("style", json!("normal")),
        ("styleColor", json!([])),
        ("background", Value::Null),
        ("dateDisplayFormat", json!("day")),
        ("daysOption", json!(3)),
        ("showAge", json!(false)),
        ("showCalendarType", json!(1)),
        ("typeOfSmartList", json!(0)),
        ("reminders", json!([])),
        ("repeatFlag", Value::Null),
        ("timerMode", json!(0)),
        ("status", json!(0)),
        ("deleted", json!(0)),
        ("sortOrder", json!(0)),
        ("pinnedTime", Value::Null),
        ("archivedTime", Value::Null),
    ]
}

impl Account {
    /// Adds a countdown. Adding a countdown again changes the existing one.
    pub(crate) fn add_countdown(&mut self, sent: &Object, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        let mut countdown = sent.clone();
        countdown.put("id", &id);
        if let Some(stored) = self.update_countdown(&countdown, now) {
            return Ok(stored);
        }
        Ok((id, self.save_countdown(countdown, now)))
    }

    /// Changes a countdown, if it exists.
    pub(crate) fn update_countdown(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let id = sent.text("id")?;
        let stored = self.countdowns.get(&id)?;
        let countdown = self.updated(&stored, sent);
        Some((id, self.save_countdown(countdown, now)))
    }

    fn save_countdown(&mut self, mut countdown: Object, now: Timestamp) -> String {
        canonical(&mut countdown, INSTANTS);
        for (key, value) in defaults() {
            if countdown.get(key).is_none() {
                countdown.put(key, value);
            }
        }
        countdown.fill("createdTime", wire(now));
        countdown.put("modifiedTime", wire(now));
        self.save(|account| &mut account.countdowns, &mut countdown, now)
    }
}
