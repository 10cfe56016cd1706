//! Errors.

use std::fmt;
use std::io;
use std::path::Path;

/// The error type of this crate.
///
/// `Display` prints what failed. If there is a hint, a second line that starts with `hint: ` contains it.
/// Neither `Display` nor `Debug` contains values of files or variables, because they may be secrets.
///
/// ```
/// use ticktick_profile::{ErrorKind, ProfileName};
///
/// let error = "no spaces please".parse::<ProfileName>().unwrap_err();
/// assert_eq!(error.kind, ErrorKind::Usage);
/// assert!(error.to_string().contains("\nhint: "));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Error {
    /// The kind of error.
    pub kind: ErrorKind,
    /// What failed, without a full stop.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    /// Names that may have been meant.
    pub candidates: Vec<String>,
}

/// The kinds of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file or the keyring cannot be used.
    Failed,
    /// A setting, an argument or an environment variable is invalid.
    Usage,
    /// No profile or setting has this name.
    NotFound,
    /// The profile has no session of the kind that is needed.
    NotSignedIn,
    /// The service refused the sign-in of an OAuth client.
    Refused,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: None, candidates: Vec::new() }
    }

    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Failed, message)
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, message)
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn candidates(mut self, candidates: Vec<String>) -> Self {
        self.candidates = candidates;
        self
    }

    /// Creates the error for a file that cannot be written.
    pub(crate) fn cannot_write(path: &Path, error: &io::Error) -> Self {
        Self::failed(format!("cannot write {}: {error}", path.display()))
            .hint("set TICKTICK_CONFIG_DIR to a folder that you can write to")
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, "\nhint: {hint}"))
    }
}

impl std::error::Error for Error {}
