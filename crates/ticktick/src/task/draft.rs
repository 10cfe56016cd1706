//! A task that is to be created.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ticktick_models::{
    ChecklistItem, ChecklistItemId, Due, IdSource, Priority, ProjectId, TagName, Task, TaskId, TaskKind, TaskStatus,
};

use crate::Error;

/// Distance between neighbours in an order, as the app makes it.
pub(crate) const STEP: i64 = 1 << 40;

/// A task that is to be created.
///
/// # Examples
///
/// ```
/// use jiff::civil::date;
/// use ticktick::{Due, Priority, TaskDraft};
///
/// let draft = TaskDraft::new("Buy groceries")
///     .priority(Priority::Medium)
///     .tag("errands")
///     .due(Due::day(date(2026, 3, 1)))
///     .item("Milk")
///     .item("Bread");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a draft does nothing until it is created"]
pub struct TaskDraft {
    title: String,
    project: Option<ProjectId>,
    content: Option<String>,
    priority: Priority,
    tags: Vec<TagName>,
    due: Option<Due>,
    items: Vec<String>,
}

impl TaskDraft {
    /// Begins a task for the inbox.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            project: None,
            content: None,
            priority: Priority::None,
            tags: Vec::new(),
            due: None,
            items: Vec::new(),
        }
    }

    /// Puts it into a project.
    pub fn project(mut self, project: impl Into<ProjectId>) -> Self {
        self.project = Some(project.into());
        self
    }

    /// Sets its text, in Markdown.
    pub fn content(mut self, content: impl Into<String>) -> Self {
        self.content = Some(content.into());
        self
    }

    /// Sets how important it is.
    pub fn priority(mut self, priority: Priority) -> Self {
        self.priority = priority;
        self
    }

    /// Adds a tag, by its name in any case.
    pub fn tag(mut self, tag: impl AsRef<str>) -> Self {
        let tag = TagName::from(tag.as_ref().to_lowercase());
        if !self.tags.contains(&tag) {
            self.tags.push(tag);
        }
        self
    }

    /// Sets when it is due.
    pub fn due(mut self, due: Due) -> Self {
        self.due = Some(due);
        self
    }

    /// Adds an item to its checklist.
    pub fn item(mut self, title: impl Into<String>) -> Self {
        self.items.push(title.into());
        self
    }

    /// Returns the project, if it is not for the inbox.
    pub(crate) fn chosen_project(&self) -> Option<&ProjectId> {
        self.project.as_ref()
    }

    /// Returns the zone that its date is meant in: UTC where there is none, for then it is not
    /// used, and nothing where it is the account's.
    pub(crate) fn zone(&self) -> Option<TimeZone> {
        match &self.due {
            Some(due) => due.zone().cloned(),
            None => Some(TimeZone::UTC),
        }
    }

    /// Makes the task, with ids of ours.
    pub(crate) fn into_task(
        self,
        project: ProjectId,
        zone: &TimeZone,
        ids: &mut IdSource,
        now: Timestamp,
    ) -> Result<Task, Error> {
        let mut task = Task::new(TaskId::new_with(ids), project);
        task.title = self.title.into();
        task.status = TaskStatus::Open.into();
        task.priority = self.priority.into();
        task.created_time = ticktick_models::Timestamp::from(now).into();
        task.modified_time = task.created_time.clone();
        // The body of a checklist has a key of its own.
        let (kind, body) = match self.items.is_empty() {
            true => (TaskKind::Text, &mut task.content),
            false => (TaskKind::Checklist, &mut task.desc),
        };
        if let Some(content) = self.content {
            *body = content.into();
        }
        task.kind = kind.into();
        task.tags.extend(self.tags);
        task.items.extend(self.items.into_iter().zip(0..).map(|(title, place)| {
            let mut item = ChecklistItem::new(ChecklistItemId::new_with(ids));
            item.title = title.into();
            item.status = ticktick_models::ChecklistStatus::Open.into();
            item.sort_order = (STEP * place).into();
            item
        }));
        if let Some(due) = &self.due {
            task.set_due(due, zone).map_err(|error| Error::build(error.to_string()))?;
        }
        Ok(task)
    }
}
