//! What the settings of an account say.

use jiff::civil::Weekday;

use crate::WeekStart;

impl WeekStart {
    /// Returns the day of the week; `None` where the setting is not known here.
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::civil::Weekday;
    /// use ticktick_models::WeekStart;
    ///
    /// assert_eq!(WeekStart::Sunday.weekday(), Some(Weekday::Sunday));
    /// assert_eq!(WeekStart::from("?").weekday(), None);
    /// ```
    #[must_use]
    pub const fn weekday(&self) -> Option<Weekday> {
        match self {
            Self::Monday => Some(Weekday::Monday),
            Self::Saturday => Some(Weekday::Saturday),
            Self::Sunday => Some(Weekday::Sunday),
            Self::Unknown(_) => None,
        }
    }
}
