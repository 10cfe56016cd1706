//! Adds, changes and deletes one task.

use jiff::Timestamp;
use serde_json::json;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::day::zone_of;
use crate::world::fields::{Fields, is_null, wire};
use crate::world::item::{Item, NO_PROJECT, SENSELESS, Stored};
use crate::world::readings::Other;
use crate::world::task::rules::apply_rules;

/// Members that an update does not change: they have their own calls or belong to the server.
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

/// Distance between the positions of tasks.
const STEP: i64 = 1 << 40;

impl Account {
    /// Adds a task.
    pub(crate) fn add_task(&mut self, sent: &Object, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        if self.readings.has(Other::ForeignIdRefused) && sent.word("id").is_some_and(|sent| sent != id) {
            return Err((sent.word("id").unwrap_or_default(), SENSELESS));
        }
        self.dates_fit(sent, &id)?;
        if self.tasks.row(&id).is_some() {
            return self.add_again(id, sent, now);
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
        let mut task = new_task(&id, &project, sent);
        self.understand_dates(&mut task);
        self.top -= STEP;
        task.fill("sortOrder", self.top);
        for key in ["commentCount", "imgMode"] {
            task.fill(key, 0);
        }
        apply_rules(&mut task, None, &self.readings);
        self.drop_dateless_rule(&mut task);
        self.stamp_completion(&mut task, None, sent, now);
        self.complete_members(&mut task, now);
        let etag = self.save_task(task, now);
        let parent = sent.word("parentId").filter(|_| self.readings.has(Other::CreateTakesParent));
        let etag = parent.and_then(|parent| self.put_under(&id, &parent, now)).unwrap_or(etag);
        Ok((id, etag))
    }

    /// Changes a task, if it exists.
    pub(crate) fn update_task(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        if self.readings.has(Other::UpdateMovesTask) {
            self.follow_project(sent, now);
        }
        let stored = self.tasks.get(&sent.text("id")?)?;
        let mut sent = sent.clone();
        self.understand_dates(&mut sent);
        let mut task = self.updated(&stored, &sent);
        for key in KEPT {
            keep(&mut task, &stored, key);
        }
        if self.keeps_pin(&sent) {
            keep(&mut task, &stored, "pinnedTime");
        }
        if !self.readings.has(Other::DateIsClearedAlone) {
            restore_lone_date(&mut task, &stored, &sent);
        }
        apply_rules(&mut task, Some(&stored), &self.readings);
        self.drop_dateless_rule(&mut task);
        self.stamp_completion(&mut task, Some(&stored), &sent, now);
        if sent.is_none("modifiedTime") || self.readings.has(Other::ModifiedTimeIsServers) {
            task.put("modifiedTime", wire(now));
        }
        self.complete_members(&mut task, now);
        mark_lost(&mut task, &stored);
        let id = task.text("id")?;
        let etag = self.save_task(task, now);
        if sent.int("deleted") == Some(1) {
            self.trash_task(&id, now);
        }
        Some((id, etag))
    }

    /// Moves a task to the trash, if it is in the given project.
    pub(crate) fn delete_task(&mut self, id: &str, project: &str, now: Timestamp) {
        let project = self.project_id(project);
        let found = self.tasks.row(id).is_some_and(|row| *row.head.project == *project);
        if found && self.may_write(&project, id).is_ok() {
            self.trash_task(id, now);
        }
    }

    /// Moves a task to the trash. Its children stay and lose their parent.
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

    /// Deletes a task permanently.
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
        if task.iter().any(|(_, value)| is_null(value)) {
            self.forget_nulls(&mut task, &id);
        }
        if let Some(stored) = self.tasks.row(&id) {
            self.history.note(&stored.object(), &task, now);
        }
        self.search.remember(&id, self.tasks.row(&id).map(|row| &*row.text), now);
        self.save(|account| &mut account.tasks, &mut task, now)
    }

    /// Adds the members that every task has and that are never null.
    fn complete_members(&self, task: &mut Object, now: Timestamp) {
        for key in ["title", "content", "desc"] {
            task.fill(key, "");
        }
        for key in ["isAllDay", "isFloating"] {
            task.fill(key, false);
        }
        for key in ["status", "priority", "progress", "sortOrder", "deleted"] {
            task.fill(key, 0);
        }
        for key in ["reminders", "exDate", "items", "tags", "attachments", "focusSummaries"] {
            task.fill(key, json!([]));
        }
        task.fill("timeZone", &self.zone);
        self.handle_empty_zone(task);
        task.fill("creator", self.user_id);
        for key in ["createdTime", "modifiedTime"] {
            task.fill(key, wire(now));
        }
        if is_one_day(task) {
            self.end_one_day(task);
        }
        self.fill_repeat_from(task);
    }

    /// Returns `true` if an update does not unpin a task. By default, only `-1` unpins.
    fn keeps_pin(&self, sent: &Object) -> bool {
        let is_text = || sent.word("pinnedTime").is_some_and(|text| text == "-1");
        sent.get("pinnedTime").is_some_and(is_null) && !self.readings.has(Other::NullUnpins)
            || is_text() && self.readings.has(Other::TextKeepsPin)
    }

    /// Drops the rule of a task without dates, because a series needs a start.
    fn drop_dateless_rule(&self, task: &mut Object) {
        let has_date = !task.is_none("startDate") || !task.is_none("dueDate");
        if task.word("repeatFlag").is_some() && !has_date && !self.readings.has(Other::RuleNeedsNoDate) {
            task.put("repeatFlag", ());
        }
    }

