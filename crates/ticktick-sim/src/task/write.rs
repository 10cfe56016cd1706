//! Adding, changing and deleting one task.

use jiff::Timestamp;
use serde_json::json;
use ticktick_models::Object;

use crate::account::Account;
use crate::batch::{Item, NO_PROJECT, NO_TASK, Stored};
use crate::fields::{Fields, canonical, is_null, wire};
use crate::task::rules::settle;

/// Members that name instants.
const INSTANTS: &[&str] = &[
    "startDate",
    "dueDate",
    "completedTime",
    "createdTime",
    "modifiedTime",
    "repeatFirstDate",
    "remindTime",
    "pinnedTime",
];

/// Members that an update does not change: they have calls of their own or belong to the server.
const KEPT: &[&str] = &[
    "id",
    "projectId",
    "parentId",
    "childIds",
    "creator",
    "createdTime",
    "deleted",
    "deletedTime",
    "deletedBy",
    "commentCount",
    "attachments",
];

/// How far apart tasks are placed.
const STEP: i64 = 1 << 40;

impl Account {
    /// Adds a task. An add that comes twice changes the task that is there already.
    pub(crate) fn add_task(&mut self, sent: &Object, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        if self.tasks.row(&id).is_some() {
            return self.update_task(sent, now).ok_or((id, NO_TASK));
        }
        let inbox = self.inbox_id.clone();
        let project = sent.word("projectId").map_or(inbox, |named| self.project_id(&named));
        if !self.has_project(&project) {
            return Err((id, NO_PROJECT));
        }
        self.may_write(&project, &id)?;
        if sent.int("status").unwrap_or_default() == 0 {
            self.room_in(&project, &id)?;
        }
        self.parts_fit(sent, &id)?;
        let mut task = Object::new();
        task.put("id", &id);
        task.put("projectId", project);
        for (key, value) in sent.iter() {
            if !KEPT.contains(&key) || key == "createdTime" {
                task.set(key, value.clone());
            }
        }
        canonical(&mut task, INSTANTS);
        self.fill_task(&mut task, now);
        settle(&mut task, None);
        Ok((id, self.save_task(task, now)))
    }

    /// Changes a task, if there is one.
    pub(crate) fn update_task(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let stored = self.tasks.get(&sent.text("id")?)?;
        let mut sent = sent.clone();
        canonical(&mut sent, INSTANTS);
        let mut task = self.updated(&stored, &sent);
        for key in KEPT {
            keep(&mut task, &stored, key);
        }
        // Neither null nor the empty text unpins.
        if sent.get("pinnedTime").is_some_and(is_null) {
            keep(&mut task, &stored, "pinnedTime");
        }
        restore_lone_date(&mut task, &stored, &sent);
        settle(&mut task, Some(&stored));
        if sent.is_none("modifiedTime") {
            task.put("modifiedTime", wire(now));
        }
        let id = task.text("id")?;
        self.history.note(&stored, &task, now);
        let etag = self.save_task(task, now);
        if sent.int("deleted") == Some(1) {
            self.trash_task(&id, now);
        }
        Some((id, etag))
    }

    /// Moves a task to the trash if it is in the list that was named.
    pub(crate) fn delete_task(&mut self, id: &str, project: &str, now: Timestamp) {
        let project = self.project_id(project);
        let found = self.tasks.row(id).is_some_and(|row| *row.head.project == *project);
        if found && self.may_write(&project, id).is_ok() {
            self.trash_task(id, now);
        }
    }

    /// Moves a task to the trash; its children stay and stand on their own.
    pub(crate) fn trash_task(&mut self, id: &str, now: Timestamp) {
        if self.tasks.row(id).is_none_or(|row| row.head.is_trashed()) {
            return;
        }
        self.detach(id, now);
        for child in self.children(id) {
            self.detach(&child, now);
        }
        let Some(mut task) = self.tasks.get(id) else { return };
        task.put("deleted", 1);
        task.put("deletedTime", now.as_millisecond());
        task.put("deletedBy", self.user_id);
        self.save_task(task, now);
    }

    /// Deletes a task for good.
    pub(crate) fn purge_task(&mut self, id: &str, now: Timestamp) {
        self.purge_comments(id, now);
        self.files.purge(id);
        self.history.purge(id);
        let stamp = self.stamp(now);
        self.tasks.remove(id, stamp);
    }

    /// Stores a task and returns its new etag.
    pub(crate) fn save_task(&mut self, mut task: Object, now: Timestamp) -> String {
        self.tidy_items(&mut task);
        self.declare_tags(&mut task, now);
        let id = task.text("id").unwrap_or_default();
        self.search.remember(&id, self.tasks.row(&id).map(|row| &*row.text), now);
        self.save(|account| &mut account.tasks, &mut task, now)
    }

    /// Fills in what the service fills in when a client leaves it out.
    fn fill_task(&mut self, task: &mut Object, now: Timestamp) {
        self.top -= STEP;
        let now = wire(now);
        task.fill("title", "");
        task.fill("content", "");
        task.fill("sortOrder", self.top);
        task.fill("timeZone", &self.zone);
        task.fill("isFloating", false);
        for key in ["status", "priority", "progress", "deleted", "commentCount", "imgMode"] {
            task.fill(key, 0);
        }
        for key in ["reminders", "exDate", "items", "tags", "attachments", "focusSummaries"] {
            task.fill(key, json!([]));
        }
        task.put("creator", self.user_id);
        task.fill("createdTime", &now);
        task.fill("modifiedTime", &now);
    }

    /// Gives ids to checklist items that lack one and counts the share that is done.
    fn tidy_items(&mut self, task: &mut Object) {
        let mut items: Vec<Object> = task.read("items").unwrap_or_default();
        if items.is_empty() {
            return;
        }
        let done = items.iter().filter(|item| item.int("status").unwrap_or_default() != 0).count();
        task.put("progress", done * 100 / items.len());
        if items.iter().any(|item| item.word("id").is_none()) {
            for item in items.iter_mut().filter(|item| item.word("id").is_none()) {
                item.put("id", self.make_id());
            }
            task.put("items", items);
        }
    }

    /// Lowers the tags of a task and makes those that do not exist.
    fn declare_tags(&mut self, task: &mut Object, now: Timestamp) {
        let tags = task.texts("tags");
        for tag in &tags {
            if self.tags.row(&tag.to_lowercase()).is_none() {
                self.make_tag(tag, now);
            }
        }
        if tags.iter().any(|tag| *tag != tag.to_lowercase()) {
            let lower: Vec<String> = tags.iter().map(|tag| tag.to_lowercase()).collect();
            task.put("tags", lower);
        }
    }
}

/// Takes a member from what is stored, also that there is none.
fn keep(task: &mut Object, stored: &Object, key: &str) {
    match stored.get(key) {
        Some(value) => task.set(key, value.clone()),
        None => drop(task.remove(key)),
    }
}

/// Restores a date that was cleared while the other one stays: they go together or not at all.
fn restore_lone_date(task: &mut Object, stored: &Object, sent: &Object) {
    for (cleared, left) in [("startDate", "dueDate"), ("dueDate", "startDate")] {
        let was_cleared = !stored.is_none(cleared) && sent.get(cleared).is_some_and(is_null);
        if was_cleared && let Some(date) = task.get(left).filter(|date| !is_null(date)).cloned() {
            task.set(cleared, date);
        }
    }
}
