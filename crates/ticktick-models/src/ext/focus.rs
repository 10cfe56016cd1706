//! What a [`FocusState`] says about itself.

use crate::{FocusPauseKind, FocusState};

impl FocusState {
    /// Whether the session is halted: the last entry of `pauseLogs` says so, for the numbers of `status` are disputed.
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

    /// Whether the session was left: `exited` says so, for the numbers of `status` are disputed.
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
