//! Methods of [`TagName`].

use crate::TagName;

impl TagName {
    /// Returns the name without the parent, which other SDKs write before a slash; stored names never
    /// contain a slash.
    ///
    /// ```
    /// use ticktick_models::TagName;
    ///
    /// assert_eq!(TagName::from("work/urgent").leaf(), "urgent");
    /// assert_eq!(TagName::from("work").leaf(), "work");
    /// ```
    #[must_use]
    pub fn leaf(&self) -> &str {
        self.as_str().rsplit_once('/').map_or(self.as_str(), |(_, leaf)| leaf)
    }
}
