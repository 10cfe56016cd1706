//! Projects.

mod whole;

use jiff::Timestamp;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::fields::{Fields, is_null, wire};
use crate::world::item::{Item, Stored};
use crate::world::project::whole::complete;
use crate::world::readings::{Other, Readings};

/// Handles members that have special values for `not set`.
fn apply_rules(project: &mut Object, stored: &Object, readings: &Readings) {
    match project.text("groupId").as_deref() {
        Some("NONE") => project.put("groupId", ()),
        // Neither null nor the empty text removes a project from its folder.
        None | Some("") => {
            if let Some(group) = stored.get("groupId").filter(|group| !is_null(group)) {
                project.set("groupId", group.clone());
            }
        }
        Some(_) => {}
    }
    if project.read::<bool>("closed") == Some(false) && !readings.has(Other::UnarchivedIsFalse) {
        let is_closed = stored.read("closed") == Some(true);
        let stays = is_closed && readings.has(Other::ArchiveIsForGood);
        project.put("closed", stays.then_some(true));
    }
}

impl Account {
    /// Adds a project. Adding a project again changes the existing one.
    pub(crate) fn add_project(&mut self, sent: &Object, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        let mut sent = sent.clone();
        sent.put("id", &id);
        if let Some(stored) = self.update_project(&sent, now) {
            return Ok(stored);
        }
        self.room(self.projects.len(), "projectNumber", &id)?;
        let nothing = Object::new();
        apply_rules(&mut sent, &nothing, &self.readings);
        Ok((id, self.save_project(sent, now)))
    }

    /// Changes a project, if it exists. The inbox cannot be changed.
    pub(crate) fn update_project(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let id = sent.text("id")?;
        let stored = self.projects.get(&id)?;
        let mut project = self.updated(&stored, sent);
        if project.word("name").is_none() {
            project.put("name", stored.text("name"));
        }
        apply_rules(&mut project, &stored, &self.readings);
        // Clients cannot change the ownership.
        for key in ["isOwner", "permission", "userCount"] {
            if let Some(value) = stored.get(key) {
                project.set(key, value.clone());
            }
        }
        Some((id, self.save_project(project, now)))
    }

    /// Deletes a project. By default, its tasks move to the trash.
    pub(crate) fn delete_project(&mut self, id: &str, now: Timestamp) {
        if self.projects.row(id).is_none() {
            return;
        }
        if self.readings.has(Other::ProjectTakesTrash) {
            for task in self.tasks.ids(|row| row.head.is_trashed() && *row.head.project == *id) {
                self.purge_task(&task, now);
            }
        }
        for task in self.tasks.ids(|row| *row.head.project == *id) {
            if !self.readings.has(Other::ProjectDeleteSparesTasks) {
                self.trash_task(&task, now);
            }
            if self.readings.has(Other::ProjectDeletePurges) {
                self.purge_task(&task, now);
            }
        }
        for column in self.columns.ids(|row| row.object().text("projectId").as_deref() == Some(id)) {
            let stamp = self.stamp(now);
            self.columns.remove(&column, stamp);
        }
        let stamp = self.stamp(now);
        self.projects.remove(id, stamp);
    }

    /// Removes all projects from a folder.
    pub(crate) fn leave_group(&mut self, group: &str, now: Timestamp) {
        for id in self.projects.ids(|row| row.object().text("groupId").as_deref() == Some(group)) {
            let Some(mut project) = self.projects.get(&id) else { continue };
            project.put("groupId", ());
            self.save_project(project, now);
        }
    }

    fn save_project(&mut self, mut project: Object, now: Timestamp) -> String {
        complete(&mut project);
        project.put("modifiedTime", wire(now));
        self.save(|account| &mut account.projects, &mut project, now)
    }

    /// Describes the inbox as a project, for the reading that lists it.
    pub(crate) fn inbox(&self) -> String {
        let mut inbox = Object::new();
        inbox.put("id", &self.inbox_id);
        inbox.put("name", "Inbox");
        inbox.put("etag", format!("{:08x}", self.user_id));
        inbox.put("modifiedTime", wire(self.registered));
        complete(&mut inbox);
        serde_json::to_string(&inbox).unwrap_or_default()
    }
}
