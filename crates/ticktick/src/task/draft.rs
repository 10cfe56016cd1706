//! A task that is to be created.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ticktick_models::{
    AsId, ColumnId, Due, Field, IdSource, Priority, ProjectId, TagName, Task, TaskId, TaskKind, TaskStatus, Trigger,
};

use super::{ItemDraft, items, reminders};
use crate::tag::name;
use crate::workaround::repeat_needs_start;
use crate::{Error, check, id};

/// A task that is to be created.
///
/// # Examples
///
/// ```
/// use jiff::civil::{date, time};
/// use ticktick::{Due, Priority, TaskDraft, Trigger, jiff};
///
/// let draft = TaskDraft::new("Buy groceries")
///     .priority(Priority::Medium)
///     .tag("errands")
///     .due(Due::day(date(2026, 3, 1)))
///     .reminder(Trigger::on_day(0, time(9, 0, 0, 0)))
///     .repeat("RRULE:FREQ=WEEKLY;INTERVAL=1")
///     .item("Milk")
///     .item("Bread");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a draft does nothing until it is created"]
pub struct TaskDraft {
    id: Option<TaskId>,
    title: String,
    project: Option<ProjectId>,
    column: Option<ColumnId>,
    kind: Option<TaskKind>,
    content: Option<String>,
    priority: Priority,
    tags: Vec<String>,
    due: Option<Due>,
    repeat: Option<String>,
    reminders: Vec<Trigger>,
    items: Vec<ItemDraft>,
    pinned: bool,
    end: Option<End>,
}

/// An end of a project.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum End {
    Top,
    Bottom,
}

