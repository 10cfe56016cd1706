//! The live timer, which all devices share.

use ticktick_models::{FocusKind, FocusOpKind, FocusState};

use super::start::FocusStart;
use super::{FocusManager, operate};
use crate::Error;

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
    /// the timer afterwards. If the response is lost, the client reads the timer and does not retry the operation.
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
        operate::start(self.client, what).await
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
