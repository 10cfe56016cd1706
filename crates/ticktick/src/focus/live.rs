//! The live timer, which all devices share.

use ticktick_models::{
    EpochMillis, Field, FocusId, FocusKind, FocusOp, FocusOpAnswer, FocusOpKind, FocusState, Habit, Task, Timer,
    Timestamp,
};
use ticktick_raw::{self as raw, op};

use super::FocusManager;
use crate::workaround::{focus_last_point, focus_too_busy};
use crate::{Client, Error, write};

/// What is to run on the live timer.
///
/// # Examples
///
/// ```
/// # fn example(task: &ticktick::Task) {
/// use ticktick::focus::FocusStart;
///
/// let on_task = FocusStart::pomodoro(25).on_task(task);
/// let on_nothing = FocusStart::stopwatch();
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "nothing runs until it is started"]
pub struct FocusStart {
    kind: FocusKind,
    minutes: u32,
    subject: String,
    title: Option<String>,
    note: Option<String>,
}

impl FocusStart {
    /// Counts down from so many minutes.
    ///
    /// ```
    /// let start = ticktick::focus::FocusStart::pomodoro(25);
    /// ```
    pub const fn pomodoro(minutes: u32) -> Self {
        Self { kind: FocusKind::Pomodoro, minutes, subject: String::new(), title: None, note: None }
    }

    /// Counts up.
    ///
    /// ```
    /// let start = ticktick::focus::FocusStart::stopwatch();
    /// ```
    pub const fn stopwatch() -> Self {
        Self { kind: FocusKind::Stopwatch, minutes: 0, subject: String::new(), title: None, note: None }
    }

    /// Says that it is about a task.
    ///
    /// ```
    /// # fn example(task: &ticktick::Task) {
    /// let start = ticktick::focus::FocusStart::pomodoro(25).on_task(task);
    /// # }
    /// ```
    pub fn on_task(self, task: &Task) -> Self {
        self.on(task.id.as_str(), task.title.as_deref())
    }

    /// Says that it is about a habit.
    ///
    /// ```
    /// # fn example(habit: &ticktick::Habit) {
    /// let start = ticktick::focus::FocusStart::pomodoro(25).on_habit(habit);
    /// # }
    /// ```
    pub fn on_habit(self, habit: &Habit) -> Self {
        self.on(habit.id.as_str(), habit.name.as_deref())
    }

    /// Says that it runs by a saved timer.
    ///
    /// ```
    /// # fn example(timer: &ticktick::focus::Timer) {
    /// let start = ticktick::focus::FocusStart::pomodoro(25).on_timer(timer);
    /// # }
    /// ```
    pub fn on_timer(self, timer: &Timer) -> Self {
        self.on(timer.id.as_str(), timer.name.as_deref())
    }

