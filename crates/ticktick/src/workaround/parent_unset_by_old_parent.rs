//! A task is detached only if its old parent is named; a null or empty new parent does nothing.

use ticktick_models::{SetParent, Task};

use crate::task::family::parent_of;

/// Builds the change that detaches a task from its parent, if it has one.
pub(crate) fn leave(task: &Task) -> Option<SetParent> {
    let parent = parent_of(task)?;
    let mut link = SetParent::new(task.id.clone(), task.project_id.clone());
    link.old_parent_id = parent.clone().into();
    Some(link)
}
