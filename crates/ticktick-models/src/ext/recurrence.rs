//! How a [`Task`] repeats.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use crate::recurrence::{NotComputable, Occurrences, Recurrence, RecurrenceError, stamp_date};
use crate::{Due, RepeatFrom, Task, Timestamp};

impl Task {
    /// Returns how the task repeats, or `None` if it does not.
    ///
    /// # Errors
    ///
    /// Fails if the rule is invalid; the task itself keeps it.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::{Recurrence, Task};
    ///
    /// let mut task = Task::new("a", "b");
    /// assert!(task.recurrence().is_none());
    /// task.set_recurrence(&Recurrence::weekly());
    /// assert_eq!(task.recurrence().transpose()?, Some(Recurrence::weekly()));
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    #[must_use]
    pub fn recurrence(&self) -> Option<Result<Recurrence, RecurrenceError>> {
        self.repeat_flag.as_deref().filter(|text| !text.trim().is_empty()).map(Recurrence::parse)
    }

    /// Sets how the task repeats. `repeatFrom` is not changed.
    ///
    /// The service silently drops the rule of a task without a date.
    ///
    /// ```
    /// use ticktick_models::{Recurrence, Task};
    ///
    /// let mut task = Task::new("a", "b");
    /// task.set_recurrence(&Recurrence::daily().every(2)?);
    /// assert_eq!(task.repeat_flag, "RRULE:FREQ=DAILY;INTERVAL=2");
    /// # Ok::<(), ticktick_models::RecurrenceError>(())
    /// ```
    pub fn set_recurrence(&mut self, recurrence: &Recurrence) {
        self.repeat_flag.set(recurrence.as_str());
    }

    /// Computes when the occurrence after the current one is due, or `None` if the current one is the last.
    ///
    /// The task's [`RepeatFrom`] decides where counting starts: by default the result is the first date of
    /// the rule after `completed_on`, so missed occurrences are skipped. The kind of date, the time of day,
    /// the length and the zone stay the same. Days in `exDate`, days that the calendar of the zone skips
    /// and missed occurrences are left out and do not use up a `COUNT`. `default_zone` is the account's
    /// zone, used for tasks without one.
    ///
    /// [`Recurrence::moved_on`] returns the rule of the remaining series.
    ///
    /// # Errors
    ///
    /// Fails if the task has no rule or no date, or if any part of them is unknown, because a wrong guess
    /// would end or shift a series.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::{civil::date, tz::TimeZone};
    /// use ticktick_models::{Due, Recurrence, Task};
    ///
    /// let (mut task, berlin) = (Task::new("a", "b"), TimeZone::get("Europe/Berlin")?);
    /// task.set_due(&Due::at("2026-03-28T09:00[Europe/Berlin]".parse()?), &berlin)?;
    /// task.set_recurrence(&Recurrence::daily());
    /// let next = task.next_occurrence(&berlin, date(2026, 4, 10))?;
    /// assert_eq!(next, Some(Due::at("2026-04-11T09:00[Europe/Berlin]".parse()?)));
    ///
    /// task.repeat_from.set("0");
    /// let next = task.next_occurrence(&berlin, date(2026, 4, 10))?;
    /// assert_eq!(next, Some(Due::at("2026-03-29T09:00[Europe/Berlin]".parse()?)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn next_occurrence(&self, default_zone: &TimeZone, completed_on: Date) -> Result<Option<Due>, NotComputable> {
        let mut series = self.series(default_zone)?;
        match self.repeats_from()? {
            RepeatFrom::Completion => series.count_from(completed_on),
            RepeatFrom::Calendar => series.leave_out_until(completed_on),
            _ => {}
        }
        Ok(series.next_ones(1)?.pop())
    }

    /// Computes when the occurrences after the current one are due, at most `most` of them.
    ///
    /// By default those are the ones after `today` and after the current one. A task that counts from its
    /// completion has none, because they depend on when it is completed. See also
    /// [`next_occurrence`](Self::next_occurrence).
    ///
    /// # Errors
    ///
    /// As [`next_occurrence`](Self::next_occurrence).
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::{civil::date, tz::TimeZone};
    /// use ticktick_models::{Due, Recurrence, Task};
    ///
    /// let mut task = Task::new("a", "b");
    /// task.set_due(&Due::day(date(2026, 1, 30)), &TimeZone::UTC)?;
    /// task.set_recurrence(&Recurrence::daily().skip_weekends()?);
    /// let dates: Vec<_> = task.upcoming(&TimeZone::UTC, date(2026, 1, 30), 2)?.iter().map(Due::date).collect();
    /// assert_eq!(dates, [date(2026, 2, 2), date(2026, 2, 3)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn upcoming(&self, default_zone: &TimeZone, today: Date, most: usize) -> Result<Vec<Due>, NotComputable> {
        let mut series = self.series(default_zone)?;
        match self.repeats_from()? {
            RepeatFrom::Completion => return series.next_ones(0),
            RepeatFrom::Calendar => series.leave_out_until(today),
            _ => {}
        }
        series.next_ones(most)
    }

    fn repeats_from(&self) -> Result<RepeatFrom, NotComputable> {
        let unknown = || NotComputable::RepeatFrom(self.repeat_from.get().cloned().unwrap_or_else(|| "".into()));
        RepeatFrom::read(&self.repeat_from).ok_or_else(unknown)
    }

    fn series(&self, default_zone: &TimeZone) -> Result<Series, NotComputable> {
        let recurrence = self.recurrence().ok_or(NotComputable::NoRule)??;
        let due = self.due(default_zone).ok_or(NotComputable::NoDate)?;
        let zone = due.zone().unwrap_or(default_zone).clone();
        let skipped = self.ex_date.iter().map(|text| skipped_date(text, &zone)).collect::<Result<_, _>>()?;
        let first = self.repeat_first_date.get().and_then(Timestamp::instant);
        let clock = first.and_then(|first| due.clock_before_gap(zone.to_datetime(first).time(), &zone));
        let date = due.start_date();
        Ok(Series { recurrence, due, zone, clock, skipped, anchor: date, after: date })
    }
}

