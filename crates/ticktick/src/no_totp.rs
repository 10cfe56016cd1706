//! Replaces the codes of authenticator apps if the feature `totp` is disabled.

use jiff::Timestamp;
use ticktick_models::Secret;

use crate::Error;

/// A type without values.
pub(crate) enum Totp {}

impl Totp {
    /// Rejects every secret.
    pub(crate) fn read(_: &Secret) -> Result<Self, Error> {
        Err(Error::invalid_input("the credentials contain a TOTP secret\nhint: enable the crate's `totp` feature"))
    }

    pub(crate) fn code(&self, _: Timestamp) -> String {
        match *self {}
    }
}
