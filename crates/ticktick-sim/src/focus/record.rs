//! Finished sessions: reading, adding, changing and deleting them.

use std::cmp::Reverse;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use ticktick_models::{FocusRecord, Object};

use crate::account::Account;
use crate::batch::{Batch, Item, Outcome, Refused, SENSELESS};
use crate::call::Call;
use crate::fields::{Fields, canonical, wire};
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::shape;
use crate::store::{Head, Row};
use crate::wire::array;

/// Kinds of sessions.
pub(crate) const POMODORO: i64 = 0;
pub(crate) const STOPWATCH: i64 = 1;

/// A session that ran to its end.
pub(super) const COMPLETED: i64 = 1;

/// Sessions on a page of the timeline.
const PAGE: usize = 31;

/// Maximum seconds of a session, a century; more is a mistake that sums must survive.
const LONGEST: i64 = 100 * 365 * 86_400;

const INSTANTS: &[&str] = &["startTime", "endTime"];

/// Facts about a session that queries ask for.
pub(crate) struct FocusHead {
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
    pub(crate) kind: i64,
    pub(crate) completed: bool,
    /// Focused time in seconds, without pauses, as corrected by the user.
    pub(crate) seconds: i64,
}

impl Head for FocusHead {
    fn of(record: &Object) -> Self {
        let start = record.instant("startTime").unwrap_or_default();
        let end = record.instant("endTime").unwrap_or(start);
        let number = |key| record.int(key).unwrap_or_default();
        let elapsed = end.duration_since(start).as_secs();
        let seconds = elapsed.saturating_sub(number("pauseDuration")).saturating_add(number("adjustTime"));
        let (kind, completed) = (number("type"), number("status") == COMPLETED);
        Self { start, end, kind, completed, seconds: seconds.clamp(0, LONGEST) }
    }
}

/// Answers the sessions of a kind that began in a range; without a range there are none.
pub(super) fn between(account: &Account, call: &Call, kind: i64) -> Answer {
    let (from, to) = (call.number("from", 0)?, call.number("to", 0)?);
    if call.query("from").is_none() || call.query("to").is_none() {
        return Ok(Reply::json_text("[]"));
    }
    let within = |row: &Row<FocusHead>| {
        let start = row.head.start.as_millisecond();
        row.head.kind == kind && start >= from && start <= to
    };
    Ok(newest_first(account, within, usize::MAX))
}

/// Answers a page of sessions of both kinds that began before a moment.
pub(super) fn timeline(account: &Account, call: &Call) -> Answer {
    let to = call.number("to", i64::MAX)?;
    Ok(newest_first(account, |row| row.head.start.as_millisecond() < to, PAGE))
}

/// Answers the sessions of a task, if it is in the given list.
pub(super) fn by_task(account: &Account, call: &Call) -> Answer {
    let (Some(project), Some(task)) = (call.query("projectId"), call.query("taskId")) else {
        return Err(Refusal::senseless());
    };
    let project = account.project_id(project);
    if account.tasks.row(task).is_some_and(|row| *row.head.project != *project) {
        return Ok(Reply::json_text("[]"));
    }
    Ok(newest_first(account, |row| is_about(row, "taskId", task), usize::MAX))
}

pub(super) fn newest_first(account: &Account, wanted: impl Fn(&Row<FocusHead>) -> bool, most: usize) -> Reply {
    let mut rows: Vec<_> = account.focus.records.live().filter(|row| wanted(row)).collect();
    rows.sort_by_key(|row| Reverse(row.head.start));
    rows.truncate(most);
    Reply::json_text(array(rows.iter().map(|row| &*row.text)))
}

/// Returns `true` if a session or a part of it belongs to an object.
pub(super) fn is_about(row: &Row<FocusHead>, key: &str, id: &str) -> bool {
    // What names it has its id somewhere in its text.
    row.text.contains(id) && {
        let record = row.object();
        let stretches: Vec<Object> = record.read("tasks").unwrap_or_default();
        record.text("focusOnId").as_deref() == Some(id)
            || stretches.iter().any(|stretch| stretch.text(key).as_deref() == Some(id))
    }
}

pub(super) fn batch(account: &mut Account, call: &Call, kind: i64) -> Answer {
    let mut batch = Batch::read(call)?;
    batch.sent().try_for_each(|sent| shape::check::<FocusRecord>(sent, &[("id", json!(""))], INSTANTS))?;
    let deleted: Vec<String> = batch.delete()?;
    let mut outcome = Outcome::default();
    for sent in batch.add() {
        outcome.note(account.add_focus(&sent, kind, call.now));
    }
    for sent in batch.update() {
        if let Some(item) = account.update_focus(&sent, kind, call.now) {
            outcome.note(item);
        }
    }
    for id in deleted {
        account.delete_focus(&id, kind, call.now);
    }
    Ok(outcome.reply())
}

/// Sessions to delete, by kind.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Deleted {
    pomodoro_ids: Option<Vec<String>>,
    timing_ids: Option<Vec<String>>,
}

pub(super) fn delete(account: &mut Account, call: &Call) -> Answer {
    let sent: Object = call.json()?;
    let sent: Deleted = sent.decode().map_err(|_| Refusal::senseless())?;
    for (ids, kind) in [(sent.pomodoro_ids, POMODORO), (sent.timing_ids, STOPWATCH)] {
        for id in ids.unwrap_or_default() {
            account.delete_focus(&id, kind, call.now);
        }
    }
    Ok(Reply::empty())
}

impl Account {
    /// Adds a session of any length. Adding it again changes the existing one.
    pub(crate) fn add_focus(&mut self, sent: &Object, kind: i64, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        let mut record = sent.clone();
        record.put("id", &id);
        self.save_focus(id, record, kind, now)
    }

    /// Changes a session, if it exists; the request must contain its current etag.
    fn update_focus(&mut self, sent: &Object, kind: i64, now: Timestamp) -> Option<Item> {
        let id = sent.text("id")?;
        let stored = self.focus.records.get(&id).filter(|stored| stored.int("type") == Some(kind))?;
        if sent.text("etag") != stored.text("etag") {
            return Some(Err((id, SENSELESS)));
        }
        let record = self.updated(&stored, sent);
        Some(self.save_focus(id, record, kind, now))
    }

    /// Deletes a session of a kind, if there is one.
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
    fn describe(&self, stretch: &mut Object) {
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

    /// Returns the name of a list; that of the inbox is the one which clients translate.
    pub(crate) fn project_name(&self, id: &str) -> String {
        if id == self.inbox_id {
            return "Inbox".into();
        }
        self.projects.get(id).and_then(|project| project.text("name")).unwrap_or_default()
    }
}
