//! The reminders of a task.

use jiff::tz::TimeZone;
use ticktick_models::{AsId, Due, IdSource, Reminder, ReminderId, Task, TaskId, Trigger};

use super::TaskManager;
use crate::{Error, id};

impl TaskManager<'_> {
    /// Adds a reminder to a task and returns the task. A reminder that it already has stays as it is.
    ///
    /// The reminder counts from the date of the task: from its time, or from local midnight if it is all-day.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the task has no date, or if the trigger is made for the other kind of date; the error names
    /// the right constructor. [`Error::NotFound`] if the task is gone.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// use ticktick::{Trigger, jiff::SignedDuration};
    ///
    /// client.task().add_reminder(&task, Trigger::before(SignedDuration::from_mins(30))).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn add_reminder(self, task: impl AsId<TaskId>, trigger: Trigger) -> Result<Task, Error> {
        let task = id::of(task)?;
        self.change(&task, |task| add(task, [trigger], &mut self.client.ids())).await
    }

    /// Removes the reminders of a task that ring at one time, and returns it as it is now.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the task is gone.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// client.task().remove_reminder(&task, &ticktick::Trigger::at_start()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn remove_reminder(self, task: impl AsId<TaskId>, trigger: &Trigger) -> Result<Task, Error> {
        let task = id::of(task)?;
        self.change(&task, |task| {
            task.reminders.retain(|one| one.trigger != *trigger);
            Ok(())
        })
        .await
    }

    /// Replaces the reminders of a task and returns the task. Reminders that stay keep their ids and other members.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Those of [`add_reminder`](Self::add_reminder).
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// use ticktick::{Trigger, jiff::civil::time};
    ///
    /// // On the day of an all-day task, and on the evening before.
    /// let triggers = [Trigger::on_day(0, time(9, 0, 0, 0)), Trigger::on_day(1, time(20, 0, 0, 0))];
    /// client.task().set_reminders(&task, triggers).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn set_reminders(
        self,
        task: impl AsId<TaskId>,
        triggers: impl IntoIterator<Item = Trigger>,
    ) -> Result<Task, Error> {
        let task = id::of(task)?;
        let triggers: Vec<_> = triggers.into_iter().collect();
        self.change(&task, |task| set(task, triggers, &mut self.client.ids())).await
    }
}

/// Makes a reminder with an id of ours.
fn reminder(trigger: Trigger, ids: &mut IdSource) -> Reminder {
    let mut reminder = Reminder::new(trigger);
    reminder.id = ReminderId::new_with(ids).into();
    reminder
}

/// Refuses triggers that would ring at a senseless time, or never because there is no date.
pub(super) fn check<'a>(triggers: impl IntoIterator<Item = &'a Trigger>, due: Option<&Due>) -> Result<(), Error> {
    triggers.into_iter().try_for_each(|trigger| match due {
        Some(due) => trigger.check_kind(due.is_all_day()).map_err(|error| Error::invalid_input(format!("{error}."))),
        None => Err(Error::invalid_input(format!("reminder `{trigger}` needs a date; set when the task is due."))),
    })
}

/// Gives a task exactly these reminders; each rings once, and those that stay keep their place.
pub(super) fn set(task: &mut Task, triggers: Vec<Trigger>, ids: &mut IdSource) -> Result<(), Error> {
    task.reminders.retain(|one| triggers.contains(&one.trigger));
    add(task, triggers, ids)
}

/// Adds the reminders that a task does not have yet. Only new ones are checked, because others may know better.
fn add(task: &mut Task, triggers: impl IntoIterator<Item = Trigger>, ids: &mut IdSource) -> Result<(), Error> {
    for trigger in triggers {
        if task.reminders.iter().any(|one| one.trigger == trigger) {
            continue;
        }
        // The kind of date does not depend on the zone.
        check([&trigger], task.due(&TimeZone::UTC).as_ref())?;
        task.reminders.push(reminder(trigger, ids));
    }
    Ok(())
}
