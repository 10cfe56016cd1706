//! The reminders of a task.

use ticktick_models::{AsId, Task, TaskId, Trigger};

use super::change::change;
use super::{TaskManager, reminder_list};
use crate::{Error, id};

impl TaskManager<'_> {
    /// Adds a reminder to a task and returns the updated task. Does nothing if the task already has this reminder.
    ///
    /// The reminder is relative to the date of the task: to its time, or to local midnight if it is all-day.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the task has no date, or if the trigger is made for the other kind of date;
    /// the error names the right constructor.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::{Due, TaskDraft, jiff::civil::date};
    /// # let task = client.task().create(TaskDraft::new("Call Ada").due(Due::day(date(2026, 3, 1)))).await?;
    /// use ticktick::{Trigger, jiff::civil::time};
    ///
    /// let task = client.task().add_reminder(&task, Trigger::on_day(0, time(9, 0, 0, 0))).await?;
    /// assert_eq!(task.reminders.len(), 1);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn add_reminder(self, task: impl AsId<TaskId>, trigger: Trigger) -> Result<Task, Error> {
        let task = id::of(task)?;
        change(self.client, &task, |task| reminder_list::add(task, [trigger], &mut self.client.ids())).await
    }

    /// Removes the reminders with the given trigger and returns the updated task.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::{Due, TaskDraft, jiff::civil::date};
    /// # let task = client.task().create(TaskDraft::new("Call Ada").due(Due::day(date(2026, 3, 1)))).await?;
    /// use ticktick::{Trigger, jiff::civil::time};
    ///
    /// let at_nine = Trigger::on_day(0, time(9, 0, 0, 0));
    /// let task = client.task().add_reminder(&task, at_nine.clone()).await?;
    /// let task = client.task().remove_reminder(&task, &at_nine).await?;
    /// assert!(task.reminders.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn remove_reminder(self, task: impl AsId<TaskId>, trigger: &Trigger) -> Result<Task, Error> {
        let task = id::of(task)?;
        change(self.client, &task, |task| {
            task.reminders.retain(|one| one.trigger != *trigger);
            Ok(())
        })
        .await
    }

    /// Replaces the reminders of a task and returns the updated task. Reminders that remain keep their ids and other
    /// fields.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`add_reminder`](Self::add_reminder).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::{Due, TaskDraft, jiff::civil::date};
    /// # let task = client.task().create(TaskDraft::new("Call Ada").due(Due::day(date(2026, 3, 1)))).await?;
    /// use ticktick::{Trigger, jiff::civil::time};
    ///
    /// // On the day of an all-day task, and on the evening before.
    /// let triggers = [Trigger::on_day(0, time(9, 0, 0, 0)), Trigger::on_day(1, time(20, 0, 0, 0))];
    /// let task = client.task().set_reminders(&task, triggers).await?;
    /// assert_eq!(task.reminders.len(), 2);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn set_reminders(
        self,
        task: impl AsId<TaskId>,
        triggers: impl IntoIterator<Item = Trigger>,
    ) -> Result<Task, Error> {
        let task = id::of(task)?;
        let triggers: Vec<_> = triggers.into_iter().collect();
        change(self.client, &task, |task| reminder_list::set(task, triggers, &mut self.client.ids())).await
    }
}