impl TaskDraft {
    /// Begins a task for the inbox.
    ///
    /// ```
    /// use ticktick::TaskDraft;
    ///
    /// let draft = TaskDraft::new("Buy groceries");
    /// ```
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            id: None,
            title: title.into(),
            project: None,
            column: None,
            kind: None,
            content: None,
            priority: Priority::None,
            tags: Vec::new(),
            due: None,
            repeat: None,
            reminders: Vec::new(),
            items: Vec::new(),
            pinned: false,
            end: None,
        }
    }

    /// Sets the id under which it is stored. By default each create makes a new one.
    ///
    /// With an id, a create can be repeated safely: if an earlier try was carried out, the task that is stored under the
    /// id is returned as it is, for one read more. Repeating a create without an id stores the task twice.
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// use ticktick::{TaskDraft, TaskId};
    ///
    /// let draft = TaskDraft::new("Buy groceries").id(TaskId::new());
    /// let task = match client.task().create(draft.clone()).await {
    ///     Err(error) if error.is_retryable() => client.task().create(draft).await?,
    ///     answer => answer?,
    /// };
    /// # Ok(())
    /// # }
    /// ```
    pub fn id(mut self, id: impl AsId<TaskId>) -> Self {
        self.id = Some(id.as_id());
        self
    }

    /// Puts it into a project. The id `inbox` is the inbox of any account.
    ///
    /// ```
    /// use ticktick::TaskDraft;
    ///
    /// let draft = TaskDraft::new("Buy groceries").project("65f0a1b2c3d4e5f6a7b8c9d0");
    /// ```
    pub fn project(mut self, project: impl AsId<ProjectId>) -> Self {
        self.project = Some(project.as_id());
        self
    }

    /// Puts it into a column of its project.
    ///
    /// ```
    /// use ticktick::TaskDraft;
    ///
    /// let draft = TaskDraft::new("Buy groceries").project("65f0a1b2c3d4e5f6a7b8c9d0").column("65f0a1b2c3d4e5f6a7b8c9d1");
    /// ```
    pub fn column(mut self, column: impl AsId<ColumnId>) -> Self {
        self.column = Some(column.as_id());
        self
    }

    /// Makes it a note, a checklist or text; without, it is a checklist if it has items, and else text.
    ///
    /// ```
    /// use ticktick::{TaskDraft, TaskKind};
    ///
    /// let note = TaskDraft::new("Sourdough").kind(TaskKind::Note).content("Feed at 8, bake at 18.");
    /// ```
    pub fn kind(mut self, kind: TaskKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Sets its text, in Markdown.
    ///
    /// ```
    /// use ticktick::TaskDraft;
    ///
    /// let draft = TaskDraft::new("Buy groceries").content("At the *market*");
    /// ```
    pub fn content(mut self, content: impl Into<String>) -> Self {
        self.content = Some(content.into());
        self
    }

    /// Sets how important it is.
    ///
    /// ```
    /// use ticktick::{Priority, TaskDraft};
    ///
    /// let draft = TaskDraft::new("Buy groceries").priority(Priority::High);
    /// ```
    pub fn priority(mut self, priority: Priority) -> Self {
        self.priority = priority;
        self
    }

    /// Adds a tag, by its name in any case. A tag that does not exist yet is created as it is written here.
    ///
    /// ```
    /// use ticktick::TaskDraft;
    ///
    /// let draft = TaskDraft::new("Buy groceries").tag("errands");
    /// ```
    pub fn tag(mut self, tag: impl AsId<TagName>) -> Self {
        let tag = tag.as_id();
        let tag = tag.as_str();
        if self.tags.iter().all(|other| name::same(other) != name::same(tag)) {
            self.tags.push(tag.to_owned());
        }
        self
    }

    /// Sets when it is due.
    ///
    /// ```
    /// use ticktick::{Due, TaskDraft};
    ///
    /// let draft = TaskDraft::new("Buy groceries").due(Due::at("2026-03-01T09:00[Europe/Berlin]".parse()?));
    /// # Ok::<(), ticktick::jiff::Error>(())
    /// ```
    pub fn due(mut self, due: Due) -> Self {
        self.due = Some(due);
        self
    }

    /// Lets it recur by a [`Recurrence`](crate::Recurrence), or by a rule in its text, such as
    /// `RRULE:FREQ=DAILY;INTERVAL=1`; that takes a date.
    ///
    /// ```
    /// use ticktick::{Due, Recurrence, TaskDraft, jiff};
    ///
    /// let draft = TaskDraft::new("Buy groceries")
    ///     .due(Due::day(jiff::civil::date(2026, 3, 1)))
    ///     .repeat(Recurrence::weekly());
    /// ```
    pub fn repeat(mut self, rule: impl Into<String>) -> Self {
        self.repeat = Some(rule.into());
        self
    }

    /// Adds a reminder, which counts from its date and must suit it: [`Trigger::on_day`] for a day, [`Trigger::before`] for
    /// a time.
    ///
    /// ```
    /// use ticktick::{Due, TaskDraft, Trigger, jiff};
    ///
    /// let draft = TaskDraft::new("Buy groceries")
    ///     .due(Due::day(jiff::civil::date(2026, 3, 1)))
    ///     .reminder(Trigger::on_day(0, jiff::civil::time(9, 0, 0, 0)));
    /// ```
    pub fn reminder(mut self, trigger: Trigger) -> Self {
        self.reminders.push(trigger);
        self
    }

    /// Adds an item to its checklist: a title, or an [`ItemDraft`].
    ///
    /// ```
    /// use ticktick::TaskDraft;
    ///
    /// let draft = TaskDraft::new("Buy groceries").item("Milk").item("Bread");
    /// ```
    pub fn item(mut self, item: impl Into<ItemDraft>) -> Self {
        self.items.push(item.into());
        self
    }

    /// Pins it.
    ///
    /// ```
    /// use ticktick::TaskDraft;
    ///
    /// let draft = TaskDraft::new("Buy groceries").pinned();
    /// ```
    pub fn pinned(mut self) -> Self {
        self.pinned = true;
        self
    }

    /// Puts it at the top of its project; without, the service chooses. It costs one read of the project.
    ///
    /// ```
    /// use ticktick::TaskDraft;
    ///
    /// let draft = TaskDraft::new("Buy groceries").at_top();
    /// ```
    pub fn at_top(mut self) -> Self {
        self.end = Some(End::Top);
        self
    }

    /// Puts it at the bottom of its project; without, the service chooses. It costs one read of the project.
    ///
    /// ```
    /// use ticktick::TaskDraft;
    ///
    /// let draft = TaskDraft::new("Buy groceries").at_bottom();
    /// ```
    pub fn at_bottom(mut self) -> Self {
        self.end = Some(End::Bottom);
        self
    }

    /// Returns the id, if one was chosen.
    pub(super) fn chosen_id(&self) -> Option<&TaskId> {
        self.id.as_ref()
    }

    /// Returns the project, if it is not for the inbox.
    pub(super) fn chosen_project(&self) -> Option<&ProjectId> {
        self.project.as_ref()
    }

    /// Returns its tags, as they were written.
    pub(super) fn labels(&self) -> &[String] {
        &self.tags
    }

    /// Returns the end of the project, if one was chosen.
    pub(super) fn end(&self) -> Option<End> {
        self.end
    }

    /// Tells whether one of its dates is meant in the account's zone.
    pub(super) fn needs_zone(&self) -> bool {
        self.due.as_ref().is_some_and(|due| due.zone().is_none()) || self.items.iter().any(ItemDraft::needs_zone)
    }

    /// Refuses texts that cannot be ids.
    pub(super) fn check_ids(&self) -> Result<(), Error> {
        self.id.as_ref().map_or(Ok(()), id::check)?;
        self.project.as_ref().map_or(Ok(()), id::check)?;
        self.column.as_ref().map_or(Ok(()), id::check)
    }

    /// Refuses what the service would not take, before anything is asked.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.check_ids()?;
        self.tags.iter().try_for_each(|tag| name::named(tag).map(drop))?;
        self.items.iter().try_for_each(ItemDraft::check)?;
        self.repeat.as_deref().map_or(Ok(()), check::rule)?;
        repeat_needs_start::check(self.repeat.as_deref(), self.due.is_some())?;
        reminders::check(&self.reminders, self.due.as_ref())?;
        match self.kind {
            None | Some(TaskKind::Checklist) => Ok(()),
            Some(_) if self.items.is_empty() => Ok(()),
            Some(_) => Err(Error::invalid_input("only a checklist has items; leave out the kind, or the items.")),
        }
    }

    /// Makes the task, with ids of ours and the keys that it needs.
    pub(super) fn into_task(
        self,
        project: ProjectId,
        zone: &TimeZone,
        ids: &mut IdSource,
        now: Timestamp,
    ) -> Result<Task, Error> {
        let now_on_wire = ticktick_models::Timestamp::from(now);
        let mut task = Task::new(self.id.unwrap_or_else(|| TaskId::new_with(ids)), project);
        task.title = self.title.into();
        task.status = TaskStatus::Open.into();
        task.priority = self.priority.into();
        task.created_time = now_on_wire.clone().into();
        task.modified_time = now_on_wire.clone().into();
        task.column_id = Field::or_absent(self.column);
        task.pinned_time = Field::or_absent(self.pinned.then_some(now_on_wire));
        let usual = if self.items.is_empty() { TaskKind::Text } else { TaskKind::Checklist };
        task.kind = self.kind.unwrap_or(usual).into();
        if let Some(content) = self.content {
            task.set_body(content);
        }
        task.tags.extend(self.tags.iter().map(|tag| name::same(tag)));
        for item in self.items {
            let item = item.into_item(zone, ids, now)?;
            items::append(&mut task, item);
        }
        if let Some(due) = &self.due {
            task.set_due(due, zone).map_err(|error| Error::no_date(&error))?;
        }
        reminders::set(&mut task, self.reminders, ids)?;
        task.repeat_flag = Field::or_absent(self.repeat);
        Ok(task)
    }
}
