//! [`Misfit`]: a report of a value that does not fit.

/// A value that does not fit its type: its path and kind, never the value itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Misfit {
    /// Its path, without indices and keys of maps, such as `$.syncTaskBean.update[*].assignee`.
    pub path: String,
    /// The expected kind, such as `integer`.
    pub expected: String,
    /// The JSON kind found, such as `string`.
    pub found: &'static str,
    /// Whether its meaning was clear, so that it was read nevertheless.
    pub understood: bool,
}

impl Misfit {
    /// Creates one for a value that fits its type but is not understood, such as the name of an unknown
    /// time zone.
    ///
    /// ```
    /// let misfit = ticktick_models::Misfit::new("$.timeZone", "known time zone", "string");
    /// assert!(!misfit.understood);
    /// ```
    #[must_use]
    pub fn new(path: impl Into<String>, expected: impl Into<String>, found: &'static str) -> Self {
        Self { path: path.into(), expected: expected.into(), found, understood: false }
    }
}
