//! [`TaskDraft`]: a task to create.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use ticktick_models::{
    AsId, ColumnId, Due, Field, IdSource, Priority, ProjectId, RepeatFrom, TagName, Task, TaskId, TaskKind, TaskStatus,
    Trigger,
};

use super::item_draft::ItemDraft;
use super::{item_list, reminder_list};
use crate::form::{form, setters};
use crate::tag::{Keys, name};
use crate::workaround::{repeat_needs_start, sync_leaves_out_the_inbox};
use crate::{Client, Error, check, id};

form! {
    /// A task to create.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
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
    /// let task = client.task().create(draft).await?;
    /// assert_eq!(task.items.len(), 2);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use = "a draft does nothing until it is passed to `create`"]
    pub struct TaskDraft {
        title: String;
        id: Option<TaskId>,
        project: Option<ProjectId>,
        column: Option<ColumnId>,
        parent: Option<TaskId>,
        kind: Option<TaskKind>,
        content: Option<String>,
        priority: Option<Priority>,
        tags: Vec<String>,
        due: Option<Due>,
        repeat: Option<String>,
        repeat_from: Option<RepeatFrom>,
        reminders: Vec<Trigger>,
        items: Vec<ItemDraft>,
        pinned: bool,
        #[serde(rename = "position")]
        end: Option<End>,
    }
}

/// One end of a project's task list.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum End {
    Top,
    Bottom,
}

