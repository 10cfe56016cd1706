//! Comments on tasks.

use ticktick_models::Object;

use crate::world::fields::Fields;
use crate::world::store::Head;

/// The task that a comment belongs to.
pub(crate) struct OnTask(pub(crate) Box<str>);

impl Head for OnTask {
    fn of(object: &Object) -> Self {
        Self(object.text("taskId").unwrap_or_default().into())
    }

    fn group(&self) -> Option<&str> {
        Some(&self.0)
    }
}
