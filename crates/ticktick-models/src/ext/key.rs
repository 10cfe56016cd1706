//! Objects and their keys, so that a call that needs only the key takes either.

use crate::{
    Attachment, AttachmentId, ChecklistItem, ChecklistItemId, Column, ColumnId, Comment, CommentId, Countdown,
    CountdownId, Filter, FilterId, FocusId, FocusRecord, GroupId, Habit, HabitId, HabitSection, Project, ProjectGroup,
    ProjectId, SectionId, Tag, TagName, Task, TaskId, TaskRef, Timer, TimerId,
};

macro_rules! keyed {
    ($($object:ident.$field:ident: $key:ident),* $(,)?) => {
        $(
            impl AsRef<$key> for $object {
                fn as_ref(&self) -> &$key {
                    &self.$field
                }
            }

            impl AsRef<$key> for $key {
                fn as_ref(&self) -> &$key {
                    self
                }
            }
        )*
    };
}

keyed! {
    Attachment.id: AttachmentId,
    ChecklistItem.id: ChecklistItemId,
    Column.id: ColumnId,
    Comment.id: CommentId,
    Countdown.id: CountdownId,
    Filter.id: FilterId,
    FocusRecord.id: FocusId,
    Habit.id: HabitId,
    HabitSection.id: SectionId,
    Project.id: ProjectId,
    ProjectGroup.id: GroupId,
    Tag.name: TagName,
    Task.id: TaskId,
    Timer.id: TimerId,
}

/// The project is not needed to find a task, so one that is out of date does no harm.
impl AsRef<TaskId> for TaskRef {
    fn as_ref(&self) -> &TaskId {
        &self.task_id
    }
}
