//! Status 1 means archived, although two sources write 2; the archiving time can remain when the habit is active again.

use ticktick_models::{Habit, HabitStatus};

/// Returns whether a habit is archived: by its status, or by its archiving time if it has no status.
pub(crate) fn is_archived(habit: &Habit) -> bool {
    match habit.status.get() {
        Some(status) => *status != HabitStatus::Active,
        None => habit.archived_time.get().is_some(),
    }
}

/// Archives a habit.
pub(crate) fn archive(habit: &mut Habit, now: jiff::Timestamp) {
    habit.status = HabitStatus::Archived.into();
    habit.archived_time = ticktick_models::Timestamp::from(now).into();
}

/// Restores a habit from the archive.
pub(crate) fn unarchive(habit: &mut Habit) {
    habit.status = HabitStatus::Active.into();
    if habit.archived_time.get().is_some() {
        habit.archived_time.clear();
    }
}
