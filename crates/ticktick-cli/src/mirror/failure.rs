//! [`Failure`]: an error of a mirror that the command does not require.

use ticktick::mirror::MirrorError;

use crate::error::Error;
use crate::output::Output;

/// Why a mirror was not refreshed or read.
pub(crate) enum Failure {
    /// The file cannot be written.
    Place(MirrorError),
    Other(Error),
}

impl From<ticktick::Error> for Failure {
    fn from(error: ticktick::Error) -> Self {
        match error {
            ticktick::Error::Mirror(error) if error.is_about_the_place() => Self::Place(error),
            error => Self::Other(error.into()),
        }
    }
}

impl From<MirrorError> for Failure {
    fn from(error: MirrorError) -> Self {
        ticktick::Error::Mirror(error).into()
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

impl From<Failure> for Error {
    fn from(error: Failure) -> Self {
        match error {
            Failure::Place(error) => error.into(),
            Failure::Other(error) => error,
        }
    }
}

/// Warns that a mirror cannot be written.
pub(super) fn warn_of_place(error: MirrorError, output: Output) {
    output.note("warning", &format!("{}; continuing without it", Error::from(error).message));
}
