//! Converts errors of the sign-in.

use ticktick_raw::{self as raw, ErrorClass};

use crate::Error;
use crate::sign_on::locked_until;

impl Error {
    /// Converts an error in a setting, which belongs to no operation.
    pub(crate) fn setting_up(error: raw::Error) -> Self {
        match error {
            raw::Error::InvalidInput { message, .. } => Self::invalid_input(message),
            other => other.into(),
        }
    }

    /// Converts the error of a sign-in.
    pub(crate) fn signing_in(error: raw::Error, now: jiff::Timestamp) -> Self {
        if error.is_blocked() {
            return Self::ClientRefused(error);
        }
        match error.class() {
            Some(ErrorClass::Auth | ErrorClass::SessionExpired) => {
                Self::WrongPassword { tries_left: error.as_api().and_then(|api| api.remaining_attempts), source: error }
            }
            Some(ErrorClass::LockedOut) => {
                Self::LockedOut { until: Some(locked_until(now, error.retry_after())), source: error }
            }
            Some(ErrorClass::Captcha) => Self::Captcha(error),
            Some(ErrorClass::MfaRequired) => Self::MfaRequired(error),
            _ => Self::Raw(error),
        }
    }

    /// Converts the error of a second factor. Every refusal is treated as a wrong code, because the service's response
    /// to a wrong code is undocumented.
    pub(crate) fn verifying(error: raw::Error, now: jiff::Timestamp) -> Self {
        match Self::signing_in(error, now) {
            Self::WrongPassword { source, .. } | Self::MfaRequired(source) => Self::MfaFailed(source),
            Self::Raw(source) if source.as_api().is_some() && !source.is_retryable() => Self::MfaFailed(source),
            other => other,
        }
    }

    /// Adds the operation for which the client tried to sign in.
    pub(crate) fn during(mut self, operation: &'static str) -> Self {
        match &mut self {
            Self::Raw(error)
            | Self::WrongPassword { source: error, .. }
            | Self::LockedOut { source: error, .. }
            | Self::Captcha(error)
            | Self::ClientRefused(error)
            | Self::MfaRequired(error)
            | Self::MfaFailed(error) => match error {
                raw::Error::Api(refusal) => refusal.during = Some(operation),
                raw::Error::Custom { operation: sign_on, .. } => *sign_on = operation,
                _ => {}
            },
            Self::InvalidInput { message } => *message = format!("cannot sign in again for {operation}: {message}"),
            _ => {}
        }
        self
    }

    pub(crate) fn tries_left(&self) -> Option<i64> {
        self.as_raw()?.as_api()?.remaining_attempts
    }
}
