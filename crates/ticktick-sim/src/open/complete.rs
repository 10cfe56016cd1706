//! Completing a task; a recurring one moves on.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde_json::{Value, json};
use ticktick_models::Object;

use crate::account::Account;
use crate::fields::{Fields, wire};

use super::recur::{Rule, counted_down};
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
    if let Some(mut moved) = moved_on(account, task) {
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

/// Returns a recurring task at its next date, where there is one.
fn moved_on(account: &Account, task: &Object) -> Option<Object> {
    let zone = task.word("timeZone").unwrap_or_else(|| account.zone.clone());
    let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    let text = task.word("repeatFlag")?;
    let rule = Rule::read(&text, &zone)?;
    let base = task.instant("startDate").or_else(|| task.instant("dueDate"))?;
    let today = base.to_zoned_datetime(zone.clone()).date();
    let skipped = task.texts("exDate");
    // The form of a skipped day is not settled; every known one begins with its digits.
    let is_skipped = |day: &str| skipped.iter().any(|skipped| skipped.replace('-', "").starts_with(day));
    let mut next = rule.after(today)?;
    while is_skipped(&next.strftime("%Y%m%d").to_string()) {
        next = rule.after(next)?;
    }
    let days = today.until(next).ok()?;
    let mut moved = task.clone();
    for key in ["startDate", "dueDate"] {
        if let Some(instant) = task.instant(key) {
            moved.put(key, wire(later(instant, days, &zone)?));
        }
    }
    moved.fill("repeatFirstDate", wire(base));
    moved.put("repeatFlag", counted_down(&text));
    moved.remove("remindTime");
    if let Some(items) = task.read::<Vec<Object>>("items") {
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
