//! Manual orders, of which a delta brings what changed.

use ticktick_models::{Field, Json, Map, OrderChanges, Orders, OrdersV3, TaskOrders};

/// Merges the orders in the oldest form, key by key.
pub(super) fn merge_oldest(stored: &mut Field<TaskOrders>, news: Field<TaskOrders>) {
    let Some(news) = news.into_option() else { return };
    let Some(stored) = stored.as_mut() else { return stored.set(news) };
    merge_map(&mut stored.task_order_by_date, news.task_order_by_date);
    merge_map(&mut stored.task_order_by_priority, news.task_order_by_priority);
    merge_map(&mut stored.task_order_by_project, news.task_order_by_project);
}

/// Merges the orders in the second form, key by key.
pub(super) fn merge_second(stored: &mut Field<Orders>, news: Field<Orders>) {
    let Some(news) = news.into_option() else { return };
    let Some(stored) = stored.as_mut() else { return stored.set(news) };
    merge_map(&mut stored.order_by_type, news.order_by_type);
}

/// Merges the orders in the present form, object by object.
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
    // Their form is not on record, so they are kept as they come.
    for entry in news.deleted {
        if !stored.deleted.contains(&entry) {
            stored.deleted.push(entry);
        }
    }
}
