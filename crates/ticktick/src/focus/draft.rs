//! [`FocusDraft`] and [`TimerDraft`]: past sessions and saved timers to create.

use jiff::Timestamp;
use ticktick_models::{
    Field, FocusId, FocusKind, FocusRecord, FocusRecordStatus, FocusRecordTask, Habit, IdSource, List, Task, Timer,
    TimerId, TimerKind,
};

use crate::form::{form, setters};
use crate::{Error, check};

form! {
    /// A past focus session to add. Defaults to a pomodoro.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Report".into()).await?;
    /// use ticktick::FocusDraft;
    ///
    /// let (start, end) = ("2026-03-01T09:00:00Z".parse()?, "2026-03-01T09:25:00Z".parse()?);
    /// let draft = FocusDraft::new(start, end).on_task(&task).note("went well");
    /// let session = client.focus().create(draft).await?;
    /// assert_eq!(session.tasks[0].title, "Report");
    /// # Ok(())
    /// # });
    /// ```
    #[must_use = "a draft does nothing until it is passed to `create`"]
    pub struct FocusDraft {
        start: Timestamp,
        end: Timestamp;
        id: Option<FocusId>,
        stopwatch: bool,
        note: Option<String>,
        pause: i64,
        about: FocusRecordTask,
        about_id: Option<String>,
    }
}

impl FocusDraft {
    /// Creates a draft of a pomodoro with the given start and end; it may have any length.
    pub fn new(start: Timestamp, end: Timestamp) -> Self {
        let about = FocusRecordTask::default();
        Self { id: None, start, end, stopwatch: false, note: None, pause: 0, about, about_id: None }
    }

    setters! {
        /// Sets the id under which the object is stored. By default, each create generates a new one.
        ///
        /// With an id, you can safely repeat a create: if an earlier attempt succeeded, the call returns the stored
        /// session unchanged. This takes one more read.
        id id: FocusId;
    }

    /// Returns whether the caller chose the id.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some()
    }

    setters! {
        /// Makes it a stopwatch session.
        on stopwatch: stopwatch;

        /// Sets the note.
        into note: String;
    }

    /// Sets the total length of its pauses, in seconds.
    pub fn paused(mut self, seconds: u32) -> Self {
        self.pause = seconds.into();
        self
    }

    /// Links the session to a task.
    pub fn on_task(mut self, task: &Task) -> Self {
        self.about = FocusRecordTask::default();
        self.about.task_id.set(task.id.clone());
        self.about.title = task.title.clone();
        self.about_id = Some(task.id.to_string());
        self
    }

    /// Links the session to a habit.
    pub fn on_habit(mut self, habit: &Habit) -> Self {
        self.about = FocusRecordTask::default();
        self.about.habit_id.set(habit.id.clone());
        self.about.title = habit.name.clone();
        self.about_id = Some(habit.id.to_string());
        self
    }

    /// Links the session to a saved timer.
    pub fn on_timer(mut self, timer: &Timer) -> Self {
        self.about = FocusRecordTask::default();
        self.about.timer_id.set(timer.id.clone());
        self.about.timer_name = timer.name.clone();
        self.about_id = Some(timer.id.to_string());
        self
    }

    /// Builds the session, with a new id.
    pub(crate) fn into_record(self, ids: &mut IdSource) -> Result<FocusRecord, Error> {
        let length = self.end.duration_since(self.start).as_secs();
        if length <= 0 || self.pause >= length {
            let message = "a session must end after it starts and be longer than its pauses; check its times";
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
        record.r#type = if self.stopwatch { FocusKind::Stopwatch } else { FocusKind::Pomodoro }.into();
        record.note = Field::or_absent(self.note);
        record.added = true.into();
        record.focus_on_id = Field::or_absent(self.about_id);
        record.tasks = List::from(vec![about]);
        Ok(record)
    }
}

form! {
    /// A saved timer to create.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::focus::TimerDraft;
    ///
    /// client.focus().create_timer(TimerDraft::stopwatch("Reading").color("#35D870")).await?;
    /// client.focus().create_timer(TimerDraft::pomodoro("Deep work", 50)).await?;
    /// assert_eq!(client.focus().timers().await?.len(), 2);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use = "a draft does nothing until it is passed to `create_timer`"]
    pub struct TimerDraft {
        name: String,
        kind: TimerKind,
        minutes: u32;
        id: Option<TimerId>,
        color: Option<String>,
        icon: Option<String>,
    }
}

impl TimerDraft {
    /// Creates a draft of a pomodoro timer with the given length in minutes.
    pub fn pomodoro(name: impl Into<String>, minutes: u32) -> Self {
        Self { id: None, name: name.into(), kind: TimerKind::Pomodoro, minutes, color: None, icon: None }
    }

    /// Creates a draft of a stopwatch timer.
    pub fn stopwatch(name: impl Into<String>) -> Self {
        Self { kind: TimerKind::Timing, ..Self::pomodoro(name, 25) }
    }

    setters! {
        /// Sets the id under which the object is stored. By default, each create generates a new one.
        ///
        /// With an id, you can safely repeat a create: if an earlier attempt succeeded, the call returns the stored
        /// timer unchanged. This takes one more read.
        id id: TimerId;
    }

    /// Returns whether the caller chose the id.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some()
    }

    setters! {
        /// Sets the color, as `#RRGGBB`.
        into color: String;

        /// Sets the icon by the name of a built-in one.
        into icon: String;
    }

    /// Builds the timer, with a new id.
    pub(crate) fn into_timer(self, ids: &mut IdSource, now: Timestamp) -> Result<Timer, Error> {
        check::name("timer", &self.name)?;
        let color = self.color.unwrap_or_else(|| "#4772FA".into());
        check::color(&color)?;
        if self.minutes == 0 {
            return Err(Error::invalid_input("invalid length of a timer\nhint: use at least one minute"));
        }
        let mut timer = Timer::new(self.id.unwrap_or_else(|| TimerId::new_with(ids)));
        timer.name = self.name.into();
        timer.r#type = self.kind.into();
        timer.pomodoro_time = i64::from(self.minutes).into();
        timer.color = color.into();
        timer.icon = self.icon.unwrap_or_else(|| "timer_default".into()).into();
        timer.status = 0.into();
        timer.sort_order = 0.into();
        timer.created_time = ticktick_models::Timestamp::from(now).into();
        timer.modified_time = timer.created_time.clone();
        Ok(timer)
    }
}
