//! In a delta, null means no change; a list, even an empty one, is the complete new list.

use ticktick_models::List;

/// Returns the new list, if there is one.
pub(crate) fn news<T>(list: List<T>) -> Option<List<T>> {
    if list.is_absent() || list.is_null() { None } else { Some(list) }
}
