//! What a [`Task`] says about itself.

use jiff::tz::TimeZone;

use crate::due::DateGroup;
use crate::{DeletedState, Due, DueError, Task, TaskKind, TaskStatus, Timestamp};

impl Task {
    /// Returns when the task is due; `None` where it has no date.
    ///
    /// `default_zone` is the account's zone, for tasks that name none.
    ///
    /// # Errors
    ///
    /// Fails where the task names a zone that is not known here; the task itself keeps it.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::{civil::date, tz::TimeZone};
    /// use ticktick_models::{Due, Task};
    ///
    /// let mut task = Task::new("a", "b");
    /// let berlin = TimeZone::get("Europe/Berlin")?;
    /// task.set_due(&Due::day(date(2026, 3, 1)), &berlin)?;
    /// assert_eq!(task.due_date.get().unwrap().to_string(), "2026-02-28T23:00:00.000+0000");
    /// assert_eq!(task.due(&TimeZone::UTC)?.unwrap().date(), date(2026, 3, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn due(&self, default_zone: &TimeZone) -> Result<Option<Due>, DueError> {
        Due::read(&self.date_group(), default_zone)
    }

    /// Sets when the task is due: start, due date, all-day, zone and floating together.
    ///
    /// `default_zone` is the account's zone, for a [`Due`] that names none. Where the task already says the same, in the
    /// same zone, nothing is written, so that a null due date or an empty zone stays as it came.
    ///
    /// # Errors
    ///
    /// Fails where the zone has no IANA name, and where a date lies beyond the years that can be told. The task is not
    /// changed then.
    ///
    /// ```
    /// use jiff::{civil::date, tz::TimeZone};
    /// use ticktick_models::{Due, Task};
    ///
    /// let mut task = Task::new("a", "b");
    /// task.set_due(&Due::day(date(2026, 3, 1)), &TimeZone::UTC)?;
    /// assert_eq!(task.start_date.get().unwrap().to_string(), "2026-03-01T00:00:00.000+0000");
    /// # Ok::<(), ticktick_models::DueError>(())
    /// ```
    pub fn set_due(&mut self, due: &Due, default_zone: &TimeZone) -> Result<(), DueError> {
        if self.due(default_zone).ok().flatten().is_some_and(|old| old == *due && old.zone() == due.zone()) {
            return Ok(());
        }
        let DateGroup { start, due, all_day, floating, zone } = due.write(default_zone)?;
        self.start_date = start;
        self.due_date = due;
        self.is_all_day = all_day;
        self.is_floating = floating;
        self.time_zone = zone;
        Ok(())
    }

    /// Takes the date away. Both dates become null, for the server restores one of them from the other.
    ///
    /// ```
    /// let mut task = ticktick_models::Task::new("a", "b");
    /// task.clear_due();
    /// assert!(task.start_date.is_null() && task.due_date.is_null());
    /// ```
    pub fn clear_due(&mut self) {
        self.start_date.clear();
        self.due_date.clear();
    }

    /// Whether the task is pinned.
    ///
    /// ```
    /// let mut task = ticktick_models::Task::new("a", "b");
    /// task.pinned_time.set("2026-03-01T09:00:00Z");
    /// assert!(task.is_pinned());
    /// task.pinned_time.set("-1");
    /// assert!(!task.is_pinned());
    /// ```
    #[must_use]
    pub fn is_pinned(&self) -> bool {
        self.pinned_time.get().and_then(Timestamp::instant).is_some()
    }

    /// Whether the task is still to be done; one without a status is.
    ///
    /// ```
    /// assert!(ticktick_models::Task::new("a", "b").is_open());
    /// ```
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.status.get(), None | Some(TaskStatus::Open))
    }

    /// Whether the task is completed, in the present or the old form.
    ///
    /// ```
    /// let mut task = ticktick_models::Task::new("a", "b");
    /// task.status.set(ticktick_models::TaskStatus::LegacyCompleted);
    /// assert!(task.is_completed());
    /// ```
    #[must_use]
    pub fn is_completed(&self) -> bool {
        matches!(self.status.get(), Some(TaskStatus::Completed | TaskStatus::LegacyCompleted))
    }

    /// Whether the task was abandoned; the app says "won't do".
    ///
    /// ```
    /// let mut task = ticktick_models::Task::new("a", "b");
    /// task.status.set(ticktick_models::TaskStatus::WontDo);
    /// assert!(task.is_wont_do() && !task.is_open());
    /// ```
    #[must_use]
    pub fn is_wont_do(&self) -> bool {
        self.status == TaskStatus::WontDo
    }

    /// Whether the task is in the trash, or deleted for good.
    ///
    /// ```
    /// let mut task = ticktick_models::Task::new("a", "b");
    /// task.deleted.set(ticktick_models::DeletedState::InTrash);
    /// assert!(task.is_deleted());
    /// ```
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        matches!(self.deleted.get(), Some(DeletedState::InTrash | DeletedState::Forever))
    }

    /// Whether this is a note, which is neither done nor undone.
    ///
    /// ```
    /// let mut task = ticktick_models::Task::new("a", "b");
    /// task.kind.set(ticktick_models::TaskKind::Note);
    /// assert!(task.is_note());
    /// ```
    #[must_use]
    pub fn is_note(&self) -> bool {
        self.kind == TaskKind::Note
    }

    /// Returns the body, in Markdown: `desc` of a checklist, `content` of everything else.
    ///
    /// ```
    /// use ticktick_models::{Task, TaskKind};
    ///
    /// let mut task = Task::new("a", "b");
    /// task.kind = TaskKind::Checklist.into();
    /// task.set_body("for the weekend");
    /// assert_eq!(task.body(), Some("for the weekend"));
    /// assert!(task.content.is_absent());
    /// ```
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        match self.kind.get() {
            Some(TaskKind::Checklist) => self.desc.as_deref(),
            _ => self.content.as_deref(),
        }
    }

    /// Sets the body, in the key that the kind asks for.
    ///
    /// ```
    /// let mut task = ticktick_models::Task::new("a", "b");
    /// task.set_body("in *Markdown*");
    /// assert_eq!(task.content, "in *Markdown*");
    /// ```
    pub fn set_body(&mut self, body: impl Into<String>) {
        match self.kind.get() {
            Some(TaskKind::Checklist) => self.desc.set(body),
            _ => self.content.set(body),
        }
    }

    fn date_group(&self) -> DateGroup {
        DateGroup {
            start: self.start_date.clone(),
            due: self.due_date.clone(),
            all_day: self.is_all_day,
            floating: self.is_floating,
            zone: self.time_zone.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Field;

    fn task(members: &str) -> Task {
        serde_json::from_str(&format!(r#"{{"id":"a","projectId":"b"{members}}}"#)).unwrap()
    }

    #[test]
    fn states_are_told_apart() {
        assert!(task("").is_open() && task(r#","status":null"#).is_open());
        assert!(task(r#","status":1"#).is_completed() && task(r#","status":2"#).is_completed());
        assert!(task(r#","status":-1"#).is_wont_do());
        let unknown = task(r#","status":7"#);
        assert!(!unknown.is_open() && !unknown.is_completed() && !unknown.is_wont_do());
        assert!(task(r#","deleted":1"#).is_deleted() && !task(r#","deleted":0"#).is_deleted());
        assert!(task(r#","kind":"NOTE""#).is_note() && !task(r#","kind":null"#).is_note());
    }

    #[test]
    fn minus_one_is_not_pinned() {
        assert!(!task("").is_pinned() && !task(r#","pinnedTime":"-1""#).is_pinned());
        assert!(task(r#","pinnedTime":"2026-03-01T00:00:00.000+0000""#).is_pinned());
    }

    #[test]
    fn what_is_said_already_is_not_written_again() {
        for members in [
            r#","startDate":"2026-02-28T23:00:00+0000","dueDate":null,"isAllDay":true,"timeZone":"""#,
            r#","dueDate":"2026-03-01T09:00:00.000+0000","isAllDay":null"#,
            r#","startDate":"2026-10-25T01:30:00.000+0000","isFloating":true,"timeZone":"Europe/Berlin""#,
            r#","startDate":1772355600000,"isAllDay":false,"timeZone":"US/Central""#,
        ] {
            let (before, zone) = (task(members), TimeZone::get("Europe/Berlin").unwrap());
            let mut after = before.clone();
            after.set_due(&before.due(&zone).unwrap().unwrap(), &zone).unwrap();
            assert_eq!(serde_json::to_string(&after).unwrap(), serde_json::to_string(&before).unwrap());
        }
    }

    #[test]
    fn the_same_moment_in_another_zone_is_written() {
        let mut task = task(r#","dueDate":"2026-03-01T09:00:00.000+0000","isAllDay":false,"timeZone":"Asia/Tokyo""#);
        let due = task.due(&TimeZone::UTC).unwrap().unwrap().in_zone(TimeZone::get("US/Central").unwrap());
        task.set_due(&due, &TimeZone::UTC).unwrap();
        assert_eq!((task.time_zone, task.start_date), ("US/Central".into(), task.due_date));
    }

    #[test]
    fn an_error_leaves_the_task_alone() {
        let mut task = task(r#","timeZone":"Mars/Base","dueDate":"2026-03-01T00:00:00.000+0000""#);
        let before = task.clone();
        assert_eq!(task.due(&TimeZone::UTC), Err(DueError::UnknownZone("Mars/Base".into())));
        let nameless = TimeZone::fixed(jiff::tz::offset(3));
        assert_eq!(task.set_due(&Due::day(jiff::civil::date(2026, 3, 1)), &nameless), Err(DueError::UnnamedZone));
        assert_eq!(task, before);
        task.clear_due();
        assert_eq!(task.due(&TimeZone::UTC), Ok(None));
        assert_eq!(task.time_zone, Field::from("Mars/Base"));
    }
}
