//! Methods of [`Task`].

mod read;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::due::{DateGroup, zone};
use crate::{DeletedState, Due, DueError, Task, TaskKind, TaskStatus, Timestamp, Trigger};

impl Task {
    /// Returns when the task is due, or `None` if it has no date.
    ///
    /// `default_zone` is the account's zone. It is used if the task has no zone or an unknown one (see
    /// [`unknown_zone`](Self::unknown_zone)). Fixed offsets such as `GMT+08:00` are understood.
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
    /// assert_eq!(task.due(&TimeZone::UTC).unwrap().date(), date(2026, 3, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn due(&self, default_zone: &TimeZone) -> Option<Due> {
        Due::read(&self.date_group(), default_zone)
    }

    /// Returns the stored time zone of the task if it is not in the time zone database, such as
    /// `Asia/Beijing`.
    ///
    /// The dates of such a task are read in the account's zone, and the text is written back unchanged
    /// until a date is set in another zone.
    ///
    /// ```
    /// let mut task = ticktick_models::Task::new("a", "b");
    /// task.time_zone.set("Asia/Beijing");
    /// assert_eq!(task.unknown_zone(), Some("Asia/Beijing"));
    /// task.time_zone.set("GMT+08:00");
    /// assert_eq!(task.unknown_zone(), None);
    /// ```
    #[must_use]
    pub fn unknown_zone(&self) -> Option<&str> {
        zone::unknown(&self.time_zone)
    }

    /// Sets when the task is due: start, due date, all-day, zone and floating together.
    ///
    /// `default_zone` is the account's zone, used for a [`Due`] without a zone. If the task already has
    /// this date in the same zone, nothing is written, so a null due date or an empty zone is preserved. A
    /// stored zone that is a fixed offset or unknown keeps its text, unless the date is set in another
    /// zone.
    ///
    /// Reminders follow the kind of date. If the task changes between a day and a time, each reminder is
    /// rewritten to ring at the same time of day, or at the start if that would be after it.
    ///
    /// # Errors
    ///
    /// Fails if the zone has no IANA name, or if a date lies outside the supported years. The task is not changed then.
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
        let group = self.date_group();
        let old = Due::read(&group, default_zone);
        if old.as_ref().is_some_and(|old| old == due && old.zone() == due.zone()) {
            return Ok(());
        }
        let new = due;
        let DateGroup { start, due, all_day, floating, zone } =
            due.write(default_zone, group.kept_zone(due, default_zone))?;
        self.start_date = start;
        self.due_date = due;
        self.is_all_day = all_day;
        self.is_floating = floating;
        self.time_zone = zone;
        if let Some(old) = old {
            self.reminders_follow(&old, new);
        }
        Ok(())
    }

    /// Removes the date and the reminders that count from it. Both dates become null, because the server restores one of
    /// them from the other.
    ///
    /// ```
    /// let mut task = ticktick_models::Task::new("a", "b");
    /// task.clear_due();
    /// assert!(task.start_date.is_null() && task.due_date.is_null());
    /// ```
    pub fn clear_due(&mut self) {
        self.start_date.clear();
        self.due_date.clear();
        self.reminders.retain(|_| false);
    }

    /// Rewrites the reminders if the date was a day and is now a time, or the other way round.
    fn reminders_follow(&mut self, old: &Due, new: &Due) {
        let convert = |trigger: &Trigger| match (old.start_time(), new.start_time()) {
            (Some(start), None) => trigger.for_day(start),
            (None, Some(start)) => trigger.for_time(start),
            _ => trigger.clone(),
        };
        if old.is_all_day() == new.is_all_day() {
            return;
        }
        // A reminder that did not match the old kind of date is not changed.
        let suited = |trigger: &Trigger| trigger.check_kind(old.is_all_day()).is_ok();
        for reminder in self.reminders.iter_mut().filter(|one| suited(&one.trigger)) {
            reminder.trigger = convert(&reminder.trigger);
        }
        let mut seen = Vec::new();
        self.reminders.retain(|one| {
            let is_new = !seen.contains(&one.trigger);
            seen.push(one.trigger.clone());
            is_new
        });
    }

    /// Returns whether the task is pinned.
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

    /// Returns whether the task is open: neither closed nor in the trash. A task without a status is open.
    ///
    /// ```
    /// assert!(ticktick_models::Task::new("a", "b").is_open());
    /// ```
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.status.get(), None | Some(TaskStatus::Open)) && !self.is_deleted()
    }

    /// Returns whether the task is open and its last day is before `today`, both in the account's zone.
    /// Notes are never overdue, and a task is not overdue on its due day, even if its time has passed.
    ///
    /// ```
    /// use jiff::{civil::date, tz::TimeZone};
    /// use ticktick_models::{Due, Task};
    ///
    /// let mut task = Task::new("a", "b");
    /// task.set_due(&Due::at("2026-03-02T08:00[Asia/Tokyo]".parse()?), &TimeZone::UTC)?;
    /// let chicago = TimeZone::get("America/Chicago")?;
    /// assert!(!task.is_overdue(date(2026, 3, 1), &chicago), "it is the first of March in Chicago");
    /// assert!(task.is_overdue(date(2026, 3, 2), &chicago));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_overdue(&self, today: Date, zone: &TimeZone) -> bool {
        let is_over = |due: Due| *due.days_in(zone).end() < today;
        self.is_open() && !self.is_note() && self.due(zone).is_some_and(is_over)
    }

    /// Returns whether the task is completed, in the current or the legacy form.
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

    /// Returns whether the task was abandoned ("won't do" in the app).
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

    /// Returns whether the task is in the trash or permanently deleted.
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

    /// Returns whether this is a note, which cannot be completed.
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

    /// Sets the body, in the member that the kind of task uses.
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
mod tests;
