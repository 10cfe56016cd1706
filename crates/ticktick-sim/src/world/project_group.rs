//! Folders of projects.

use jiff::Timestamp;
use serde_json::json;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::fields::Fields;
use crate::world::item::{Item, Stored};
use crate::world::readings::Other;

impl Account {
    /// Adds a folder. Adding a folder again changes the existing one.
    pub(crate) fn add_group(&mut self, sent: &Object, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        let mut group = sent.clone();
        group.put("id", &id);
        if let Some(stored) = self.update_group(&group, now) {
            return Ok(stored);
        }
        Ok((id, self.save_group(group, now)))
    }

    /// Changes a folder, if it exists.
    pub(crate) fn update_group(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let id = sent.text("id")?;
        let stored = self.groups.get(&id)?;
        let group = self.updated(&stored, sent);
        Some((id, self.save_group(group, now)))
    }

    /// Deletes a folder. By default, its projects keep its id.
    pub(crate) fn remove_group(&mut self, id: &str, now: Timestamp) {
        let stamp = self.stamp(now);
        if self.groups.remove(id, stamp) && self.readings.has(Other::FolderDeleteClears) {
            self.leave_group(id, now);
        }
    }

    fn save_group(&mut self, mut group: Object, now: Timestamp) -> String {
        // Only requests contain it.
        group.remove("listType");
        let filled = [
            ("name", json!("")),
            ("showAll", json!(true)),
            ("sortOrder", json!(0)),
            ("deleted", json!(0)),
            ("userId", json!(self.user_id)),
            ("sortType", json!("project")),
        ];
        for (key, value) in filled {
            group.fill(key, value);
        }
        for key in ["viewMode", "sortOption", "teamId", "timeline", "background"] {
            if group.get(key).is_none() {
                group.put(key, ());
            }
        }
        self.save(|account| &mut account.groups, &mut group, now)
    }
}
