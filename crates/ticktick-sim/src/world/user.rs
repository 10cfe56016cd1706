//! The settings, preferences and notifications of a user.

mod settings;

use jiff::Timestamp;
use serde_json::{Value, json};
use ticktick_models::{Json, Object};

use crate::world::account::Account;
use crate::world::fields::{Fields, object, wire};

/// Key of the time of a change.
pub(crate) const MTIME: &str = "mtime";

impl Account {
    /// Writes the settings. Clients send the complete object; the update mode determines what happens to omitted
    /// members.
    pub(crate) fn write_settings(&mut self, sent: &Object) {
        if let Some(zone) = sent.word("timeZone") {
            self.zone = zone;
        }
        self.settings = Some(self.updated(&self.current_settings(), sent));
    }

    /// Returns the settings: the written ones, or else the defaults.
    pub(crate) fn current_settings(&self) -> Object {
        match &self.settings {
            Some(written) => written.clone(),
            None => object(&settings::fresh(self)),
        }
    }

    /// Adds a notification.
    pub(crate) fn notify(&mut self, mut notification: Object, now: Timestamp) {
        let defaults = json!({ "title": "", "type": "refer", "data": {}, "actionStatus": 0, "createdTime": wire(now) });
        for (key, value) in defaults.as_object().into_iter().flatten() {
            notification.fill(key, value);
        }
        for (key, value) in [("category", json!(null)), ("unread", json!(true))] {
            if notification.get(key).is_none() {
                notification.put(key, value);
            }
        }
        let stamp = self.stamp(now);
        self.user.notifications.put(&notification, stamp);
    }

    /// Marks all notifications as read.
    pub(crate) fn mark_read(&mut self, now: Timestamp) {
        for id in unread_ids(self) {
            if let Some(mut notification) = self.user.notifications.get(&id) {
                notification.put("unread", false);
                let stamp = self.stamp(now);
                self.user.notifications.put(&notification, stamp);
            }
        }
    }

    /// Stores a further preference, unless the stored one is newer.
    pub(crate) fn put_ext(&mut self, name: &str, value: &Json, common: i64, now: Timestamp) {
        let changed = value.decode::<Object>().ok().and_then(|value| value.int(MTIME)).unwrap_or(common);
        let stored = self.user.ext.get(name).and_then(|entry| entry.int(MTIME));
        if stored.is_some_and(|stored| stored > changed) {
            return;
        }
        let mut entry = Object::new();
        entry.put("name", name);
        entry.put(MTIME, changed);
        entry.set("value", value.clone());
        let stamp = self.stamp(now);
        self.user.ext.put(&entry, stamp);
    }
}

/// Returns durations, goals and sounds of the focus timer. No API call that writes them is known.
pub(crate) fn pomodoro(account: &Account) -> Value {
    json!({
        "id": account.user_id.to_string(),
        "pomoDuration": 25,
        "shortBreakDuration": 5,
        "longBreakDuration": 15,
        "longBreakInterval": 4,
        "pomoGoal": 4,
        "focusDuration": 120,
        "mindfulnessEnabled": false,
        "autoPomo": false,
        "autoBreak": false,
        "lightsOn": false,
        "focused": false,
        "soundsOn": true,
    })
}

/// Returns the ids of the unread notifications, oldest first.
pub(crate) fn unread_ids(account: &Account) -> Vec<String> {
    account.user.notifications.ids(|row| row.object().read("unread") == Some(true))
}
