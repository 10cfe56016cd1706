//! [`TaskQuery`]: what tasks have to be like.

use super::texts;
use crate::{AsId, Priority, ProjectId, TagName, Task, TaskId, TaskKind, TaskStatus, Timestamp};

/// Conditions on a task. A query without conditions matches every task, including completed and deleted
/// ones.
///
/// ```
/// use ticktick_models::{Priority, Task, TaskQuery};
///
/// let mut task = Task::new("a", "proj_id");
/// task.tags.push("urgent".into());
/// assert!(TaskQuery::new().tag("urgent").project("proj_id").has_due_date(false).matches(&task));
/// assert!(!TaskQuery::new().priority(Priority::High).matches(&task));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskQuery {
    priority: Option<Priority>,
    all_tags: Vec<TagName>,
    any_tags: Vec<TagName>,
    project: Option<ProjectId>,
    status: Option<TaskStatus>,
    has_due_date: Option<bool>,
    kind: Option<TaskKind>,
    parent: Option<TaskId>,
    assignee: Option<i64>,
    pinned: Option<bool>,
    text: Option<Box<str>>,
}

impl TaskQuery {
    /// Creates a query without conditions.
    ///
    /// ```
    /// use ticktick_models::{Task, TaskQuery};
    ///
    /// assert!(TaskQuery::new().matches(&Task::new("a", "b")));
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Requires a priority; a task without one has [`Priority::None`].
    ///
    /// ```
    /// use ticktick_models::{Priority, Task, TaskQuery};
    ///
    /// assert!(TaskQuery::new().priority(Priority::None).matches(&Task::new("a", "b")));
    /// ```
    #[must_use]
    pub const fn priority(mut self, priority: Priority) -> Self {
        self.priority = Some(priority);
        self
    }

    /// Requires a tag, in addition to those of earlier calls. Case is ignored.
    ///
    /// ```
    /// use ticktick_models::{Task, TaskQuery};
    ///
    /// let mut task = Task::new("a", "b");
    /// task.tags.push("work".into());
    /// assert!(TaskQuery::new().tag("Work").matches(&task));
    /// assert!(!TaskQuery::new().tag("work").tag("urgent").matches(&task));
    /// ```
    #[must_use]
    pub fn tag(mut self, name: impl AsId<TagName>) -> Self {
        self.all_tags.push(name.as_id());
        self
    }

    /// Requires at least one of several tags; no tags set no condition. Case is ignored.
    ///
    /// ```
    /// use ticktick_models::{Task, TaskQuery};
    ///
    /// let mut task = Task::new("a", "b");
    /// task.tags.push("work".into());
    /// assert!(TaskQuery::new().any_tag(["work", "urgent"]).matches(&task));
    /// ```
    #[must_use]
    pub fn any_tag<T: AsId<TagName>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.any_tags = names.into_iter().map(|name| name.as_id()).collect();
        self
    }

    /// Requires a project. The id `inbox` is the inbox of any account.
    ///
    /// ```
    /// use ticktick_models::{Task, TaskQuery};
    ///
    /// assert!(TaskQuery::new().project("b").matches(&Task::new("a", "b")));
    /// ```
    #[must_use]
    pub fn project(mut self, id: impl AsId<ProjectId>) -> Self {
        self.project = Some(id.as_id());
        self
    }

    /// Requires a status. A task without one is open, and the legacy form of completed counts as completed.
    ///
    /// ```
    /// use ticktick_models::{Task, TaskQuery, TaskStatus};
    ///
    /// let mut task = Task::new("a", "b");
    /// assert!(TaskQuery::new().status(TaskStatus::Open).matches(&task));
    /// task.status.set(TaskStatus::LegacyCompleted);
    /// assert!(TaskQuery::new().status(TaskStatus::Completed).matches(&task));
    /// ```
    #[must_use]
    pub const fn status(mut self, status: TaskStatus) -> Self {
        self.status = Some(status);
        self
    }

    /// Requires that the task has a date, or that it has none.
    ///
    /// ```
    /// use ticktick_models::{Task, TaskQuery};
    ///
    /// assert!(TaskQuery::new().has_due_date(false).matches(&Task::new("a", "b")));
    /// ```
    #[must_use]
    pub const fn has_due_date(mut self, has: bool) -> Self {
        self.has_due_date = Some(has);
        self
    }

    /// Requires a kind: text, checklist or note. A task without one is text.
    ///
    /// ```
    /// use ticktick_models::{Task, TaskKind, TaskQuery};
    ///
    /// assert!(TaskQuery::new().kind(TaskKind::Text).matches(&Task::new("a", "b")));
    /// ```
    #[must_use]
    pub fn kind(mut self, kind: TaskKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Requires a direct parent.
    ///
    /// ```
    /// use ticktick_models::{Task, TaskQuery};
    ///
    /// let mut task = Task::new("a", "b");
    /// task.parent_id.set("c");
    /// assert!(TaskQuery::new().parent("c").matches(&task));
    /// ```
    #[must_use]
    pub fn parent(mut self, id: impl AsId<TaskId>) -> Self {
        self.parent = Some(id.as_id());
        self
    }

    /// Requires an assigned user.
    ///
    /// ```
    /// use ticktick_models::{Task, TaskQuery};
    ///
    /// let mut task = Task::new("a", "b");
    /// task.assignee.set(126_777_001);
    /// assert!(TaskQuery::new().assignee(126_777_001).matches(&task));
    /// ```
    #[must_use]
    pub const fn assignee(mut self, user: i64) -> Self {
        self.assignee = Some(user);
        self
    }

    /// Requires that the task is pinned, or that it is not.
    ///
    /// ```
    /// use ticktick_models::{Task, TaskQuery};
    ///
    /// assert!(TaskQuery::new().pinned(false).matches(&Task::new("a", "b")));
    /// ```
    #[must_use]
    pub const fn pinned(mut self, pinned: bool) -> Self {
        self.pinned = Some(pinned);
        self
    }

    /// Requires a text in title, body or checklist, ignoring case. [`search_tasks`](crate::search_tasks)
    /// looks for words instead.
    ///
    /// ```
    /// use ticktick_models::{Task, TaskQuery};
    ///
    /// let mut task = Task::new("a", "b");
    /// task.title.set("Meeting notes");
    /// assert!(TaskQuery::new().text("TING N").matches(&task));
    /// ```
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.text = Some(text.to_lowercase().into());
        self
    }

    /// Returns whether a task matches all conditions.
    ///
    /// ```
    /// use ticktick_models::{Task, TaskQuery};
    ///
    /// let tasks = [Task::new("a", "home"), Task::new("b", "work")];
    /// let query = TaskQuery::new().project("work");
    /// assert_eq!(tasks.iter().filter(|task| query.matches(task)).count(), 1);
    /// ```
    #[must_use]
    pub fn matches(&self, task: &Task) -> bool {
        let priority = task.priority.copied().unwrap_or(Priority::None);
        let kind = task.kind.get().unwrap_or(&TaskKind::Text);
        asked(self.priority, |asked| priority == asked)
            && asked(self.project.as_ref(), |asked| task.project_id.is_same(asked))
            && asked(self.status, |asked| has_status(task, asked))
            && asked(self.has_due_date, |asked| has_date(task) == asked)
            && asked(self.kind.as_ref(), |asked| kind == asked)
            && asked(self.parent.as_ref(), |asked| task.parent_id == *asked)
            && asked(self.assignee, |asked| task.assignee == asked)
            && asked(self.pinned, |asked| task.is_pinned() == asked)
            && self.all_tags.iter().all(|name| carries(task, name))
            && (self.any_tags.is_empty() || self.any_tags.iter().any(|name| carries(task, name)))
            && asked(self.text.as_deref(), |asked| texts(task).any(|(_, text)| text.to_lowercase().contains(asked)))
    }
}

