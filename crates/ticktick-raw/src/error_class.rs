//! What a refusal means for a caller, and when a repetition may help.

/// What a refusal means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// User name, password or code were not accepted.
    Auth,
    /// There is no session, or it has ended.
    SessionExpired,
    /// Too many failed attempts: signing in is closed for a while.
    LockedOut,
    /// The service wants a human to answer a captcha.
    Captcha,
    /// A second factor is needed.
    MfaRequired,
    /// No right to do this.
    Forbidden,
    /// A paid feature.
    Premium,
    /// No such object, or no such operation.
    NotFound,
    /// The request does not make sense to the service.
    Validation,
    /// Too many requests.
    RateLimited,
    /// The service has a bad moment.
    Transient,
    /// A limit of the account's plan.
    Quota,
    /// Somebody else changed it first.
    Conflict,
    /// None of these, or not known.
    Other,
}

impl ErrorClass {
    /// Tells whether it is about who is calling.
    ///
    /// ```
    /// assert!(ticktick_raw::ErrorClass::Captcha.is_auth());
    /// ```
    #[must_use]
    pub const fn is_auth(self) -> bool {
        matches!(self, Self::Auth | Self::SessionExpired | Self::LockedOut | Self::Captcha | Self::MfaRequired)
    }

    /// Classifies by HTTP status, for want of a known code.
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
            // 500 included: most refusals of the application come with it.
            _ => Self::Other,
        }
    }

    /// Says what to do next, for want of a known code.
    pub(crate) const fn remedy(self) -> &'static str {
        match self {
            Self::Auth => "Check user name, password and code.",
            Self::SessionExpired => "Sign in again.",
            Self::LockedOut => "Wait half an hour before the next attempt.",
            Self::Captcha => "Sign in with a browser and hand over its session.",
            Self::MfaRequired => "Give the code of the second factor.",
            Self::Forbidden => "Check that this account may do this.",
            Self::Premium => "This needs a paid plan.",
            Self::NotFound => "Check the id and the path.",
            Self::Validation => "Check what is sent.",
            Self::RateLimited => "Wait, and send fewer requests.",
            Self::Transient => "Try again later.",
            Self::Quota => "Make room, or use a plan with a higher limit.",
            Self::Conflict => "Read it again and repeat the change.",
            Self::Other => "If it stays, report it together with the error id.",
        }
    }
}

/// When a repetition may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryAdvice {
    /// Not without a change.
    Never,
    /// After some time.
    Later,
    /// After signing in again.
    AfterLogin,
}
