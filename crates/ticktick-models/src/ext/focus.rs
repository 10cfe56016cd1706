//! Methods of [`FocusState`].

use crate::{FocusPauseKind, FocusState};

impl FocusState {
    /// Returns whether the session is paused, by the last entry of `pauseLogs`, because sources disagree on
    /// the numbers of `status`.
    ///
    /// ```
    /// use ticktick_models::FocusState;
    ///
    /// let paused: FocusState = serde_json::from_str(r#"{"status":1,"pauseLogs":[{"type":0}]}"#)?;
    /// assert!(paused.is_paused() && !paused.is_over());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.pause_logs.last().is_some_and(|last| last.r#type == FocusPauseKind::Pause)
    }

    /// Returns whether the session was left, by `exited`, because sources disagree on the numbers of
    /// `status`.
    ///
    /// ```
    /// use ticktick_models::FocusState;
    ///
    /// let left: FocusState = serde_json::from_str(r#"{"status":2,"exited":true}"#)?;
    /// assert!(left.is_over() && !left.is_paused());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.exited == true
    }
}
