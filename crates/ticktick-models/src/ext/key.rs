//! Objects and their keys, so that a call that needs only the key accepts either.

use std::sync::LazyLock;

use crate::{
    AsId, Attachment, AttachmentId, ChecklistItem, ChecklistItemId, Column, ColumnId, Comment, CommentId, Countdown,
    CountdownId, Filter, FilterId, FocusId, FocusRecord, Folder, FolderId, Habit, HabitId, HabitSection, Project,
    ProjectId, SectionId, Tag, TagName, Task, TaskId, TaskRef, Timer, TimerId,
};

macro_rules! own_key {
    ($key:ident) => {
        impl AsRef<$key> for $key {
            fn as_ref(&self) -> &$key {
                self
            }
        }

        impl AsId<$key> for $key {
            fn as_id(&self) -> $key {
                self.clone()
            }
        }
    };
}

macro_rules! keyed {
    ($($object:ident.$field:ident: $key:ident $(in $project:ident)?),* $(,)?) => {
        $(
            impl AsRef<$key> for $object {
                fn as_ref(&self) -> &$key {
                    &self.$field
                }
            }

            impl AsId<$key> for $object {
                fn as_id(&self) -> $key {
                    self.$field.clone()
                }
                $(
                    fn known_project(&self) -> Option<ProjectId> {
                        Some(self.$project.clone())
                    }
                )?
            }

            own_key!($key);
        )*
    };
}

own_key!(AttachmentId);

/// Returns the key of the file, or else the key that its client assigned.
///
/// If a file has neither, its key is empty and the call fails before it sends anything.
impl AsRef<AttachmentId> for Attachment {
    fn as_ref(&self) -> &AttachmentId {
        static NO_KEY: LazyLock<AttachmentId> = LazyLock::new(|| AttachmentId::from(""));
        self.id.get().or_else(|| self.ref_id.get()).unwrap_or(&NO_KEY)
    }
}

keyed! {
    ChecklistItem.id: ChecklistItemId,
    Column.id: ColumnId in project_id,
    Comment.id: CommentId,
    Countdown.id: CountdownId,
    Filter.id: FilterId,
    FocusRecord.id: FocusId,
    Habit.id: HabitId,
    HabitSection.id: SectionId,
    Project.id: ProjectId,
    Folder.id: FolderId,
    Tag.name: TagName,
    Task.id: TaskId in project_id,
    Timer.id: TimerId,
}

impl AsId<AttachmentId> for Attachment {
    fn as_id(&self) -> AttachmentId {
        AsRef::<AttachmentId>::as_ref(self).clone()
    }
}

/// The task is found by its id alone, so an outdated project does no harm.
impl AsRef<TaskId> for TaskRef {
    fn as_ref(&self) -> &TaskId {
        &self.task_id
    }
}

impl AsId<TaskId> for TaskRef {
    fn as_id(&self) -> TaskId {
        self.task_id.clone()
    }

    fn known_project(&self) -> Option<ProjectId> {
        Some(self.project_id.clone())
    }
}
