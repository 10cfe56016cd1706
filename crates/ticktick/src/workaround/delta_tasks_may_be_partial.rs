//! A changed task may come without members that did not change.

use ticktick_models::{Object, Task};

/// Puts the members that came over those that are stored; null came, absent did not.
pub(crate) fn merge(stored: &Task, changed: Task) -> Task {
    let merged = || {
        let mut whole = Object::encode(stored)?;
        whole.merge(Object::encode(&changed)?);
        whole.decode_lenient()
    };
    // Two tasks always make a task.
    merged().unwrap_or(changed)
}