impl TaskDraft {
    /// Creates a draft of a task in the inbox.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            id: None,
            title: title.into(),
            project: None,
            column: None,
            parent: None,
            kind: None,
            content: None,
            priority: None,
            tags: Vec::new(),
            due: None,
            repeat: None,
            repeat_from: None,
            reminders: Vec::new(),
            items: Vec::new(),
            pinned: false,
            end: None,
        }
    }

    setters! {
        /// Sets the id under which the task is stored. By default, each create generates a new one.
        ///
        /// With an id, you can safely repeat a create: if an earlier attempt succeeded, the call returns the stored
        /// task unchanged. This takes one more read. Repeating a create without an id creates a second task.
        id id: TaskId;

        /// Sets the project. Defaults to the inbox. The id `inbox` names the inbox of any account.
        id project: ProjectId;

        /// Sets the column of the project.
        id column: ColumnId;

        /// Sets the parent, so that the task becomes a subtask in the parent's project.
        ///
        /// The service cannot create a subtask in one call, so the client creates the task and then sets its parent. In a
        /// batch, the parent may be a draft of the same batch: set its [`id`](Self::id) to a
        /// [`new_id`](crate::task::TaskManager::new_id).
        id parent: TaskId;

        /// Sets the kind: text, checklist or note. Defaults to a checklist if there are items, and to text otherwise.
        set kind: TaskKind;

        /// Sets the text, in Markdown.
        into content: String;

        /// Sets the priority.
        set priority: Priority;
    }

    /// Adds a tag by its name, in any case. If the tag does not exist yet, it is created with the given capitalization.
    pub fn tag(mut self, tag: impl AsId<TagName>) -> Self {
        let tag = tag.as_id();
        let tag = tag.as_str();
        if self.tags.iter().all(|other| name::same(other) != name::same(tag)) {
            self.tags.push(tag.to_owned());
        }
        self
    }

    /// Adds several tags, like [`tag`](Self::tag).
    pub fn tags<T: AsId<TagName>>(self, tags: impl IntoIterator<Item = T>) -> Self {
        tags.into_iter().fold(self, Self::tag)
    }

    setters! {
        /// Sets the date.
        into due: Due;

        /// Makes the task repeat. Accepts a [`Recurrence`](crate::Recurrence) or the text of a rule, such as
        /// `RRULE:FREQ=DAILY;INTERVAL=1`. The task must have a date.
        into repeat: String;

        /// Sets what the next occurrence counts from. By default the service decides, and counts from now.
        set repeat_from: RepeatFrom;
    }

    /// Adds a reminder relative to the date. Use [`Trigger::on_day`] if the date is a day, and [`Trigger::before`] if it is a
    /// time.
    pub fn reminder(mut self, trigger: Trigger) -> Self {
        self.reminders.push(trigger);
        self
    }

    /// Adds an item to the checklist: a title, or an [`ItemDraft`].
    pub fn item(mut self, item: impl Into<ItemDraft>) -> Self {
        self.items.push(item.into());
        self
    }

    /// Adds several items to the checklist, like [`item`](Self::item).
    pub fn items<I: Into<ItemDraft>>(self, items: impl IntoIterator<Item = I>) -> Self {
        items.into_iter().fold(self, Self::item)
    }

    setters! {
        /// Pins the task.
        on pinned: pinned;
    }

    /// Puts the task at the top of its project. By default, the service chooses the position. Takes one read of the
    /// project.
    pub fn at_top(mut self) -> Self {
        self.end = Some(End::Top);
        self
    }

    /// Puts the task at the bottom of its project. By default, the service chooses the position. Takes one read of the
    /// project.
    pub fn at_bottom(mut self) -> Self {
        self.end = Some(End::Bottom);
        self
    }

    /// Returns the id, if one was set.
    pub(super) fn chosen_id(&self) -> Option<&TaskId> {
        self.id.as_ref()
    }

    /// Returns the project, or `None` for the inbox.
    pub(super) fn chosen_project(&self) -> Option<&ProjectId> {
        self.project.as_ref()
    }

    /// Returns the parent, if one was set.
    pub(super) fn chosen_parent(&self) -> Option<&TaskId> {
        self.parent.as_ref()
    }

    /// Removes the project, because a parent decides it.
    pub(super) fn without_project(self) -> Self {
        Self { project: None, ..self }
    }

    /// Puts a subtask into the project of its parent. Rejects a draft with another project.
    pub(super) async fn in_project(mut self, client: &Client, project: &ProjectId) -> Result<Self, Error> {
        if let Some(own) = &self.project
            && client.real_id(own).await? != *project
        {
            return Err(Error::invalid_input(format!(
                "a subtask is in the project of its parent, {project}\nhint: remove project {own} from the draft"
            )));
        }
        self.project = Some(project.clone());
        Ok(self)
    }

    /// Returns the title.
    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// Returns the tags with their capitalization.
    pub(super) fn labels(&self) -> &[String] {
        &self.tags
    }

    /// Returns the end of the project, if one was set.
    pub(super) fn end(&self) -> Option<End> {
        self.end
    }

    /// Returns whether the task goes to the account's inbox.
    pub(super) fn needs_inbox(&self) -> bool {
        match &self.project {
            Some(project) => sync_leaves_out_the_inbox::is_word(project),
            None => self.parent.is_none(),
        }
    }

    /// Returns whether one of the dates is in the account's zone.
    pub(super) fn needs_zone(&self) -> bool {
        self.due.as_ref().is_some_and(|due| due.zone().is_none()) || self.items.iter().any(ItemDraft::needs_zone)
    }

    /// Rejects malformed ids.
    pub(super) fn check_ids(&self) -> Result<(), Error> {
        self.id.as_ref().map_or(Ok(()), id::check)?;
        self.project.as_ref().map_or(Ok(()), id::check)?;
        self.column.as_ref().map_or(Ok(()), id::check)?;
        self.parent.as_ref().map_or(Ok(()), id::check)
    }

    /// Rejects drafts that the service would refuse, before anything is read.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.check_ids()?;
        self.tags.iter().try_for_each(|tag| name::named(tag).map(drop))?;
        self.items.iter().try_for_each(ItemDraft::check)?;
        self.repeat.as_deref().map_or(Ok(()), check::rule)?;
        repeat_needs_start::check(self.repeat.as_deref(), self.due.is_some())?;
        reminder_list::check(&self.reminders, self.due.as_ref())?;
        match self.kind {
            None | Some(TaskKind::Checklist) => Ok(()),
            Some(_) if self.items.is_empty() => Ok(()),
            Some(_) => Err(Error::invalid_input(
                "only a checklist has items\nhint: remove the items, or do not set another kind",
            )),
        }
    }

    /// Builds the task, with new ids and the members that it needs. `keys` contains those of its tags with capital letters.
    pub(super) fn into_task(
        self,
        project: ProjectId,
        zone: &TimeZone,
        ids: &mut IdSource,
        now: Timestamp,
        keys: &Keys,
    ) -> Result<Task, Error> {
        let now_on_wire = ticktick_models::Timestamp::from(now);
        let mut task = Task::new(self.id.unwrap_or_else(|| TaskId::new_with(ids)), project);
        task.title = self.title.into();
        task.status = TaskStatus::Open.into();
        task.priority = self.priority.unwrap_or(Priority::None).into();
        task.created_time = now_on_wire.clone().into();
        task.modified_time = now_on_wire.clone().into();
        task.column_id = Field::or_absent(self.column);
        task.pinned_time = Field::or_absent(self.pinned.then_some(now_on_wire));
        let usual = if self.items.is_empty() { TaskKind::Text } else { TaskKind::Checklist };
        task.kind = self.kind.unwrap_or(usual).into();
        if let Some(content) = self.content {
            task.set_body(content);
        }
        task.tags.extend(keys.of_all(&self.tags));
        for item in self.items {
            let item = item.into_item(zone, ids, now)?;
            item_list::append(&mut task, item);
        }
        if let Some(due) = &self.due {
            task.set_due(due, zone).map_err(|error| Error::no_date(&error))?;
        }
        reminder_list::set(&mut task, self.reminders, ids)?;
        task.repeat_flag = Field::or_absent(self.repeat);
        task.repeat_from = Field::or_absent(self.repeat_from.map(|from| from.as_str().into()));
        Ok(task)
    }
}

/// Creates a draft of a task in the inbox with only a title.
impl From<&str> for TaskDraft {
    fn from(title: &str) -> Self {
        Self::new(title)
    }
}

impl From<String> for TaskDraft {
    fn from(title: String) -> Self {
        Self::new(title)
    }
}
