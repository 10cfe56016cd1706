//! What is to be added: sessions of the past, and saved timers.

use jiff::Timestamp;
use ticktick_models::{
    AsId, Field, FocusId, FocusKind, FocusRecord, FocusRecordStatus, FocusRecordTask, Habit, IdSource, List, Task,
    Timer, TimerId, TimerKind,
};

use crate::{Error, check};

/// A focus session of the past that is to be added; a pomodoro, unless told otherwise.
///
/// # Examples
///
/// ```
/// use ticktick::FocusDraft;
///
/// # fn example(task: &ticktick::Task) -> Result<(), Box<dyn std::error::Error>> {
/// let (start, end) = ("2026-03-01T09:00:00Z".parse()?, "2026-03-01T09:25:00Z".parse()?);
/// let draft = FocusDraft::new(start, end).on_task(task).note("went well");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a draft does nothing until it is added"]
pub struct FocusDraft {
    id: Option<FocusId>,
    start: Timestamp,
    end: Timestamp,
    kind: FocusKind,
    note: Option<String>,
    pause: i64,
    about: FocusRecordTask,
    about_id: Option<String>,
}

impl FocusDraft {
    /// Begins a pomodoro that ran from one moment to another, of any length.
    ///
    /// ```
    /// # fn example(start: ticktick::jiff::Timestamp, end: ticktick::jiff::Timestamp) {
    /// let draft = ticktick::FocusDraft::new(start, end);
    /// # }
    /// ```
    pub fn new(start: Timestamp, end: Timestamp) -> Self {
        let about = FocusRecordTask::default();
        Self { id: None, start, end, kind: FocusKind::Pomodoro, note: None, pause: 0, about, about_id: None }
    }

    /// Sets the id under which it is stored. By default each create makes a new one.
    ///
    /// With an id, a create can be repeated safely: if an earlier try was carried out, the session that is stored under the
    /// id is returned as it is, for one read more.
    ///
    /// ```
    /// # fn example(start: ticktick::jiff::Timestamp, end: ticktick::jiff::Timestamp) {
    /// use ticktick::{FocusDraft, FocusId};
    ///
    /// let draft = FocusDraft::new(start, end).id(FocusId::new());
    /// # }
    /// ```
    pub fn id(mut self, id: impl AsId<FocusId>) -> Self {
        self.id = Some(id.as_id());
        self
    }

    /// Tells whether the caller chose the id.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some()
    }

    /// Makes it a stopwatch session.
    ///
    /// ```
    /// # fn example(start: ticktick::jiff::Timestamp, end: ticktick::jiff::Timestamp) {
    /// let draft = ticktick::FocusDraft::new(start, end).stopwatch();
    /// # }
    /// ```
    pub fn stopwatch(mut self) -> Self {
        self.kind = FocusKind::Stopwatch;
        self
    }

    /// Sets a note on it.
    ///
    /// ```
    /// # fn example(start: ticktick::jiff::Timestamp, end: ticktick::jiff::Timestamp) {
    /// let draft = ticktick::FocusDraft::new(start, end).note("went well");
    /// # }
    /// ```
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Sets how many seconds of it were pauses.
    ///
    /// ```
    /// # fn example(start: ticktick::jiff::Timestamp, end: ticktick::jiff::Timestamp) {
    /// let draft = ticktick::FocusDraft::new(start, end).paused(90);
    /// # }
    /// ```
    pub fn paused(mut self, seconds: u32) -> Self {
        self.pause = seconds.into();
        self
    }

    /// Says that it was about a task.
    ///
    /// ```
    /// # fn example(start: ticktick::jiff::Timestamp, end: ticktick::jiff::Timestamp, task: &ticktick::Task) {
    /// let draft = ticktick::FocusDraft::new(start, end).on_task(task);
    /// # }
    /// ```
    pub fn on_task(mut self, task: &Task) -> Self {
        self.about = FocusRecordTask::default();
        self.about.task_id.set(task.id.clone());
        self.about.title = task.title.clone();
        self.about_id = Some(task.id.to_string());
        self
    }

    /// Says that it was about a habit.
    ///
    /// ```
    /// # fn example(start: ticktick::jiff::Timestamp, end: ticktick::jiff::Timestamp, habit: &ticktick::Habit) {
    /// let draft = ticktick::FocusDraft::new(start, end).on_habit(habit);
    /// # }
    /// ```
    pub fn on_habit(mut self, habit: &Habit) -> Self {
        self.about = FocusRecordTask::default();
        self.about.habit_id.set(habit.id.clone());
        self.about.title = habit.name.clone();
        self.about_id = Some(habit.id.to_string());
        self
    }

    /// Says that it ran by a saved timer.
    ///
    /// ```
    /// # fn example(start: ticktick::jiff::Timestamp, end: ticktick::jiff::Timestamp, timer: &ticktick::Timer) {
    /// let draft = ticktick::FocusDraft::new(start, end).on_timer(timer);
    /// # }
    /// ```
    pub fn on_timer(mut self, timer: &Timer) -> Self {
        self.about = FocusRecordTask::default();
        self.about.timer_id.set(timer.id.clone());
        self.about.timer_name = timer.name.clone();
        self.about_id = Some(timer.id.to_string());
        self
    }

    /// Makes the session, with an id of ours.
    pub(crate) fn into_record(self, ids: &mut IdSource) -> Result<FocusRecord, Error> {
        let length = self.end.duration_since(self.start).as_secs();
        if length <= 0 || self.pause >= length {
            let message = "a session ends after it starts, and is not one pause; check its times.";
            return Err(Error::invalid_input(message));
        }
        let (start, end) = (ticktick_models::Timestamp::from(self.start), ticktick_models::Timestamp::from(self.end));
        let mut about = self.about;
        about.start_time.set(start.clone());
        about.end_time.set(end.clone());
        let mut record = FocusRecord::new(self.id.unwrap_or_else(|| FocusId::new_with(ids)));
        record.start_time.set(start);
        record.end_time.set(end);
        record.status = FocusRecordStatus::Completed.into();
        record.pause_duration = self.pause.into();
        record.r#type = self.kind.into();
        record.note = Field::or_absent(self.note);
        record.added = true.into();
        record.focus_on_id = Field::or_absent(self.about_id);
        record.tasks = List::from(vec![about]);
        Ok(record)
    }
}

