//! Completing tasks, including recurring ones.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde_json::{Value, json};
use ticktick_models::{Object, Task};

use crate::open::view;
use crate::world::account::Account;
use crate::world::fields::{Fields, wire};

/// Distance between the positions of tasks.
const STEP: i64 = 1 << 40;

/// Completes a task.
///
/// A recurring task moves to its next date and stays open, and a completed copy is stored with its own id.
/// The last occurrence of a series is completed itself, and so is a task whose rule the simulator cannot
/// compute. Completing a closed task again changes the time of its completion to `at`.
pub(super) fn complete(account: &mut Account, task: &Object, at: Timestamp, now: Timestamp) {
    let is_open = task.int("status").unwrap_or_default() == 0;
    if let Some(mut moved) = is_open.then(|| moved_on(account, task, now)).flatten() {
        let copy = copy(account, task);
        store_closed(account, copy, at, now);
        moved.put("modifiedTime", wire(now));
        without_empty_tags(&mut moved);
        account.save_task(moved, now);
    } else {
        let mut task = task.clone();
        without_empty_tags(&mut task);
        store_closed(account, task, at, now);
    }
}

/// Removes an empty list of tags, which the service sends only for new tasks.
pub(super) fn without_empty_tags(task: &mut Object) {
    if task.texts("tags").is_empty() {
        task.remove("tags");
    }
}

/// Stores a task as completed.
pub(super) fn store_closed(account: &mut Account, mut task: Object, at: Timestamp, now: Timestamp) {
    task.put("status", 2);
    task.put("completedTime", wire(at));
    task.put("completedUserId", account.user_id);
    task.put("modifiedTime", wire(now));
    account.save_task(task, now);
}

/// Creates the copy of an occurrence. It does not recur, has no parent and children, and keeps the creation
/// time of the series.
fn copy(account: &mut Account, task: &Object) -> Object {
    account.top -= STEP;
    let mut copy = task.clone();
    copy.put("id", account.make_id());
    copy.put("sortOrder", account.top);
    copy.put("repeatTaskId", task.text("id"));
    copy.put("commentCount", 0);
    copy.put("attachments", json!([]));
    for key in ["repeatFlag", "repeatFrom", "parentId", "childIds", "pinnedTime"] {
        copy.remove(key);
    }
    let reminders: Vec<Object> = task.read("reminders").unwrap_or_default();
    let triggers: Vec<String> = reminders.iter().filter_map(|reminder| reminder.text("trigger")).collect();
    let reminders: Vec<Value> = triggers.iter().map(|trigger| view::reminder(&account.make_id(), trigger)).collect();
    copy.put("reminders", reminders);
    copy
}

/// Returns a recurring task at its next date, if that exists and can be computed.
fn moved_on(account: &Account, object: &Object, now: Timestamp) -> Option<Object> {
    let account_zone = crate::world::day::zone_of(&account.zone);
    let mut task: Task = object.decode().ok()?;
    let due = task.due(&account_zone)?;
    let zone = due.zone().unwrap_or(&account_zone).clone();
    let next = task.next_occurrence(&account_zone, zone.to_datetime(now).date()).ok()??;
    let rule = task.recurrence()?.ok()?.moved_on();
    task.set_due(&next, &account_zone).ok()?;
    let mut moved = object.clone();
    moved.fill("repeatFirstDate", object.instant("startDate").or_else(|| object.instant("dueDate")).map(wire));
    for (key, date) in [("startDate", &task.start_date), ("dueDate", &task.due_date)] {
        if object.instant(key).is_some() {
            moved.put(key, date);
        }
    }
    if task.time_zone.as_deref() != zone.iana_name() {
        // The local time does not exist in the time zone on that day.
        moved.put("timeZone", &task.time_zone);
    }
    moved.put("repeatFlag", rule.as_str());
    if moved.word("repeatFrom").is_none() {
        moved.put("repeatFrom", "2");
    }
    moved.put("progress", 0);
    moved.remove("remindTime");
    if let Some(items) = object.read::<Vec<Object>>("items") {
        let days = due.start_date().until(next.start_date()).ok()?;
        moved.put("items", items.into_iter().map(|item| reopened(item, days, &zone)).collect::<Vec<_>>());
    }
    Some(moved)
}

/// Reopens a checklist item for the next occurrence.
fn reopened(mut item: Object, days: Span, zone: &TimeZone) -> Object {
    item.put("status", 0);
    item.remove("completedTime");
    if let Some(date) = item.instant("startDate").and_then(|instant| later(instant, days, zone)) {
        item.put("startDate", wire(date));
    }
    item
}

/// Returns the same time of day some days later.
fn later(instant: Timestamp, days: Span, zone: &TimeZone) -> Option<Timestamp> {
    let there = instant.to_zoned_datetime(zone.clone()).datetime().checked_add(days).ok()?;
    Some(there.to_zoned_datetime(zone.clone()).ok()?.timestamp())
}
