//! The live timer, which all devices share.

use ticktick_models::{Field, FocusId, FocusKind, FocusOpKind, FocusState, Habit, Task, Timer};

use super::{FocusManager, operate};
use crate::Error;

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
    kind: FocusKind,
    minutes: u32,
    subject: String,
    title: Option<String>,
    note: Option<String>,
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

impl FocusManager<'_> {
    /// Returns the current session of the live timer, or the last one; `None` if there never was one.
    ///
    /// [`FocusState::is_paused`] and [`FocusState::is_over`] return its state. If the focus host is busy, the client
    /// waits and retries.
    ///
    /// `POST /focus/batch/focusOp`, at the focus host
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::focus::FocusStart;
    /// assert!(client.focus().state().await?.is_none());
    ///
    /// client.focus().start(FocusStart::stopwatch()).await?;
    /// let session = client.focus().state().await?;
    /// assert!(session.is_some_and(|session| !session.is_over()));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn state(self) -> Result<Option<FocusState>, Error> {
        Ok(operate::read(self.client).await?.current.into_option())
    }

    /// Starts a session on the live timer, replaces the current one, and returns the new session.
    ///
    /// `POST /focus/batch/focusOp`, at the focus host
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if a pomodoro has no minutes, and [`Error::NotApplied`] if another session is on
    /// the timer afterwards. If the answer is lost, the timer is read, and the operation is not retried.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Report".into()).await?;
    /// use ticktick::focus::FocusStart;
    ///
    /// let session = client.focus().start(FocusStart::pomodoro(25).on_task(&task)).await?;
    /// let session = client.focus().pause(&session).await?;
    /// let session = client.focus().resume(&session).await?;
    /// let session = client.focus().finish(&session).await?;
    /// assert!(session.is_over());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn start(self, what: FocusStart) -> Result<FocusState, Error> {
        if what.kind == FocusKind::Pomodoro && what.minutes == 0 {
            return Err(Error::invalid_input(
                "invalid length of a pomodoro\nhint: use at least one minute, or start a stopwatch",
            ));
        }
        let session = FocusId::new_with(&mut self.client.ids());
        let mut start = operate::operation(self.client, &session, what.kind, FocusOpKind::Start);
        start.duration = i64::from(what.minutes).into();
        start.first_focus_id = match what.kind {
            FocusKind::Pomodoro => session.to_string().into(),
            _ => "".into(),
        };
        start.focus_on_id = what.subject.into();
        start.focus_on_title = Field::or_absent(what.title);
        start.auto_pomo_left = 0.into();
        start.pomo_count = 1.into();
        start.note = Field::or_absent(what.note);
        operate::operate(self.client, &session, &[start], |state| !state.is_over()).await
    }

    /// Pauses a session and returns its new state.
    ///
    /// `POST /focus/batch/focusOp`, at the focus host
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotApplied`] if the session is no longer running on the timer.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::focus::FocusStart;
    /// let session = client.focus().start(FocusStart::pomodoro(25)).await?;
    /// let session = client.focus().pause(&session).await?;
    /// assert!(session.is_paused());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn pause(self, session: &FocusState) -> Result<FocusState, Error> {
        operate::change(self.client, session, &[FocusOpKind::Pause], |state| state.is_paused() && !state.is_over())
            .await
    }

    /// Resumes a paused session and returns its new state.
    ///
    /// `POST /focus/batch/focusOp`, at the focus host
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotApplied`] if the session is no longer on the timer.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::focus::FocusStart;
    /// # let session = client.focus().start(FocusStart::pomodoro(25)).await?;
    /// let session = client.focus().pause(&session).await?;
    /// let session = client.focus().resume(&session).await?;
    /// assert!(!session.is_paused());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn resume(self, session: &FocusState) -> Result<FocusState, Error> {
        // Recorded traffic contains `continue`; `resume` was never observed.
        operate::change(self.client, session, &[FocusOpKind::Continue], |state| !state.is_paused() && !state.is_over())
            .await
    }

    /// Completes a session, clears the timer, and returns the session's final state.
    ///
    /// A session shorter than five minutes leaves no record.
    ///
    /// `POST /focus/batch/focusOp`, at the focus host
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotApplied`] if the session is no longer on the timer.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::focus::FocusStart;
    /// # let session = client.focus().start(FocusStart::pomodoro(25)).await?;
    /// let session = client.focus().finish(&session).await?;
    /// assert!(session.is_over());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn finish(self, session: &FocusState) -> Result<FocusState, Error> {
        operate::change(self.client, session, &[FocusOpKind::Finish, FocusOpKind::Exit], FocusState::is_over).await
    }

    /// Abandons a session, clears the timer, and returns the session's final state.
    ///
    /// `POST /focus/batch/focusOp`, at the focus host
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotApplied`] if the session is no longer on the timer.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::focus::FocusStart;
    /// # let session = client.focus().start(FocusStart::pomodoro(25)).await?;
    /// let session = client.focus().drop(&session).await?;
    /// assert!(session.is_over());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn drop(self, session: &FocusState) -> Result<FocusState, Error> {
        operate::change(self.client, session, &[FocusOpKind::Drop, FocusOpKind::Exit], FocusState::is_over).await
    }
}
