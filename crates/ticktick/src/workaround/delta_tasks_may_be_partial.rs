//! A changed task may lack fields that did not change.

use ticktick_models::{Object, Task};

/// Merges received fields into the stored task; null replaces a value, an absent field does not.
pub(crate) fn merge(stored: &Task, changed: Task) -> Task {
    let merged = || {
        let mut whole = Object::encode(stored)?;
        whole.merge(Object::encode(&changed)?);
        whole.decode_lenient()
    };
    // Merging two tasks always results in a task.
    merged().unwrap_or(changed)
}
