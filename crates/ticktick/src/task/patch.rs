//! [`TaskPatch`]: changes to single fields of a task.

use jiff::tz::TimeZone;
use ticktick_models::{AsId, ColumnId, Due, IdSource, Priority, RepeatFrom, TagName, Task, TextOrInt, Trigger};

use super::{reminder_list, tag_list};
use crate::change::Change;
use crate::form::{form, setters};
use crate::tag::{Keys, name};
use crate::workaround::{dates_cleared_together, repeat_needs_start};
use crate::{Error, check, id};

form! {
    /// Changes to a task. Fields that are not set here stay unchanged.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Buy groceries".into()).await?;
    /// use ticktick::{Priority, TaskPatch};
    ///
    /// let patch = TaskPatch::new().title("Buy more groceries").priority(Priority::High).clear_due();
    /// let task = client.task().patch(&task, patch).await?;
    /// assert_eq!(task.title, "Buy more groceries");
    /// # Ok(())
    /// # });
    /// ```
    #[must_use = "a patch does nothing until it is passed to `patch`"]
    pub struct TaskPatch {
        title: Option<String>,
        content: Option<String>,
        priority: Option<Priority>,
        due: Change<Due>,
        repeat: Change<String>,
        repeat_from: Option<RepeatFrom>,
        reminders: Option<Vec<Trigger>>,
        tags: Option<Vec<String>>,
        add_tags: Vec<String>,
        remove_tags: Vec<String>,
        column: Change<ColumnId>,
    }
}

impl TaskPatch {
    setters! {
        /// Sets the title.
        into title: String;

        /// Sets the text, in Markdown. An empty text clears it.
        into content: String;

        /// Sets the priority.
        set priority: Priority;

        /// Sets the date: start, end, all-day, zone and floating together.
        ///
        /// If the date changes from a day to a time or back, the reminders are rewritten so that they ring at the same
        /// time of day, or at the start if that time would be later.
        into due: Due;

        /// Clears the dates, the repeat rule and the reminders.
        clear clear_due: due;

        /// Makes the task repeat. Accepts a [`Recurrence`](crate::Recurrence) or the text of a rule, such as
        /// `RRULE:FREQ=DAILY;INTERVAL=1`. The task must have a date.
        into repeat: String;

        /// Stops the task from repeating. Keeps the dates.
        clear clear_repeat: repeat;

        /// Sets what the next occurrence counts from.
        set repeat_from: RepeatFrom;
    }

    /// Replaces the reminders. They must match the kind of date that the task has after the patch.
    pub fn reminders(mut self, triggers: impl IntoIterator<Item = Trigger>) -> Self {
        self.reminders = Some(triggers.into_iter().collect());
        self
    }

    /// Replaces the tags, by their names in any case. If a tag does not exist yet, it is created with the given
    /// capitalization.
    pub fn tags<T: AsId<TagName>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.tags = Some(tags.into_iter().map(|tag| tag.as_id().as_str().to_owned()).collect());
        self
    }

    /// Adds tags to the task and keeps its other tags. If a tag does not exist yet, it is created with the given
    /// capitalization.
    pub fn add_tags<T: AsId<TagName>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.add_tags.extend(tags.into_iter().map(|tag| tag.as_id().as_str().to_owned()));
        self
    }

    /// Removes tags from the task and keeps its other tags.
    pub fn remove_tags<T: AsId<TagName>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.remove_tags.extend(tags.into_iter().map(|tag| tag.as_id().as_str().to_owned()));
        self
    }

    setters! {
        /// Sets the column of the project.
        id column: ColumnId;

        /// Removes the task from its column.
        clear clear_column: column;
    }

    /// Returns the tags with their capitalization, if they are set.
    pub(super) fn labels(&self) -> impl Iterator<Item = &String> {
        self.tags.iter().flatten().chain(&self.add_tags)
    }

    /// Returns whether the date is in the account's zone.
    pub(super) fn needs_zone(&self) -> bool {
        matches!(&self.due, Change::Set(due) if due.zone().is_none())
    }

    /// Rejects invalid combinations before anything is sent.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.column.set_value().map_or(Ok(()), id::check)?;
        self.labels().try_for_each(|tag| name::named(tag).map(drop))?;
        self.repeat.set_value().map_or(Ok(()), |rule| check::rule(rule))?;
        if let Change::Set(due) = &self.due {
            reminder_list::check(self.reminders.iter().flatten(), Some(due))?;
        }
        match (&self.due, &self.repeat) {
            (Change::Clear, Change::Set(_)) => Err(Error::invalid_input(
                "a repeating task needs a date\nhint: do not clear the date, or clear the repeat rule too",
            )),
            _ => Ok(()),
        }
    }

    /// Changes a task. `keys` contains those of the [labels](Self::labels) with capital letters.
    pub(super) fn apply(self, task: &mut Task, zone: &TimeZone, ids: &mut IdSource, keys: &Keys) -> Result<(), Error> {
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
        if let Some(from) = self.repeat_from {
            task.repeat_from = TextOrInt::from(from.as_str()).into();
        }
        if let Some(triggers) = self.reminders {
            reminder_list::set(task, triggers, ids)?;
        }
        if let Some(names) = self.tags {
            tag_list::set(task, keys.of_all(&names));
        }
        tag_list::add(task, keys.of_all(&self.add_tags));
        tag_list::remove(task, &self.remove_tags);
        self.column.apply(&mut task.column_id);
        Ok(())
    }
}
