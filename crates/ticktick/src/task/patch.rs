//! Changes to single members of a task.

use jiff::tz::TimeZone;
use ticktick_models::{AsId, ColumnId, Due, IdSource, Priority, TagName, Task, TaskId, Trigger};

use super::{TaskManager, reminders, tags};
use crate::change::Change;
use crate::tag::{self, name};
use crate::workaround::{dates_cleared_together, repeat_needs_start};
use crate::{Error, check, id};

/// What is to change in a task; everything else stays as it is.
///
/// # Examples
///
/// ```
/// use ticktick::{Priority, TaskPatch};
///
/// let patch = TaskPatch::new().title("Buy more groceries").priority(Priority::High).clear_due();
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "a patch does nothing until it is applied"]
pub struct TaskPatch {
    title: Option<String>,
    content: Option<String>,
    priority: Option<Priority>,
    due: Change<Due>,
    repeat: Change<String>,
    reminders: Option<Vec<Trigger>>,
    tags: Option<Vec<String>>,
    column: Change<ColumnId>,
}

impl TaskPatch {
    /// Begins a patch that changes nothing.
    ///
    /// ```
    /// assert_eq!(ticktick::TaskPatch::new(), ticktick::TaskPatch::default());
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the title.
    ///
    /// ```
    /// use ticktick::TaskPatch;
    ///
    /// let patch = TaskPatch::new().title("Buy more groceries");
    /// ```
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets the text, in Markdown; the empty text clears it.
    ///
    /// ```
    /// use ticktick::TaskPatch;
    ///
    /// let patch = TaskPatch::new().content("At the *market*");
    /// ```
    pub fn content(mut self, content: impl Into<String>) -> Self {
        self.content = Some(content.into());
        self
    }

    /// Sets how important it is.
    ///
    /// ```
    /// use ticktick::{Priority, TaskPatch};
    ///
    /// let patch = TaskPatch::new().priority(Priority::None);
    /// ```
    pub fn priority(mut self, priority: Priority) -> Self {
        self.priority = Some(priority);
        self
    }

    /// Sets when it is due: start, end, all-day, zone and floating together.
    ///
    /// If the task changes between a day and a time, its reminders are rewritten so that they ring at the same time of
    /// day, and at the start if that would be after it.
    ///
    /// ```
    /// use ticktick::{Due, TaskPatch, jiff};
    ///
    /// let patch = TaskPatch::new().due(Due::day(jiff::civil::date(2026, 3, 1)));
    /// ```
    pub fn due(mut self, due: Due) -> Self {
        self.due = Change::Set(due);
        self
    }

    /// Clears its dates, and with them its repeat rule and its reminders.
    ///
    /// ```
    /// use ticktick::TaskPatch;
    ///
    /// let patch = TaskPatch::new().clear_due();
    /// ```
    pub fn clear_due(mut self) -> Self {
        self.due = Change::Clear;
        self
    }

    /// Lets it recur by a [`Recurrence`](crate::Recurrence), or by a rule in its text, such as
    /// `RRULE:FREQ=DAILY;INTERVAL=1`; that takes a date.
    ///
    /// ```
    /// use ticktick::{Recurrence, TaskPatch};
    ///
    /// let patch = TaskPatch::new().repeat(Recurrence::weekly());
    /// ```
    pub fn repeat(mut self, rule: impl Into<String>) -> Self {
        self.repeat = Change::Set(rule.into());
        self
    }

    /// Lets it recur no more; its dates stay.
    ///
    /// ```
    /// use ticktick::TaskPatch;
    ///
    /// let patch = TaskPatch::new().clear_repeat();
    /// ```
    pub fn clear_repeat(mut self) -> Self {
        self.repeat = Change::Clear;
        self
    }

    /// Replaces its reminders. They must suit the kind of date that the task then has.
    ///
    /// ```
    /// use ticktick::{TaskPatch, Trigger};
    ///
    /// let patch = TaskPatch::new().reminders([Trigger::at_start()]);
    /// ```
    pub fn reminders(mut self, triggers: impl IntoIterator<Item = Trigger>) -> Self {
        self.reminders = Some(triggers.into_iter().collect());
        self
    }

