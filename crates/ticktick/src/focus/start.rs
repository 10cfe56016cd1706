//! [`FocusStart`]: a session to start on the live timer.

use ticktick_models::{FocusKind, Habit, Task, Timer};

/// A session to start on the live timer.
///
/// # Examples
///
/// ```
/// # ticktick_tests::example(async |client| {
/// # let task = client.task().create("Report".into()).await?;
/// use ticktick::focus::FocusStart;
///
/// let session = client.focus().start(FocusStart::pomodoro(25).on_task(&task).note("first draft")).await?;
/// assert!(!session.is_over());
/// # Ok(())
/// # });
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a session does not run until it is passed to `start`"]
pub struct FocusStart {
    pub(super) kind: FocusKind,
    pub(super) minutes: u32,
    pub(super) subject: String,
    pub(super) title: Option<String>,
    pub(super) note: Option<String>,
}

impl FocusStart {
    /// Counts down from the given number of minutes.
    pub const fn pomodoro(minutes: u32) -> Self {
        Self { kind: FocusKind::Pomodoro, minutes, subject: String::new(), title: None, note: None }
    }

    /// Counts up.
    pub const fn stopwatch() -> Self {
        Self { kind: FocusKind::Stopwatch, minutes: 0, subject: String::new(), title: None, note: None }
    }

    /// Links the session to a task.
    pub fn on_task(self, task: &Task) -> Self {
        self.on(task.id.as_str(), task.title.as_deref())
    }

    /// Links the session to a habit.
    pub fn on_habit(self, habit: &Habit) -> Self {
        self.on(habit.id.as_str(), habit.name.as_deref())
    }

    /// Links the session to a saved timer.
    pub fn on_timer(self, timer: &Timer) -> Self {
        self.on(timer.id.as_str(), timer.name.as_deref())
    }

    /// Sets the note.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    fn on(mut self, subject: &str, title: Option<&str>) -> Self {
        self.subject = subject.to_owned();
        self.title = title.map(str::to_owned);
        self
    }
}
