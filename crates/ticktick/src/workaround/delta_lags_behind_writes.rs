//! A delta directly after a write can be empty, and a later one contains the change.

use ticktick_models::{Field, List, SyncAnswer, SyncTasks};

/// Returns where the next delta starts: at the same checkpoint if nothing has changed, so that late changes are not
/// missed.
pub(crate) fn next(since: i64, delta: &SyncAnswer) -> i64 {
    if since > 0 && is_idle(delta) { since } else { delta.check_point }
}

/// Returns whether nothing has changed. The flag `empty` is ignored, because it refers only to tasks.
fn is_idle(delta: &SyncAnswer) -> bool {
    delta.sync_task_bean.get().is_none_or(has_no_tasks)
        && is_null(&delta.project_profiles)
        && is_null(&delta.project_groups)
        && is_null(&delta.filters)
        && is_null(&delta.tags)
        && has_no_orders(delta)
}

fn has_no_tasks(lanes: &SyncTasks) -> bool {
    let deleted = [&lanes.delete, &lanes.deleted_in_trash, &lanes.deleted_forever];
    lanes.update.is_empty() && lanes.add.is_empty() && deleted.iter().all(|lane| lane.is_empty())
}

fn is_null<T>(list: &List<T>) -> bool {
    list.is_absent() || list.is_null()
}

fn has_no_orders(delta: &SyncAnswer) -> bool {
    is_default(&delta.sync_order_bean_v3)
        && is_default(&delta.sync_order_bean)
        && is_default(&delta.sync_task_order_bean)
}

fn is_default<T: Default + PartialEq>(field: &Field<T>) -> bool {
    field.get().is_none_or(|value| *value == T::default())
}