/// A saved timer that is to be created.
///
/// # Examples
///
/// ```
/// use ticktick::TimerDraft;
///
/// let reading = TimerDraft::stopwatch("Reading").color("#35D870");
/// let deep_work = TimerDraft::pomodoro("Deep work", 50);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a draft does nothing until it is created"]
pub struct TimerDraft {
    id: Option<TimerId>,
    name: String,
    kind: TimerKind,
    minutes: u32,
    color: String,
    icon: String,
}

impl TimerDraft {
    /// Begins a timer of pomodoros of so many minutes.
    ///
    /// ```
    /// let draft = ticktick::TimerDraft::pomodoro("Deep work", 50);
    /// ```
    pub fn pomodoro(name: impl Into<String>, minutes: u32) -> Self {
        let (color, icon) = ("#4772FA".into(), "timer_default".into());
        Self { id: None, name: name.into(), kind: TimerKind::Pomodoro, minutes, color, icon }
    }

    /// Begins a timer that counts up.
    ///
    /// ```
    /// let draft = ticktick::TimerDraft::stopwatch("Reading");
    /// ```
    pub fn stopwatch(name: impl Into<String>) -> Self {
        Self { kind: TimerKind::Timing, ..Self::pomodoro(name, 25) }
    }

    /// Sets the id under which it is stored. By default each create makes a new one.
    ///
    /// With an id, a create can be repeated safely: if an earlier try was carried out, the timer that is stored under the
    /// id is returned as it is, for one read more.
    ///
    /// ```
    /// use ticktick::{TimerDraft, TimerId};
    ///
    /// let draft = TimerDraft::stopwatch("Reading").id(TimerId::new());
    /// ```
    pub fn id(mut self, id: impl AsId<TimerId>) -> Self {
        self.id = Some(id.as_id());
        self
    }

    /// Tells whether the caller chose the id.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some()
    }

    /// Sets its colour, as `#RRGGBB`.
    ///
    /// ```
    /// let draft = ticktick::TimerDraft::stopwatch("Reading").color("#35D870");
    /// ```
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.color = color.into();
        self
    }

    /// Sets its icon, by the name of a built-in one.
    ///
    /// ```
    /// let draft = ticktick::TimerDraft::stopwatch("Reading").icon("timer_default");
    /// ```
    pub fn icon(mut self, icon: impl Into<String>) -> Self {
        self.icon = icon.into();
        self
    }

    /// Makes the timer, with an id of ours.
    pub(crate) fn into_timer(self, ids: &mut IdSource, now: Timestamp) -> Result<Timer, Error> {
        check::name("timer", &self.name)?;
        check::color(&self.color)?;
        if self.minutes == 0 {
            return Err(Error::invalid_input("a timer takes a minute or more; give its length."));
        }
        let mut timer = Timer::new(self.id.unwrap_or_else(|| TimerId::new_with(ids)));
        timer.name = self.name.into();
        timer.r#type = self.kind.into();
        timer.pomodoro_time = i64::from(self.minutes).into();
        timer.color = self.color.into();
        timer.icon = self.icon.into();
        timer.status = 0.into();
        timer.sort_order = 0.into();
        timer.created_time = ticktick_models::Timestamp::from(now).into();
        timer.modified_time = timer.created_time.clone();
        Ok(timer)
    }
}
