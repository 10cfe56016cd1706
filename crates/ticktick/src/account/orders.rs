//! Merges manual orders, because a delta contains only their changes.

use ticktick_models::{Field, Json, Map, OrderChanges, Orders, OrdersV3, TaskOrders};

/// Merges orders of the oldest form, by key.
pub(super) fn merge_oldest(stored: &mut Field<TaskOrders>, news: Field<TaskOrders>) {
    let Some(news) = news.into_option() else { return };
    let Some(stored) = stored.as_mut() else { return stored.set(news) };
    merge_map(&mut stored.task_order_by_date, news.task_order_by_date);
    merge_map(&mut stored.task_order_by_priority, news.task_order_by_priority);
    merge_map(&mut stored.task_order_by_project, news.task_order_by_project);
}

/// Merges orders of the second form, by key.
pub(super) fn merge_second(stored: &mut Field<Orders>, news: Field<Orders>) {
    let Some(news) = news.into_option() else { return };
    let Some(stored) = stored.as_mut() else { return stored.set(news) };
    merge_map(&mut stored.order_by_type, news.order_by_type);
}

/// Merges orders of the current form, by object.
pub(super) fn merge(stored: &mut Field<OrdersV3>, news: Field<OrdersV3>) {
    let Some(news) = news.into_option() else { return };
    let Some(stored) = stored.as_mut() else { return stored.set(news) };
    for (view, lists) in news.order_by_type.into_map() {
        let known = stored.order_by_type.entry(view).or_default();
        for (list, changes) in lists {
            merge_list(known.entry(list).or_default(), changes);
        }
    }
}

fn merge_map(stored: &mut Map<Json>, news: Map<Json>) {
    for (key, value) in news.into_map() {
        stored.insert(key, value);
    }
}

fn merge_list(stored: &mut OrderChanges, news: OrderChanges) {
    for entry in news.changed {
        match stored.changed.iter_mut().find(|known| known.id == entry.id) {
            Some(known) => *known = entry,
            None => stored.changed.push(entry),
        }
    }
    // Their form is undocumented, so they are kept unchanged.
    for entry in news.deleted {
        if !stored.deleted.contains(&entry) {
            stored.deleted.push(entry);
        }
    }
}
