//! The reminders of a task as a list.

use jiff::tz::TimeZone;
use ticktick_models::{Due, IdSource, Reminder, ReminderId, Task, Trigger};

use crate::Error;

/// Builds a reminder with a new id.
fn reminder(trigger: Trigger, ids: &mut IdSource) -> Reminder {
    let mut reminder = Reminder::new(trigger);
    reminder.id = ReminderId::new_with(ids).into();
    reminder
}

/// Rejects triggers that do not match the kind of date, or would never ring because there is no date.
pub(super) fn check<'a>(triggers: impl IntoIterator<Item = &'a Trigger>, due: Option<&Due>) -> Result<(), Error> {
    triggers.into_iter().try_for_each(|trigger| match due {
        Some(due) => trigger.check_kind(due.is_all_day()).map_err(|error| Error::invalid_input(format!("{error}"))),
        None => Err(Error::invalid_input(format!("reminder `{trigger}` needs a date\nhint: set a due date"))),
    })
}

/// Replaces the reminders of a task, without duplicates. Those that remain keep their place.
pub(super) fn set(task: &mut Task, triggers: Vec<Trigger>, ids: &mut IdSource) -> Result<(), Error> {
    task.reminders.retain(|one| triggers.contains(&one.trigger));
    add(task, triggers, ids)
}

/// Adds the reminders that a task does not have yet. Checks only the new ones, because other clients may allow more.
pub(super) fn add(
    task: &mut Task,
    triggers: impl IntoIterator<Item = Trigger>,
    ids: &mut IdSource,
) -> Result<(), Error> {
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
