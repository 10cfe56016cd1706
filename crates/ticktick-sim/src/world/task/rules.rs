//! Rules that apply to every written task.

use ticktick_models::Object;

use crate::world::fields::Fields;
use crate::world::readings::{Other, Readings};

/// Applies the rules for every write to a task before it is stored.
///
/// Status 2 of a series closes the whole series, without a next occurrence. To finish one occurrence, clients
/// add a completed copy and update the series with its next dates.
pub(super) fn apply_rules(task: &mut Object, stored: Option<&Object>, readings: &Readings) {
    if task.is_none("kind") {
        let usual = (!readings.has(Other::KindStaysAbsent)).then(|| "TEXT".to_owned());
        task.put("kind", stored.and_then(|stored| stored.text("kind")).or(usual));
    }
    if task.int("status") == Some(1) && readings.has(Other::StatusOneIsTwo) {
        task.put("status", 2);
    }
    if task.is_none("startDate") && readings.has(Other::StartFollowsDue) {
        task.put("startDate", task.text("dueDate"));
    }
    let had_items = stored.is_some_and(|stored| !items(stored).is_empty());
    if had_items && items(task).is_empty() {
        task.put("progress", 0);
    }
}

fn items(task: &Object) -> Vec<Object> {
    task.read("items").unwrap_or_default()
}