    /// Replaces its tags, by their names in any case. A tag that does not exist yet is created as it is written here.
    ///
    /// ```
    /// let patch = ticktick::TaskPatch::new().tags(["errands", "Urgent"]);
    /// ```
    pub fn tags<T: AsId<TagName>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.tags = Some(tags.into_iter().map(|tag| tag.as_id().as_str().to_owned()).collect());
        self
    }

    /// Puts it into a column of its project.
    ///
    /// ```
    /// use ticktick::TaskPatch;
    ///
    /// let patch = TaskPatch::new().column("65f0a1b2c3d4e5f6a7b8c9d0");
    /// ```
    pub fn column(mut self, column: impl AsId<ColumnId>) -> Self {
        self.column = Change::Set(column.as_id());
        self
    }

    /// Takes it out of its column.
    ///
    /// ```
    /// use ticktick::TaskPatch;
    ///
    /// let patch = TaskPatch::new().clear_column();
    /// ```
    pub fn clear_column(mut self) -> Self {
        self.column = Change::Clear;
        self
    }

    /// Tells whether its date is meant in the account's zone.
    fn needs_zone(&self) -> bool {
        matches!(&self.due, Change::Set(due) if due.zone().is_none())
    }

    /// Refuses what cannot be, before anything is sent.
    fn check(&self) -> Result<(), Error> {
        self.tags.iter().flatten().try_for_each(|tag| name::named(tag).map(drop))?;
        self.column.set_value().map_or(Ok(()), id::check)?;
        self.repeat.set_value().map_or(Ok(()), |rule| check::rule(rule))?;
        if let Change::Set(due) = &self.due {
            reminders::check(self.reminders.iter().flatten(), Some(due))?;
        }
        match (&self.due, &self.repeat) {
            (Change::Clear, Change::Set(_)) => {
                Err(Error::invalid_input("a task that recurs needs a date, so keep the date."))
            }
            _ => Ok(()),
        }
    }

    fn apply(self, task: &mut Task, zone: &TimeZone, ids: &mut IdSource) -> Result<(), Error> {
        if let Some(title) = self.title {
            task.title = title.into();
        }
        if let Some(content) = self.content
            && content != task.body().unwrap_or_default()
        {
            task.set_body(content);
        }
        if let Some(priority) = self.priority {
            task.priority = priority.into();
        }
        match &self.due {
            Change::Keep => {}
            Change::Clear => dates_cleared_together::clear(task),
            Change::Set(due) => task.set_due(due, zone).map_err(|error| Error::no_date(&error))?,
        }
        match self.repeat {
            Change::Keep => {}
            Change::Clear => dates_cleared_together::clear_rule(task),
            Change::Set(rule) => {
                task.repeat_flag = rule.into();
                repeat_needs_start::check_task(task)?;
            }
        }
        if let Some(triggers) = self.reminders {
            reminders::set(task, triggers, ids)?;
        }
        if let Some(names) = self.tags {
            tags::set(task, names.iter().map(|name| name::same(name)).collect());
        }
        self.column.apply(&mut task.column_id);
        Ok(())
    }
}

impl TaskManager<'_> {
    /// Changes single members of a task and returns it as it is now.
    ///
    /// The task is read anew first, and goes back whole. If nothing differs, nothing is written. Whether it is open is
    /// changed by [`complete`](Self::complete), [`wont_do`](Self::wont_do) and [`reopen`](Self::reopen).
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`. For tags with capital letters, first
    /// `GET /api/v2/tags`, and `POST /api/v2/batch/tag` if any of them is new
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if it would repeat without a date or by a rule that cannot be read, if a reminder does not suit the
    /// kind of date, or if a tag has a name that is not allowed; [`Error::NotFound`] if it is gone; [`Error::NotApplied`] if the service took the call and stored nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// use ticktick::{Priority, TaskPatch};
    ///
    /// client.task().patch(&task, TaskPatch::new().priority(Priority::High).clear_due()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn patch(self, task: impl AsId<TaskId>, patch: TaskPatch) -> Result<Task, Error> {
        let task = id::of(task)?;
        patch.check()?;
        tag::declare(self.client, patch.tags.as_deref().unwrap_or_default()).await?;
        let zone = if patch.needs_zone() { self.client.time_zone().await? } else { TimeZone::UTC };
        self.change(&task, |task| patch.apply(task, &zone, &mut self.client.ids())).await
    }
}
