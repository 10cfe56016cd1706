//! In a delta null stands for no change; a list that is there is the complete new one, even if it is empty.

use ticktick_models::List;

/// Returns the new list, if there is one.
pub(crate) fn news<T>(list: List<T>) -> Option<List<T>> {
    if list.is_absent() || list.is_null() { None } else { Some(list) }
}
