//! Methods of account settings.

use jiff::civil::Weekday;

use crate::WeekStart;

impl WeekStart {
    /// Returns the day of the week, or `None` if the setting is unknown.
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
