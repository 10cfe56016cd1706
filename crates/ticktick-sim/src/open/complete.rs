//! Completing a task; a recurring one moves on.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde_json::{Value, json};
use ticktick_models::{Object, Task};

use crate::account::Account;
use crate::fields::{Fields, wire};

use super::view;

/// Completes an open task.
///
/// A recurring task moves on to its next date and stays open, while a finished copy is stored
/// under an id of its own. The last one of a series, and one whose rule is not understood, is
/// completed itself.
pub(super) fn complete(account: &mut Account, task: &Object, now: Timestamp) {
    if task.int("status").is_some_and(|status| status != 0) {
        return;
    }
    if let Some(mut moved) = moved_on(account, task, now) {
        let copy = copy(account, task);
        close(account, copy, now);
        moved.put("modifiedTime", wire(now));
        account.save_task(moved, now);
    } else {
        close(account, task.clone(), now);
    }
}

fn close(account: &mut Account, mut task: Object, now: Timestamp) {
    task.put("status", 2);
    task.put("completedTime", wire(now));
    task.put("completedUserId", account.user_id);
    task.put("modifiedTime", wire(now));
    account.save_task(task, now);
}

/// Makes the copy of an occurrence, which stands on its own.
fn copy(account: &mut Account, task: &Object) -> Object {
    let mut copy = task.clone();
    copy.put("id", account.make_id());
    copy.put("repeatFlag", ());
    copy.put("repeatTaskId", task.text("id"));
    copy.put("commentCount", 0);
    copy.put("attachments", json!([]));
    for key in ["parentId", "childIds", "pinnedTime"] {
        copy.remove(key);
    }
    let reminders: Vec<Object> = task.read("reminders").unwrap_or_default();
    let triggers: Vec<String> = reminders.iter().filter_map(|reminder| reminder.text("trigger")).collect();
    let reminders: Vec<Value> = triggers.iter().map(|trigger| view::reminder(&account.make_id(), trigger)).collect();
    copy.put("reminders", reminders);
    copy
}

/// Returns a recurring task at its next date, where there is one that can be computed.
fn moved_on(account: &Account, object: &Object, now: Timestamp) -> Option<Object> {
    let account_zone = TimeZone::get(&account.zone).unwrap_or(TimeZone::UTC);
    let mut task: Task = object.decode().ok()?;
    let due = task.due(&account_zone).ok()??;
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
        // A floating time that the clocks of its zone skip.
        moved.put("timeZone", &task.time_zone);
    }
    moved.put("repeatFlag", rule.as_str());
    moved.remove("remindTime");
    if let Some(items) = object.read::<Vec<Object>>("items") {
        let days = due.start_date().until(next.start_date()).ok()?;
        moved.put("items", items.into_iter().map(|item| reopened(item, days, &zone)).collect::<Vec<_>>());
        moved.put("progress", 0);
    }
    Some(moved)
}

/// Opens an item of a checklist again, for the next time.
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
