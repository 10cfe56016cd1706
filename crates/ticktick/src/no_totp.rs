//! Replaces the codes of authenticator apps if the feature `totp` is disabled.

use jiff::Timestamp;
use ticktick_models::Secret;

use crate::Error;

/// Cannot be made.
pub(crate) enum Totp {}

impl Totp {
    /// Refuses every secret.
    pub(crate) fn read(_: &Secret) -> Result<Self, Error> {
        Err(Error::invalid_input(
            "the credentials hold the secret of an authenticator app; enable the feature `totp` of the crate",
        ))
    }

    pub(crate) fn code(&self, _: Timestamp) -> String {
        match *self {}
    }
}
