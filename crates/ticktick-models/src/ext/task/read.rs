//! Accessors for the most used members, without [`Field`](crate::Field).

use crate::{ChecklistItem, ColumnId, Priority, ProjectId, TagName, Task, TaskId, TaskKind, TaskStatus};

/// Plain values of members. A member that is absent or null reads as the default that the app shows.
///
/// ```
/// use ticktick_models::{Priority, Task, TaskKind, TaskStatus};
///
/// let task: Task = serde_json::from_str(
///     r#"{"id":"a","projectId":"b","title":"Milk","priority":5,"parentId":"","tags":["errands"]}"#,
/// )?;
/// assert_eq!((task.title(), task.priority()), ("Milk", Priority::High));
/// assert_eq!((task.status(), task.kind()), (TaskStatus::Open, TaskKind::Text));
/// assert_eq!((task.parent(), task.column()), (None, None));
/// assert!(task.has_tag("Errands"));
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Task {
    /// Returns the title, or an empty text.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or_default()
    }

    /// Returns the text in Markdown, or an empty text: the [`body`](Self::body) of any kind of task.
    #[must_use]
    pub fn content(&self) -> &str {
        self.body().unwrap_or_default()
    }

    /// Returns the project that contains the task.
    #[must_use]
    pub const fn project(&self) -> &ProjectId {
        &self.project_id
    }

    /// Returns the column that contains the task, if it is in one.
    #[must_use]
    pub fn column(&self) -> Option<&ColumnId> {
        self.column_id.get().filter(|id| !id.as_str().is_empty())
    }

    /// Returns the parent, if the task is a subtask.
    #[must_use]
    pub fn parent(&self) -> Option<&TaskId> {
        self.parent_id.get().filter(|id| !id.as_str().is_empty())
    }

    /// Returns the subtasks that the service lists.
    #[must_use]
    pub fn children(&self) -> &[TaskId] {
        &self.child_ids
    }

    /// Returns the priority. Defaults to [`Priority::None`].
    #[must_use]
    pub fn priority(&self) -> Priority {
        self.priority.unwrap_or(Priority::None)
    }

    /// Returns the status. Defaults to [`TaskStatus::Open`].
    #[must_use]
    pub fn status(&self) -> TaskStatus {
        self.status.unwrap_or(TaskStatus::Open)
    }

    /// Returns the kind. Defaults to [`TaskKind::Text`].
    #[must_use]
    pub fn kind(&self) -> TaskKind {
        self.kind.get().cloned().unwrap_or(TaskKind::Text)
    }

    /// Returns the tags, in the order in which the app shows them.
    #[must_use]
    pub fn tags(&self) -> &[TagName] {
        &self.tags
    }

    /// Returns whether the task has a tag. Case does not matter.
    #[must_use]
    pub fn has_tag(&self, tag: impl AsRef<str>) -> bool {
        let wanted = tag.as_ref().to_lowercase();
        self.tags.iter().any(|tag| tag.as_str().to_lowercase() == wanted)
    }

    /// Returns the items of the checklist.
    #[must_use]
    pub fn items(&self) -> &[ChecklistItem] {
        &self.items
    }

    /// Returns whether this is a checklist.
    #[must_use]
    pub fn is_checklist(&self) -> bool {
        self.kind == TaskKind::Checklist
    }

    /// Returns whether the task has a repeat rule.
    #[must_use]
    pub fn is_recurring(&self) -> bool {
        self.repeat_flag.is_some_and(|rule| !rule.is_empty())
    }

    /// Returns whether the task is a subtask.
    #[must_use]
    pub fn is_subtask(&self) -> bool {
        self.parent().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(members: &str) -> Task {
        serde_json::from_str(&format!(r#"{{"id":"a","projectId":"b"{members}}}"#)).unwrap()
    }

    #[test]
    fn members_that_are_absent_or_null_read_as_defaults() {
        for task in [read(""), read(r#","title":null,"content":null,"priority":null,"status":null,"tags":null"#)] {
            assert_eq!(task.title(), "");
            assert_eq!(task.content(), "");
            assert_eq!(task.priority(), Priority::None);
            assert_eq!(task.status(), TaskStatus::Open);
            assert_eq!(task.kind(), TaskKind::Text);
            assert!(task.tags().is_empty() && task.items().is_empty() && task.children().is_empty());
            assert!(!task.is_checklist() && !task.is_recurring() && !task.is_subtask() && !task.has_tag(""));
        }
    }

    #[test]
    fn empty_ids_and_rules_count_as_absent() {
        let task = read(r#","parentId":"","columnId":"","repeatFlag":"""#);
        assert_eq!(task.parent(), None);
        assert_eq!(task.column(), None);
        assert!(!task.is_recurring());
        let task = read(r#","parentId":"p","columnId":"c","repeatFlag":"RRULE:FREQ=DAILY""#);
        assert!(task.is_subtask() && task.is_recurring());
        assert_eq!(task.column().map(ColumnId::as_str), Some("c"));
    }

    #[test]
    fn the_content_of_a_checklist_is_its_description() {
        let task = read(r#","kind":"CHECKLIST","desc":"weekend","content":"old""#);
        assert!(task.is_checklist());
        assert_eq!(task.content(), "weekend");
    }
}
