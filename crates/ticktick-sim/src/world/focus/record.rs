//! Finished focus sessions.

use jiff::Timestamp;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::book::focus::COMPLETED;
use crate::world::fields::{Fields, canonical, wire};
use crate::world::item::{Item, Refused, SENSELESS};

/// Members that contain instants.
pub(crate) const INSTANTS: &[&str] = &["startTime", "endTime"];

impl Account {
    /// Adds a session of any length. Adding a session again changes the existing one.
    pub(crate) fn add_focus(&mut self, sent: &Object, kind: i64, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        let mut record = sent.clone();
        record.put("id", &id);
        self.save_focus(id, record, kind, now)
    }

    /// Changes a session, if it exists. The request must contain its current etag.
    pub(crate) fn update_focus(&mut self, sent: &Object, kind: i64, now: Timestamp) -> Option<Item> {
        let id = sent.text("id")?;
        let stored = self.focus.records.get(&id).filter(|stored| stored.int("type") == Some(kind))?;
        if sent.text("etag") != stored.text("etag") {
            return Some(Err((id, SENSELESS)));
        }
        let record = self.updated(&stored, sent);
        Some(self.save_focus(id, record, kind, now))
    }

    /// Deletes a session of the given kind, if it exists.
    pub(crate) fn delete_focus(&mut self, id: &str, kind: i64, now: Timestamp) {
        if self.focus.records.row(id).is_some_and(|row| row.head.kind == kind) {
            let stamp = self.stamp(now);
            self.focus.records.remove(id, stamp);
        }
    }

    fn save_focus(&mut self, id: String, mut record: Object, kind: i64, now: Timestamp) -> Item {
        let times = record.instant("startTime").zip(record.instant("endTime"));
        let Some((start, end)) = times.filter(|(start, end)| start <= end) else {
            let refused: Refused = (id, SENSELESS);
            return Err(refused);
        };
        canonical(&mut record, INSTANTS);
        record.put("type", kind);
        record.fill("status", COMPLETED);
        record.fill("pauseDuration", 0);
        record.fill("adjustTime", 0);
        record.fill("added", false);
        let mut stretches: Vec<Object> = record.read("tasks").unwrap_or_default();
        if stretches.is_empty() {
            stretches.push(Object::new());
        }
        for stretch in &mut stretches {
            canonical(stretch, INSTANTS);
            stretch.fill("startTime", wire(start));
            stretch.fill("endTime", wire(end));
            self.describe(stretch);
        }
        record.put("tasks", stretches);
        let etag = self.save(|account| &mut account.focus.records, &mut record, now);
        Ok((id, etag))
    }

    /// Adds the names of the task, habit and timer to a part of a session, if the account has them.
    pub(crate) fn describe(&self, stretch: &mut Object) {
        if let Some(task) = stretch.word("taskId").and_then(|id| self.tasks.get(&id)) {
            stretch.fill("title", task.text("title").unwrap_or_default());
            stretch.fill("projectName", self.project_name(&task.text("projectId").unwrap_or_default()));
            stretch.fill("tags", task.texts("tags"));
        } else if let Some(habit) = stretch.word("habitId").and_then(|id| self.habit.habits.get(&id)) {
            stretch.fill("title", habit.text("name").unwrap_or_default());
        }
        if let Some(timer) = stretch.word("timerId").and_then(|id| self.focus.timers.get(&id)) {
            stretch.fill("timerName", timer.text("name").unwrap_or_default());
        }
    }

    /// Returns the name of a project. Clients translate the name of the inbox.
    pub(crate) fn project_name(&self, id: &str) -> String {
        if id == self.inbox_id {
            return "Inbox".into();
        }
        self.projects.get(id).and_then(|project| project.text("name")).unwrap_or_default()
    }
}