/// A repeating task with everything that its next dates depend on.
struct Series {
    recurrence: Recurrence,
    due: Due,
    zone: TimeZone,
    /// The clock time that the current occurrence lost to a gap.
    clock: Option<Time>,
    skipped: Vec<Date>,
    /// The day from which periods are counted.
    anchor: Date,
    after: Date,
}

impl Series {
    /// Counts from the day of completion. Days that the rule itself names are never returned twice.
    fn count_from(&mut self, completed_on: Date) {
        let Some(rule) = self.recurrence.rule() else { return };
        self.after = if rule.names_days() { completed_on.max(self.after) } else { completed_on };
        self.anchor = completed_on;
    }

    /// Skips the occurrences up to a day; periods still count from the current one.
    fn leave_out_until(&mut self, day: Date) {
        self.after = self.after.max(day);
    }

    fn next_ones(&self, most: usize) -> Result<Vec<Due>, NotComputable> {
        // The current occurrence is one of the remaining ones.
        let left = self.recurrence.rule().and_then(|rule| rule.count).map_or(usize::MAX, |count| count as usize - 1);
        let mut dates = self.recurrence.dates_from(self.anchor, &self.zone)?;
        let mut found = Vec::new();
        while found.len() < most.min(left) {
            let Some(date) = self.next_date(&mut dates) else { break };
            found.push(self.due.shifted_to(date, self.clock)?);
        }
        if dates.gave_up() { Err(NotComputable::NothingFound) } else { Ok(found) }
    }

    /// Returns `true` if the zone has the day. Zones that crossed the date line have skipped one.
    fn has_day(&self, date: Date) -> bool {
        date.to_zoned_datetime(self.zone.clone()).is_ok_and(|midnight| midnight.date() == date)
    }

    fn next_date(&self, dates: &mut Occurrences) -> Option<Date> {
        dates.find(|date| *date > self.after && !self.skipped.contains(date) && self.has_day(*date))
    }
}

/// Reads an element of `exDate`: a day stamp or an instant.
fn skipped_date(text: &str, zone: &TimeZone) -> Result<Date, NotComputable> {
    let instant = || Timestamp::from(text).instant().map(|instant| zone.to_datetime(instant).date());
    stamp_date(text).or_else(instant).ok_or_else(|| NotComputable::SkippedDate(text.into()))
}

#[cfg(test)]
mod tests;