    /// Stores the end of an all-day task that ends when it starts.
    fn end_one_day(&self, task: &mut Object) {
        if self.readings.has(Other::AllDayEndsNextDay) {
            end_next_day(task);
        } else if self.readings.has(Other::AllDayEndDropped) {
            task.put("dueDate", ());
        }
    }

    /// Adds `repeatFrom` to a series that lacks it.
    fn fill_repeat_from(&self, task: &mut Object) {
        let modes = [(Other::RepeatFromCalendar, "2"), (Other::RepeatFromSchedule, "0")];
        let mode = modes.into_iter().find(|(other, _)| self.readings.has(*other));
        if let Some((_, mode)) = mode.filter(|_| task.word("repeatFlag").is_some()) {
            task.fill("repeatFrom", mode);
        }
    }

    /// Sets the time and the user of a completion, if the client did not. Abandoned tasks are not changed.
    fn stamp_completion(&self, task: &mut Object, stored: Option<&Object>, sent: &Object, now: Timestamp) {
        const COMPLETED: Option<i64> = Some(2);
        if task.int("status") != COMPLETED || self.readings.has(Other::CompletionStaysUntimed) {
            return;
        }
        let was_completed = stored.is_some_and(|stored| stored.int("status") == COMPLETED);
        if sent.is_none("completedTime") && !was_completed {
            task.put("completedTime", wire(now));
        }
        task.fill("completedTime", wire(now));
        task.fill("completedUserId", self.user_id);
    }

    /// Removes nulls of members that the stored task lacks.
    fn forget_nulls(&self, task: &mut Object, id: &str) {
        let stored = self.tasks.get(id).unwrap_or_default();
        let nulls = task.iter().filter(|(key, value)| is_null(value) && stored.get(key).is_none());
        let unset: Vec<String> = nulls.map(|(key, _)| key.to_owned()).collect();
        for key in &unset {
            task.remove(key);
        }
    }

    /// Completes checklist items and computes the progress.
    fn tidy_items(&mut self, task: &mut Object) {
        self.handle_item_status(task);
        let mut items: Vec<Object> = task.read("items").unwrap_or_default();
        if items.is_empty() {
            return;
        }
        let done = items.iter().filter(|item| item.int("status").unwrap_or_default() != 0).count();
        task.put("progress", done * 100 / items.len());
        let lacks_some = |item: &Object| {
            item.word("id").is_none() || ["title", "status", "sortOrder"].iter().any(|key| item.is_none(key))
        };
        if !items.iter().any(lacks_some) {
            return;
        }
        for item in items.iter_mut().filter(|item| lacks_some(item)) {
            if item.word("id").is_none() {
                item.put("id", self.make_id());
            }
            item.fill("title", "");
            item.fill("status", 0);
            item.fill("sortOrder", 0);
        }
        task.put("items", items);
    }

    /// Replaces names of tags by their keys, and creates missing tags.
    fn declare_tags(&mut self, task: &mut Object, now: Timestamp) {
        let tags = task.texts("tags");
        let mut keys = Vec::new();
        for tag in &tags {
            let key = self.tag_key(tag);
            let is_new = self.tags.row(&key).is_none();
            if is_new && self.readings.has(Other::TagIsDropped) {
                continue;
            }
            if is_new && !self.readings.has(Other::TagStaysOnTask) {
                self.make_tag(tag, now);
            }
            keys.push(key);
        }
        if keys != tags {
            task.put("tags", keys);
        }
    }
}

/// Creates a task from the sent members, without those that belong to the server.
fn new_task(id: &str, project: &str, sent: &Object) -> Object {
    let mut task = Object::new();
    task.put("id", id);
    task.put("projectId", project);
    for (key, value) in sent.iter() {
        if !KEPT.contains(&key) || key == "createdTime" {
            task.set(key, value.clone());
        }
    }
    task
}

/// Restores a member from the stored object, even if it is absent there.
fn keep(task: &mut Object, stored: &Object, key: &str) {
    match stored.get(key) {
        Some(value) => task.set(key, value.clone()),
        None => drop(task.remove(key)),
    }
}

/// Marks removed members of a task as cleared, so that deltas contain them.
fn mark_lost(task: &mut Object, stored: &Object) {
    for (key, _) in stored.iter() {
        if task.get(key).is_none() {
            task.put(key, ());
        }
    }
}

/// Returns `true` if a task is all-day and ends when it starts.
fn is_one_day(task: &Object) -> bool {
    let start = task.instant("startDate");
    start.is_some() && start == task.instant("dueDate") && task.read("isAllDay") == Some(true)
}

/// Moves the end of a task to the next midnight in its time zone.
fn end_next_day(task: &mut Object) {
    let Some(due) = task.instant("dueDate") else { return };
    let local = due.to_zoned_datetime(zone_of(&task.text("timeZone").unwrap_or_default()));
    if let Ok(next) = local.tomorrow() {
        task.put("dueDate", wire(next.timestamp()));
    }
}

/// Restores a date that was cleared alone, because start and due date can only be cleared together.
fn restore_lone_date(task: &mut Object, stored: &Object, sent: &Object) {
    for (cleared, left) in [("startDate", "dueDate"), ("dueDate", "startDate")] {
        let was_cleared = !stored.is_none(cleared) && sent.get(cleared).is_some_and(is_null);
        if was_cleared && let Some(date) = task.get(left).filter(|date| !is_null(date)).cloned() {
            task.set(cleared, date);
        }
    }
}
