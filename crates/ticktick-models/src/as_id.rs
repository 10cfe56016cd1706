//! [`AsId`]: everything that names an object.

use crate::ProjectId;

/// Names an object by its id.
///
/// Every method that needs only the id of an object takes `impl AsId`: the object itself, its id, or the text of its
/// id, each by value or by reference. A project can also be named by the word `inbox`, and a tag by its name in any
/// case or by the form `parent/child`.
///
/// The id is not validated here. The client rejects a text that cannot be an id before it sends anything.
///
/// # Examples
///
/// ```
/// use ticktick_models::{AsId, Task, TaskId};
///
/// fn id_of(task: impl AsId<TaskId>) -> TaskId {
///     task.as_id()
/// }
///
/// let task = Task::new("65f0a1b2c3d4e5f6a7b8c9d0", "inbox");
/// assert_eq!(id_of(&task), task.id);
/// assert_eq!(id_of(&task.id), id_of("65f0a1b2c3d4e5f6a7b8c9d0"));
/// assert_eq!(id_of(String::from("65f0a1b2c3d4e5f6a7b8c9d0")), task.id);
/// ```
pub trait AsId<Id> {
    /// Returns the id.
    fn as_id(&self) -> Id;

    /// Returns the project that holds the object, if the caller knows it.
    ///
    /// Some operations require the project in addition to the task or column. An object knows its project;
    /// for an id alone the client looks it up first.
    fn known_project(&self) -> Option<ProjectId> {
        None
    }
}

impl<Id, T: AsId<Id> + ?Sized> AsId<Id> for &T {
    fn as_id(&self) -> Id {
        (**self).as_id()
    }

    fn known_project(&self) -> Option<ProjectId> {
        (**self).known_project()
    }
}

impl<Id: for<'a> From<&'a str>> AsId<Id> for str {
    fn as_id(&self) -> Id {
        self.into()
    }
}

impl<Id: for<'a> From<&'a str>> AsId<Id> for String {
    fn as_id(&self) -> Id {
        self.as_str().into()
    }
}
