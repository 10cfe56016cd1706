//! The client finishes an occurrence of a recurring task: it stores a finished copy and moves the task on.

use jiff::tz::TimeZone;
use ticktick_models::{ChecklistStatus, Due, Field, IdSource, List, NotComputable, Task};

use crate::Error;
use crate::change::Change;
use crate::task::new_ids::give_new_ids;

/// Returns whether a task repeats.
pub(crate) fn is_series(task: &Task) -> bool {
    task.recurrence().is_some()
}

/// Returns when the next occurrence is due, or `None` if the current one is the last.
///
/// `zone` is the account's zone, which a task without its own zone uses. Fails if the date cannot be computed, because
/// a guess would end or shift the series.
pub(crate) fn next(series: &Task, zone: &TimeZone, now: jiff::Timestamp) -> Result<Option<Due>, Error> {
    let refuse = |why: NotComputable| Error::Unsupported {
        what: "moving this recurring task to its next date",
        why: format!(
            "its next date cannot be computed: {why}\nhint: pass the date to `complete_and_move_to` or `skip_and_move_to`"
        ),
    };
    let due = series.due(zone);
    let own = due.as_ref().and_then(Due::zone).unwrap_or(zone);
    let today = own.to_datetime(now).date();
    series.next_occurrence(zone, today).map_err(refuse)
}

/// Returns the task moved to the computed next date.
pub(crate) fn moved_on(series: &Task, next: &Due, zone: &TimeZone) -> Result<Task, Error> {
    let mut moved = moved_by_hand(series, next, zone)?;
    // Only the dates move. Kind and zone are kept, even if they are absent or null.
    moved.is_all_day = series.is_all_day;
    moved.is_floating = series.is_floating;
    // A floating time that a clock change skips in its zone is written through another zone.
    if moved.time_zone.as_deref() == next.zone().unwrap_or(zone).iana_name() {
        moved.time_zone.clone_from(&series.time_zone);
    }
    Ok(moved)
}

/// Returns the task moved to a date that the caller chose.
pub(crate) fn moved_by_hand(series: &Task, next: &Due, zone: &TimeZone) -> Result<Task, Error> {
    let mut moved = series.clone();
    if moved.repeat_first_date.get().is_none() {
        // The original start; without it, a time that a clock change skips once would be lost permanently.
        let first = series.start_date.get().or(series.due_date.get()).cloned();
        moved.repeat_first_date = first.map_or(moved.repeat_first_date, Field::Value);
    }
    moved.set_due(next, zone).map_err(|error| Error::no_date(&error))?;
    // An unreadable rule is kept.
    if let Some(Ok(rule)) = series.recurrence() {
        moved.set_recurrence(&rule.moved_on());
    }
    begin_anew(&mut moved);
    Ok(moved)
}

/// Opens the checklist again and ends the snooze, as a new occurrence begins.
fn begin_anew(task: &mut Task) {
    for item in &mut task.items {
        if item.status.get().is_some_and(|status| *status != ChecklistStatus::Open) {
            item.status = ChecklistStatus::Open.into();
            Change::Clear.apply(&mut item.completed_time);
        }
    }
    Change::Clear.apply(&mut task.remind_time);
}

/// Builds the finished copy of the current occurrence, with new ids.
pub(crate) fn occurrence(series: &Task, ids: &mut IdSource) -> Task {
    let mut copy = series.clone();
    give_new_ids(&mut copy, ids);
    copy.repeat_flag.clear();
    copy.repeat_task_id = series.id.clone().into();
    copy.etag = Field::Absent;
    copy.parent_id = Field::Absent;
    copy.child_ids = List::default();
    copy.pinned_time = Field::Absent;
    copy
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use ticktick_models::{FixedClock, Recurrence};

    use super::*;

    const NOW: &str = "2026-03-05T12:00:00Z";

    fn series(rule: &str) -> Task {
        let mut task = Task::new("65f0a1b2c3d4e5f6a7b8c9d0", "inbox1");
        task.set_due(&Due::day(date(2026, 3, 1)), &TimeZone::UTC).unwrap();
        task.repeat_flag = rule.into();
        task
    }

    fn next(task: &Task) -> Result<Option<Task>, Error> {
        let next = super::next(task, &TimeZone::UTC, NOW.parse().unwrap())?;
        next.map(|next| moved_on(task, &next, &TimeZone::UTC)).transpose()
    }

    fn day(task: &Task) -> jiff::civil::Date {
        task.due(&TimeZone::UTC).unwrap().date()
    }

    #[test]
    fn a_series_goes_one_step_on() {
        let on_schedule = |rule: &str| {
            let mut task = series(rule);
            task.repeat_from.set("0");
            task
        };
        let moved = next(&on_schedule("RRULE:FREQ=DAILY;COUNT=3")).unwrap().unwrap();
        assert_eq!(day(&moved), date(2026, 3, 2));
        assert_eq!(moved.repeat_flag.as_deref(), Some("RRULE:FREQ=DAILY;COUNT=2"));
        assert_eq!(moved.repeat_first_date.get().unwrap().to_string(), "2026-03-01T00:00:00.000+0000");
        let again = next(&moved).unwrap().unwrap();
        assert_eq!(again.repeat_first_date, moved.repeat_first_date);
        assert_eq!(next(&series("RRULE:FREQ=DAILY;COUNT=1")).unwrap(), None);
    }

    #[test]
    fn what_a_series_leaves_out_stays_left_out() {
        let mut task = series("RRULE:FREQ=DAILY");
        task.is_all_day = Field::Absent;
        task.is_floating = Field::Null;
        task.time_zone = "".into();
        let moved = next(&task).unwrap().unwrap();
        assert_ne!(moved.due_date, task.due_date);
        assert_eq!(moved.is_all_day, task.is_all_day);
        assert_eq!(moved.is_floating, task.is_floating);
        assert_eq!(moved.time_zone, task.time_zone);
    }

    #[test]
    fn it_counts_from_the_completion_if_it_says_so() {
        let mut task = series("RRULE:FREQ=DAILY;INTERVAL=10");
        assert_eq!(day(&next(&task).unwrap().unwrap()), date(2026, 3, 11));
        task.repeat_from.set("1");
        assert_eq!(day(&next(&task).unwrap().unwrap()), date(2026, 3, 15));
    }

    #[test]
    fn what_cannot_be_computed_is_refused_with_a_reason() {
        for rule in ["ERULE:NAME=FORGETTINGCURVE", "RRULE:FREQ=DAILY;TT_SKIP=HOLIDAY", "nonsense"] {
            let error = next(&series(rule)).unwrap_err();
            assert!(matches!(error, Error::Unsupported { .. }), "{rule}: {error:?}");
            assert!(error.to_string().contains("cannot be computed"), "{error}");
            assert!(error.to_string().contains("complete_and_move_to"), "{error}");
        }
        let mut dateless = series("RRULE:FREQ=DAILY");
        dateless.clear_due();
        assert!(next(&dateless).is_err());
    }

    #[test]
    fn the_finished_copy_belongs_to_the_series() {
        let mut task = series("RRULE:FREQ=DAILY");
        task.extra.insert("unknown", 1);
        let mut ids = IdSource::new(FixedClock(NOW.parse().unwrap()), [7; 8]);
        let copy = occurrence(&task, &mut ids);
        assert!(copy.id != task.id && copy.repeat_task_id == task.id && !is_series(&copy));
        assert_eq!(copy.due_date, task.due_date);
        assert_eq!(copy.extra, task.extra);
        assert!(Recurrence::parse(task.repeat_flag.as_deref().unwrap()).is_ok());
    }
}