fn asked<T>(wish: Option<T>, met: impl FnOnce(T) -> bool) -> bool {
    wish.is_none_or(met)
}

fn has_status(task: &Task, status: TaskStatus) -> bool {
    match status {
        TaskStatus::Open => task.is_open(),
        TaskStatus::Completed => task.is_completed(),
        status => task.status == status,
    }
}

fn has_date(task: &Task) -> bool {
    [&task.start_date, &task.due_date].into_iter().any(|date| date.get().and_then(Timestamp::instant).is_some())
}

fn carries(task: &Task, name: &TagName) -> bool {
    let name = name.leaf().to_lowercase();
    task.tags.iter().any(|tag| tag.leaf().to_lowercase() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(members: &str) -> Task {
        serde_json::from_str(&format!(r#"{{"id":"a","projectId":"p"{members}}}"#)).unwrap()
    }

    #[test]
    fn the_word_inbox_means_the_inbox() {
        let inbox = Task::new("a", "inbox120000001");
        assert!(TaskQuery::new().project("inbox").matches(&inbox));
        assert!(TaskQuery::new().project("inbox120000001").matches(&Task::new("a", "inbox")));
        assert!(!TaskQuery::new().project("inbox").matches(&Task::new("a", "65f0a1b2c3d4e5f6a7b8c9d0")));
        assert!(!TaskQuery::new().project("inbox2").matches(&inbox));
    }

    #[test]
    fn each_wish_counts() {
        let full = task(concat!(
            r#","priority":5,"tags":["a","B"],"status":2,"startDate":"2026-03-01T00:00:00.000+0000","kind":"NOTE""#,
            r#","parentId":"c","assignee":7,"pinnedTime":"2026-03-01T00:00:00.000+0000","content":"Größe""#,
        ));
        let bare = task(r#","dueDate":"","pinnedTime":"-1""#);
        for query in [
            TaskQuery::new().priority(Priority::High),
            TaskQuery::new().tag("A").tag("b"),
            TaskQuery::new().any_tag(["x", "b"]),
            TaskQuery::new().status(TaskStatus::Completed),
            TaskQuery::new().has_due_date(true),
            TaskQuery::new().kind(TaskKind::Note),
            TaskQuery::new().parent("c"),
            TaskQuery::new().assignee(7),
            TaskQuery::new().pinned(true),
            TaskQuery::new().text("GRÖSSE").text("grÖße"),
        ] {
            assert!(query.matches(&full) && !query.matches(&bare), "{query:?}");
            assert!(!query.clone().project("q").matches(&full), "{query:?} in another project");
        }
        let bare_alone = TaskQuery::new().has_due_date(false).pinned(false).status(TaskStatus::Open);
        assert!(bare_alone.matches(&bare) && !bare_alone.matches(&full));
        assert!(TaskQuery::new().any_tag::<&str>([]).project("p").matches(&bare));
        assert!(!TaskQuery::new().tag("a").tag("x").matches(&full));
        assert!(!TaskQuery::new().status(TaskStatus::WontDo).matches(&full));
    }
}
