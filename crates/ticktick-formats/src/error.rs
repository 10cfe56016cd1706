//! [`FormatError`]: why a file could not be read.

use std::fmt;

/// Why a file cannot be read at all. A bad row does not cause this error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatError {
    message: String,
    hint: Option<String>,
}

impl FormatError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Returns what failed, without the hint.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns what to do.
    #[must_use]
    pub fn remedy(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, "\nhint: {hint}"))
    }
}

impl std::error::Error for FormatError {}
