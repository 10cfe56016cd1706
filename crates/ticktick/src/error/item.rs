//! [`ItemFailure`]: one refused item of a batch.

use std::fmt;

use ticktick_models::ItemError;
use ticktick_raw::{ErrorClass, ErrorCode};

/// An item of a batch that the service refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ItemFailure {
    /// Id of the item; for a tag, its name.
    pub id: String,
    /// The service's error code, if it sent one.
    pub code: Option<ErrorCode>,
}

impl ItemFailure {
    pub(crate) fn new(id: &str, error: &ItemError) -> Self {
        let code = match error {
            ItemError::Code(code) => Some(code),
            // The service's text is left out, because it may repeat the user's data.
            ItemError::Detail(detail) => detail.code.get(),
            _ => None,
        };
        Self { id: id.to_owned(), code: code.map(|code| ErrorCode::from(code.as_str())) }
    }

    /// Returns what kind of refusal it is.
    ///
    /// ```
    /// # fn example(failure: &ticktick::error::ItemFailure) {
    /// if failure.class() == ticktick::error::ErrorClass::Quota {
    ///     println!("{} is one too many", failure.id);
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn class(&self) -> ErrorClass {
        self.code.as_ref().map_or(ErrorClass::Other, ErrorCode::class)
    }

    /// Returns the id and the error code.
    pub(super) fn name(&self) -> String {
        self.code.as_ref().map_or_else(|| self.id.clone(), |code| format!("{} ({code})", self.id))
    }

    /// Returns a hint: what to do next.
    ///
    /// ```
    /// # fn example(failure: &ticktick::error::ItemFailure) {
    /// println!("{}: {}", failure.id, failure.remedy());
    /// # }
    /// ```
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match &self.code {
            Some(code) if !matches!(code, ErrorCode::Unknown(_)) => code.remedy(),
            _ => "sync to read the current state, then try again",
        }
    }
}

impl fmt::Display for ItemFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\nhint: {}", self.name(), self.remedy())
    }
}
