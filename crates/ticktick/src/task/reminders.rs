//! The reminders of a task.

use ticktick_models::{IdSource, Reminder, ReminderId, Task, TaskId, Trigger};

use super::TaskManager;
use crate::Error;

impl TaskManager<'_> {
    /// Adds a reminder to a task and returns it as it is now; one that it has already stays as it is.
    ///
    /// It counts from the date of the task: from its time, or from local midnight where it is all-day.
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
    /// use ticktick::{Trigger, jiff::SignedDuration};
    ///
    /// client.task().add_reminder(&task, Trigger::before(SignedDuration::from_mins(30))).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn add_reminder(self, task: impl AsRef<TaskId>, trigger: Trigger) -> Result<Task, Error> {
        self.change(task.as_ref(), |task| {
            if !task.reminders.iter().any(|one| one.trigger == trigger) {
                task.reminders.push(reminder(trigger, &mut self.client.ids()));
            }
            Ok(())
        })
        .await
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
    pub async fn remove_reminder(self, task: impl AsRef<TaskId>, trigger: &Trigger) -> Result<Task, Error> {
        self.change(task.as_ref(), |task| {
            task.reminders.retain(|one| one.trigger != *trigger);
            Ok(())
        })
        .await
    }

    /// Gives a task these reminders and no others, and returns it as it is now.
    ///
    /// Those that stay keep their ids and all that else is in them.
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
        task: impl AsRef<TaskId>,
        triggers: impl IntoIterator<Item = Trigger>,
    ) -> Result<Task, Error> {
        let triggers: Vec<_> = triggers.into_iter().collect();
        self.change(task.as_ref(), |task| {
            set(task, triggers, &mut self.client.ids());
            Ok(())
        })
        .await
    }
}

/// Makes a reminder with an id of ours.
fn reminder(trigger: Trigger, ids: &mut IdSource) -> Reminder {
    let mut reminder = Reminder::new(trigger);
    reminder.id = ReminderId::new_with(ids).into();
    reminder
}

/// Gives a task exactly these reminders; each rings once, and those that stay keep their place.
pub(super) fn set(task: &mut Task, triggers: Vec<Trigger>, ids: &mut IdSource) {
    task.reminders.retain(|one| triggers.contains(&one.trigger));
    for trigger in triggers {
        if !task.reminders.iter().any(|one| one.trigger == trigger) {
            task.reminders.push(reminder(trigger, ids));
        }
    }
}
