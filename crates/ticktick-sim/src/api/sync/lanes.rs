//! Parts that a full sync and a delta have in common.

use serde_json::Value;

use crate::world::json::{Members, array};
use crate::world::store::Table;

/// Writes the lists of tasks. New tasks are in `update`, and `add` is always empty.
pub(crate) fn lanes(
    bean: Members,
    changed: impl IntoIterator<Item = impl AsRef<str>>,
    trashed: &[Value],
    gone: &[Value],
) -> Members {
    let mut changed = changed.into_iter().peekable();
    let empty = changed.peek().is_none() && trashed.is_empty() && gone.is_empty();
    let deleted: Vec<_> = trashed.iter().chain(gone).collect();
    let bean = bean
        .array("update", changed)
        .value("delete", deleted)
        .raw("add", "[]")
        .raw("tagUpdate", "[]")
        .value("empty", empty);
    let lanes = [("deletedInTrash", trashed), ("deletedForever", gone)];
    lanes.into_iter().filter(|(_, lane)| !lane.is_empty()).fold(bean, |bean, (key, lane)| bean.value(key, lane))
}

/// Returns all objects, or null if there are none.
pub(crate) fn some(table: &Table) -> String {
    if table.len() == 0 { "null".into() } else { array(table.texts()) }
}
