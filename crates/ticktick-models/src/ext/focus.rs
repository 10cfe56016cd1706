//! Methods of [`FocusRecord`] and [`FocusState`].

use jiff::SignedDuration;

use crate::{FocusPauseKind, FocusRecord, FocusState};

impl FocusRecord {
    /// Returns how long the user focused: from start to end, without pauses, with the time that was added or subtracted
    /// manually. Returns `None` if start or end is missing, or if they are in the wrong order.
    ///
    /// ```
    /// use jiff::SignedDuration;
    /// use ticktick_models::FocusRecord;
    ///
    /// let record: FocusRecord = serde_json::from_str(
    ///     r#"{"id":"a","startTime":"2026-03-01T09:00:00.000+0000","endTime":"2026-03-01T09:30:00.000+0000",
    ///         "pauseDuration":300,"adjustTime":60}"#,
    /// )?;
    /// assert_eq!(record.duration(), Some(SignedDuration::from_mins(26)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn duration(&self) -> Option<SignedDuration> {
        let (start, end) = (self.start_time.get()?.instant()?, self.end_time.get()?.instant()?);
        let seconds = |field: &crate::Field<i64>| SignedDuration::from_secs(field.get().copied().unwrap_or(0));
        let whole = end.duration_since(start);
        let focused = whole.checked_sub(seconds(&self.pause_duration))?.checked_add(seconds(&self.adjust_time))?;
        (!focused.is_negative() && !whole.is_negative()).then_some(focused)
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_without_a_valid_span_has_no_duration() {
        let record = |json: &str| serde_json::from_str::<FocusRecord>(json).unwrap().duration();
        let (nine, ten) = ("2026-03-01T09:00:00.000+0000", "2026-03-01T10:00:00.000+0000");
        assert_eq!(record(r#"{"id":"a"}"#), None);
        assert_eq!(record(&format!(r#"{{"id":"a","startTime":"{nine}","endTime":null}}"#)), None);
        assert_eq!(record(&format!(r#"{{"id":"a","startTime":"{ten}","endTime":"{nine}"}}"#)), None);
        let whole = format!(r#""id":"a","startTime":"{nine}","endTime":"{ten}""#);
        assert_eq!(record(&format!("{{{whole}}}")), Some(SignedDuration::from_hours(1)));
        assert_eq!(record(&format!(r#"{{{whole},"pauseDuration":3601}}"#)), None);
        assert_eq!(record(&format!(r#"{{{whole},"pauseDuration":{}}}"#, i64::MIN)), None);
    }
}
