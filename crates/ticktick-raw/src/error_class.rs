//! Classes of refusals, and when a retry may help.

/// What a refusal means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// The service rejected the user name, password or code.
    Auth,
    /// The client is not signed in, or the session has expired.
    SessionExpired,
    /// The account is locked for a while after too many failed sign-in attempts.
    LockedOut,
    /// The service requires a human to solve a captcha.
    Captcha,
    /// The service requires a second factor.
    MfaRequired,
    /// The account lacks permission.
    Forbidden,
    /// The call requires a paid plan.
    Premium,
    /// The object or the operation does not exist.
    NotFound,
    /// The service considers the request invalid.
    Validation,
    /// The client sent too many requests.
    RateLimited,
    /// The service failed temporarily.
    Transient,
    /// The account has reached a limit of its plan.
    Quota,
    /// The object was changed by someone else in the meantime.
    Conflict,
    /// None of these, or unknown.
    Other,
}

impl ErrorClass {
    /// Returns `true` if the error concerns authentication.
    ///
    /// ```
    /// assert!(ticktick_raw::ErrorClass::Captcha.is_auth());
    /// ```
    #[must_use]
    pub const fn is_auth(self) -> bool {
        matches!(self, Self::Auth | Self::SessionExpired | Self::LockedOut | Self::Captcha | Self::MfaRequired)
    }

    /// Returns the class for an HTTP status, used if the error code is unknown.
    pub(crate) const fn of_status(status: u16) -> Self {
        match status {
            401 => Self::SessionExpired,
            402 => Self::Premium,
            403 => Self::Forbidden,
            404 | 405 | 410 => Self::NotFound,
            400 | 411 | 413 | 414 | 415 | 422 => Self::Validation,
            408 | 502 | 503 | 504 => Self::Transient,
            409 | 412 => Self::Conflict,
            429 => Self::RateLimited,
            // Includes 500, because the service sends most of its refusals with it.
            _ => Self::Other,
        }
    }

    /// Returns a hint on what to do next, used if the error code is unknown.
    pub(crate) const fn remedy(self) -> &'static str {
        match self {
            Self::Auth => "check user name, password and code",
            Self::SessionExpired => "sign in again",
            Self::LockedOut => "wait half an hour before the next attempt",
            Self::Captcha => "sign in with a browser and use its session",
            Self::MfaRequired => "enter the code of the second factor",
            Self::Forbidden => "check the permissions of this account",
            Self::Premium => "this needs a paid plan",
            Self::NotFound => "check the id and the path",
            Self::Validation => "check the request",
            Self::RateLimited => "wait, and send fewer requests",
            Self::Transient => "try again later",
            Self::Quota => "delete something, or use a plan with a higher limit",
            Self::Conflict => "read it again and repeat the change",
            Self::Other => "if this persists, report it with the error id",
        }
    }
}

/// When a retry may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryAdvice {
    /// Never, unless the request changes.
    Never,
    /// After some time.
    Later,
    /// After signing in again.
    AfterLogin,
}
