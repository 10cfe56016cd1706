//! Rules that apply to every written task.

use ticktick_models::Object;

use crate::world::fields::Fields;
use crate::world::readings::{Other, Readings};

/// Settles a task that is about to be stored in the place of another, or of none.
///
/// A bare status 2 on a series is stored like any other status: it closes the whole series, and there is
/// no next occurrence. Moving a series on is the client's work, with a finished copy in `add` and the
/// series with its next dates in `update`.
pub(super) fn settle(task: &mut Object, stored: Option<&Object>, readings: &Readings) {
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