    /// Sets a note on it.
    ///
    /// ```
    /// let start = ticktick::focus::FocusStart::pomodoro(25).note("first draft");
    /// ```
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
    /// Returns the session on the live timer, or the last one; nothing if there never was one.
    ///
    /// [`FocusState::is_paused`] and [`FocusState::is_over`] say how it stands. It is asked again after a pause where the
    /// host is busy.
    ///
    /// `POST /focus/batch/focusOp`, at the focus host
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// match client.focus().state().await? {
    ///     Some(session) if !session.is_over() => println!("since {}", session.start_time),
    ///     _ => println!("nothing runs"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn state(self) -> Result<Option<FocusState>, Error> {
        Ok(read(self.client).await?.current.into_option())
    }

    /// Starts a session on the live timer, in place of what runs there, and returns it.
    ///
    /// `POST /focus/batch/focusOp`, at the focus host
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if a pomodoro has no minutes; [`Error::NotApplied`] if another session is on the timer
    /// afterwards. Where the answer was lost, the timer is read, and the operation is not repeated.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// use ticktick::focus::FocusStart;
    ///
    /// let session = client.focus().start(FocusStart::pomodoro(25).on_task(&task)).await?;
    /// let session = client.focus().pause(&session).await?;
    /// let session = client.focus().resume(&session).await?;
    /// client.focus().finish(&session).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn start(self, what: FocusStart) -> Result<FocusState, Error> {
        if what.kind == FocusKind::Pomodoro && what.minutes == 0 {
            return Err(Error::invalid_input(
                "a pomodoro takes a minute or more; give its length, or start a stopwatch.",
            ));
        }
        let session = FocusId::new_with(&mut self.client.ids());
        let mut start = operation(self.client, &session, what.kind, FocusOpKind::Start);
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
        operate(self.client, &session, &[start], |state| !state.is_over()).await
    }

    /// Halts a session, and returns it as it is now.
    ///
    /// `POST /focus/batch/focusOp`, at the focus host
    ///
    /// # Errors
    ///
    /// [`Error::NotApplied`] if it does not run on the timer any more.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// if let Some(session) = client.focus().state().await? {
    ///     client.focus().pause(&session).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn pause(self, session: &FocusState) -> Result<FocusState, Error> {
        self.go(session, &[FocusOpKind::Pause], |state| state.is_paused() && !state.is_over()).await
    }

    /// Goes on with a session that was halted, and returns it as it is now.
    ///
    /// `POST /focus/batch/focusOp`, at the focus host
    ///
    /// # Errors
    ///
    /// [`Error::NotApplied`] if it is not on the timer any more.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, session: ticktick::focus::FocusState) -> Result<(), ticktick::Error> {
    /// client.focus().resume(&session).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn resume(self, session: &FocusState) -> Result<FocusState, Error> {
        // Recorded traffic has `continue`; nobody saw `resume`.
        self.go(session, &[FocusOpKind::Continue], |state| !state.is_paused() && !state.is_over()).await
    }

    /// Ends a session as completed, leaves the timer, and returns the session as it is now.
    ///
    /// One of less than five minutes leaves no record.
    ///
    /// `POST /focus/batch/focusOp`, at the focus host
    ///
    /// # Errors
    ///
    /// [`Error::NotApplied`] if it is not on the timer any more.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, session: ticktick::focus::FocusState) -> Result<(), ticktick::Error> {
    /// client.focus().finish(&session).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn finish(self, session: &FocusState) -> Result<FocusState, Error> {
        self.go(session, &[FocusOpKind::Finish, FocusOpKind::Exit], FocusState::is_over).await
    }

    /// Gives a session up, leaves the timer, and returns the session as it is now.
    ///
    /// `POST /focus/batch/focusOp`, at the focus host
    ///
    /// # Errors
    ///
    /// [`Error::NotApplied`] if it is not on the timer any more.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, session: ticktick::focus::FocusState) -> Result<(), ticktick::Error> {
    /// client.focus().drop(&session).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn drop(self, session: &FocusState) -> Result<FocusState, Error> {
        self.go(session, &[FocusOpKind::Drop, FocusOpKind::Exit], FocusState::is_over).await
    }

    async fn go(
        self,
        session: &FocusState,
        kinds: &[FocusOpKind],
        is_so: impl Fn(&FocusState) -> bool,
    ) -> Result<FocusState, Error> {
        let Some(id) = session.id.get() else {
            return Err(Error::invalid_input("this session has no id; read the state of the timer first."));
        };
        let kind = session.r#type.copied().unwrap_or(FocusKind::Pomodoro);
        let made = kinds.iter().map(|of| {
            let mut made = operation(self.client, id, kind, of.clone());
            made.duration = match of {
                FocusOpKind::Drop | FocusOpKind::Exit => 0.into(),
                _ => session.duration,
            };
            made.first_focus_id = session.first_id.clone();
            made
        });
        operate(self.client, id, &made.collect::<Vec<_>>(), is_so).await
    }
}

/// Makes an operation: `oId` is the session, and `id` is its own.
fn operation(client: &Client, session: &FocusId, kind: FocusKind, of: FocusOpKind) -> FocusOp {
    let now = client.now();
    let mut made = FocusOp::new(FocusId::new_with(&mut client.ids()), session.clone(), of);
    made.o_type = kind.into();
    made.manual = true.into();
    made.time = Timestamp::from(now).into();
    made.created_time = EpochMillis::from(now).into();
    made
}

async fn read(client: &Client) -> Result<FocusOpAnswer, Error> {
    let answer = focus_too_busy::read(client, &focus_last_point::body(client, &[])).await?;
    focus_last_point::keep(client, &answer);
    Ok(answer)
}

/// Sends operations and returns the session, if it is on the timer and as it should be.
async fn operate(
    client: &Client,
    session: &FocusId,
    operations: &[FocusOp],
    is_so: impl Fn(&FocusState) -> bool,
) -> Result<FocusState, Error> {
    let body = focus_last_point::body(client, operations);
    let found =
        |answer: FocusOpAnswer| answer.current.into_option().filter(|state| state.id == *session && is_so(state));
    let answer = match raw::focus::operate(client.wire(), &body).await {
        // An operation is not repeated, so what can be done is to look.
        Err(error) if write::is_outcome_unknown(&error) => match read(client).await.ok().and_then(found) {
            Some(state) => return Ok(state),
            None => return Err(error.into()),
        },
        answer => answer?,
    };
    focus_last_point::keep(client, &answer);
    found(answer).ok_or_else(|| Error::NotApplied { operation: op::FOCUS_OPERATE.id, id: session.to_string() })
}
