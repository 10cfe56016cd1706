//! Writes tasks with the members that the service sends, and omits those that it omits.

use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use ticktick_models::Object;

use crate::made::synthetic::dates::When;
use crate::made::synthetic::outline::{Family, Outline, STEP, TaskState};
use crate::made::synthetic::words::{RULES, SENTENCES, THINGS, VERBS};
use crate::world::account::Account;
use crate::world::fields::wire;
use crate::world::json::Members;

/// The main properties of a task.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Note,
    Checklist,
}

/// Writes tasks into an account.
pub(super) struct Pen<'a> {
    account: &'a mut Account,
    outline: &'a Outline,
    pub(super) random: &'a mut Rng,
    /// All tasks count as one change.
    stamp: i64,
}

impl<'a> Pen<'a> {
    pub(super) fn new(account: &'a mut Account, outline: &'a Outline, random: &'a mut Rng) -> Self {
        let stamp = account.stamp(outline.now);
        Self { account, outline, random, stamp }
    }

    /// Writes one task of a family.
    pub(super) fn write(&mut self, family: &Family, member: usize, state: TaskState) {
        let place = family.first + member;
        let project = &self.outline.projects[family.project];
        let kind = if project.is_note {
            Kind::Note
        } else if self.random.u8(..12) == 0 {
            Kind::Checklist
        } else {
            Kind::Text
        };
        let sort_order = -STEP * i64::try_from(place).unwrap_or(0);
        let task = Members::with_room(2048)
            .value("id", self.outline.id(place))
            .value("projectId", &project.id)
            .value("sortOrder", sort_order);
        let task = self.body(task, kind, place);
        let task = self.dates(task, state);
        let task = self.items(task, kind);
        let task = self.relations(task, family, member);
        let task = self.history(task, place, state);
        // This crate serialized the text, so parsing it succeeds.
        let task: Object = serde_json::from_str(&task.done()).unwrap_or_default();
        self.account.tasks.put(&task, self.stamp);
    }

    fn body(&mut self, task: Members, kind: Kind, place: usize) -> Members {
        let (verb, thing) = (self.one(VERBS), self.one(THINGS));
        let text: Vec<&str> = (0..self.random.usize(1..5)).map(|_| self.one(SENTENCES)).collect();
        let text = text.join(" ");
        let (name, content, desc) = match kind {
            Kind::Text => ("TEXT", text.as_str(), ""),
            Kind::Note => ("NOTE", text.as_str(), ""),
            Kind::Checklist => ("CHECKLIST", "", text.as_str()),
        };
        task.value("title", format!("{verb} {thing} ({})", place + 1))
            .value("content", content)
            .value("desc", desc)
            .value("kind", name)
            .raw("imgMode", "0")
    }

    fn dates(&mut self, task: Members, state: TaskState) -> Members {
        let when = self.outline.calendar.pick(self.random);
        let repeats = when.is_some() && state == TaskState::Open && self.random.u8(..8) == 0;
        let rule = if repeats { self.one(RULES) } else { "" };
        let first = when.as_ref().filter(|_| repeats).map(|when| wire(when.start));
        let zone = when.as_ref().map_or(self.account.zone.as_str(), |when| when.zone);
        let task = task
            .value("timeZone", zone)
            .raw("isFloating", "false")
            .value("isAllDay", when.as_ref().is_some_and(|when| when.is_all_day))
            .some("startDate", when.as_ref().map(|when| wire(when.start)))
            .some("dueDate", when.as_ref().map(|when| wire(when.due)));
        let reminders = self.reminders(when.as_ref());
        task.raw("reminder", "\"\"")
            .value("reminders", reminders)
            .raw("annoyingAlert", "0")
            .raw("exDate", "[]")
            .some("repeatFirstDate", first)
            .value("repeatFlag", rule)
            .value("repeatFrom", if repeats { "0" } else { "2" })
    }

    fn reminders(&mut self, when: Option<&When>) -> Vec<Value> {
        let trigger = match when {
            Some(when) if when.is_all_day => "TRIGGER:P0DT9H0M0S",
            Some(_) => "TRIGGER:-PT30M",
            None => return Vec::new(),
        };
        if self.random.bool() { vec![json!({ "id": self.account.make_id(), "trigger": trigger })] } else { Vec::new() }
    }

    fn items(&mut self, task: Members, kind: Kind) -> Members {
        let count = if kind == Kind::Checklist { self.random.i64(3..8) } else { 0 };
        let done = if count > 0 { self.random.i64(0..count) } else { 0 };
        let item = |order: i64| {
            let mut item = json!({
                "id": self.account.make_id(),
                "title": format!("Part {}", order + 1),
                "status": i64::from(order < done),
                "sortOrder": order * STEP,
                "isAllDay": false,
                "timeZone": "",
            });
            if order < done {
                item["completedTime"] = wire(self.outline.now).into();
            }
            item
        };
        let items: Vec<Value> = (0..count).map(item).collect();
        task.value("items", items).value("progress", if count > 0 { done * 100 / count } else { 0 })
    }

    fn relations(&mut self, task: Members, family: &Family, member: usize) -> Members {
        let relative = |member| self.outline.id(family.first + member);
        let children: Vec<String> = family.children(member).map(relative).collect();
        let parent = family.parent(member).map(relative);
        let columns = &self.outline.projects[family.project].columns;
        let column = (!columns.is_empty()).then(|| &columns[self.random.usize(..columns.len())]);
        let mut tags: Vec<&str> = Vec::new();
        for _ in 0..self.random.usize(..3) {
            let tag = &self.outline.tags[self.random.usize(..self.outline.tags.len())];
            if !tags.contains(&tag.as_str()) {
                tags.push(tag);
            }
        }
        task.some("columnId", column)
            .some("parentId", parent)
            .some("childIds", (!children.is_empty()).then_some(children))
            .value("tags", tags)
    }

    /// Writes the members about users and times.
    fn history(&mut self, task: Members, place: usize, state: TaskState) -> Members {
        let outline = self.outline;
        let created = outline.created(place);
        let modified = self.between(created);
        let closed = matches!(state, TaskState::Closed(_)).then(|| wire(modified));
        let pinned = (state == TaskState::Open && self.random.u8(..100) == 0).then(|| wire(modified));
        let priority = [0, 0, 0, 1, 3, 5][self.random.usize(..6)];
        let task = task
            .value("status", state.status())
            .value("priority", priority)
            .some("pinnedTime", pinned)
            .some("completedUserId", closed.as_ref().map(|_| outline.user))
            .some("completedTime", closed)
            .value("createdTime", wire(created))
            .value("modifiedTime", wire(modified))
            .value("creator", outline.user)
            .raw("commentCount", "0")
            .raw("attachments", "[]")
            .raw("focusSummaries", "[]")
            .value("deleted", i64::from(state == TaskState::Trashed))
            .value("etag", self.account.make_etag());
        if state != TaskState::Trashed {
            return task;
        }
        task.value("deletedTime", modified.as_millisecond()).value("deletedBy", outline.user)
    }

    /// Picks an instant between the given one and now.
    fn between(&mut self, from: Timestamp) -> Timestamp {
        let most = self.outline.now.duration_since(from).as_secs().max(1);
        let later = SignedDuration::from_secs(self.random.i64(0..most));
        from.checked_add(later).unwrap_or(from)
    }

    fn one(&mut self, texts: &[&'static str]) -> &'static str {
        texts[self.random.usize(..texts.len())]
    }
}
