//! Methods that classify an error.

use std::time::Duration;

use super::{Error, SendKind};
use crate::{ApiError, ErrorClass, ErrorCode};

impl Error {
    /// Returns the id of the operation.
    ///
    /// ```
    /// use ticktick_raw::{Error, op};
    ///
    /// let error = Error::timed_out(&op::TASK_BATCH, "30 s");
    /// assert_eq!(error.operation(), "task.batch");
    /// ```
    #[must_use]
    pub fn operation(&self) -> &'static str {
        match self {
            Self::InvalidInput { operation, .. }
            | Self::Send { operation, .. }
            | Self::Decode { operation, .. }
            | Self::TooLarge { operation, .. }
            | Self::Custom { operation, .. } => operation,
            Self::Api(error) => error.operation,
        }
    }

    /// Returns the refusal, if it is one.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(500, r#"{"errorCode":"exceed_quota"}"#);
    /// let error = Error::Api(ApiError::of(&op::TASK_BATCH, &response).unwrap().into());
    /// assert!(error.as_api().is_some_and(|refusal| refusal.status == 500));
    /// ```
    #[must_use]
    pub fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }

    /// Returns what a refusal means.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(404, "");
    /// let error = Error::Api(ApiError::of(&op::TASK_GET, &response).unwrap().into());
    /// assert!(error.class() == Some(ticktick_raw::ErrorClass::NotFound));
    /// ```
    #[must_use]
    pub fn class(&self) -> Option<ErrorClass> {
        self.as_api().map(ApiError::class)
    }

    /// Returns the error code that the service sent with a refusal.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(500, r#"{"errorCode":"need_captcha"}"#);
    /// let error = Error::Api(ApiError::of(&op::AUTH_SIGN_ON, &response).unwrap().into());
    /// assert!(error.code() == Some(&ticktick_raw::ErrorCode::NeedCaptcha));
    /// ```
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        self.as_api()?.code.as_ref()
    }

    /// Returns the HTTP status of a refusal.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(503, "");
    /// let error = Error::Api(ApiError::of(&op::TASK_BATCH, &response).unwrap().into());
    /// assert!(error.status() == Some(503));
    /// ```
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.as_api().map(|error| error.status)
    }

    /// Returns how long the service asks the client to wait.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(429, "").with_header("Retry-After", "30");
    /// let error = Error::Api(ApiError::of(&op::TASK_BATCH, &response).unwrap().into());
    /// assert!(error.retry_after() == Some(std::time::Duration::from_secs(30)));
    /// ```
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.as_api()?.retry_after
    }

    /// Returns `true` if the error concerns authentication: credentials, session, lock-out, captcha or
    /// second factor.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(401, r#"{"errorCode":"user_not_sign_on"}"#);
    /// let error = Error::Api(ApiError::of(&op::TASK_BATCH, &response).unwrap().into());
    /// assert!(error.is_auth());
    /// ```
    #[must_use]
    pub fn is_auth(&self) -> bool {
        self.class().is_some_and(ErrorClass::is_auth) || self.is_blocked()
    }

    /// Returns `true` if the service rejected the user name, password or code.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(500, r#"{"errorCode":"username_password_not_match"}"#);
    /// let error = Error::Api(ApiError::of(&op::AUTH_SIGN_ON, &response).unwrap().into());
    /// assert!(error.is_bad_credentials());
    /// ```
    #[must_use]
    pub fn is_bad_credentials(&self) -> bool {
        self.is_class(ErrorClass::Auth)
    }

    /// Returns `true` if the client is not signed in or the session has expired.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(401, r#"{"errorCode":"user_not_sign_on"}"#);
    /// let error = Error::Api(ApiError::of(&op::TASK_BATCH, &response).unwrap().into());
    /// assert!(error.is_session_expired());
    /// ```
    #[must_use]
    pub fn is_session_expired(&self) -> bool {
        self.is_class(ErrorClass::SessionExpired)
    }

    /// Returns `true` if the account is locked after too many failed sign-in attempts.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(500, r#"{"errorCode":"incorrect_password_too_many_times"}"#);
    /// let error = Error::Api(ApiError::of(&op::AUTH_SIGN_ON, &response).unwrap().into());
    /// assert!(error.is_locked_out());
    /// ```
    #[must_use]
    pub fn is_locked_out(&self) -> bool {
        self.is_class(ErrorClass::LockedOut)
    }

    /// Returns `true` if the service requires a captcha.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(500, r#"{"errorCode":"need_captcha"}"#);
    /// let error = Error::Api(ApiError::of(&op::AUTH_SIGN_ON, &response).unwrap().into());
    /// assert!(error.is_captcha());
    /// ```
    #[must_use]
    pub fn is_captcha(&self) -> bool {
        self.is_class(ErrorClass::Captcha)
    }

    /// Returns `true` if the service requires a second factor.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(500, r#"{"errorCode":"need_2fa"}"#);
    /// let error = Error::Api(ApiError::of(&op::AUTH_SIGN_ON, &response).unwrap().into());
    /// assert!(error.is_mfa_required());
    /// ```
    #[must_use]
    pub fn is_mfa_required(&self) -> bool {
        self.is_class(ErrorClass::MfaRequired)
    }

    /// Returns `true` if the service rejected the sign-in before it checked the password.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(429, "");
    /// let error = Error::Api(ApiError::of(&op::AUTH_SIGN_ON, &response).unwrap().into());
    /// assert!(error.is_blocked());
    /// ```
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.as_api().is_some_and(|error| error.blocked)
    }

    /// Returns `true` if the account lacks permission, or the plan that the call requires.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(403, r#"{"errorCode":"access_forbidden"}"#);
    /// let error = Error::Api(ApiError::of(&op::TASK_BATCH, &response).unwrap().into());
    /// assert!(error.is_forbidden());
    /// ```
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.is_class(ErrorClass::Forbidden) || self.is_premium()
    }

    /// Returns `true` if the call requires a paid plan.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(403, r#"{"errorCode":"need_pro"}"#);
    /// let error = Error::Api(ApiError::of(&op::TASK_BATCH, &response).unwrap().into());
    /// assert!(error.is_premium());
    /// ```
    #[must_use]
    pub fn is_premium(&self) -> bool {
        self.is_class(ErrorClass::Premium)
    }

    /// Returns `true` if the object or operation does not exist.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(404, "");
    /// let error = Error::Api(ApiError::of(&op::TASK_GET, &response).unwrap().into());
    /// assert!(error.is_not_found());
    /// ```
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_class(ErrorClass::NotFound)
    }

    /// Returns `true` if the service considers the request invalid.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(400, "");
    /// let error = Error::Api(ApiError::of(&op::TASK_BATCH, &response).unwrap().into());
    /// assert!(error.is_validation());
    /// ```
    #[must_use]
    pub fn is_validation(&self) -> bool {
        self.is_class(ErrorClass::Validation)
    }

    /// Returns `true` if the client sent too many requests.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(429, "");
    /// let error = Error::Api(ApiError::of(&op::TASK_BATCH, &response).unwrap().into());
    /// assert!(error.is_rate_limited());
    /// ```
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.is_class(ErrorClass::RateLimited)
    }

    /// Returns `true` if the account has reached a limit of its plan.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(500, r#"{"errorCode":"exceed_quota"}"#);
    /// let error = Error::Api(ApiError::of(&op::TASK_BATCH, &response).unwrap().into());
    /// assert!(error.is_quota());
    /// ```
    #[must_use]
    pub fn is_quota(&self) -> bool {
        self.is_class(ErrorClass::Quota)
    }

    /// Returns `true` if the object was changed by someone else in the meantime.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(409, "");
    /// let error = Error::Api(ApiError::of(&op::TASK_BATCH, &response).unwrap().into());
    /// assert!(error.is_conflict());
    /// ```
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is_class(ErrorClass::Conflict)
    }

    /// Returns `true` if the call timed out.
    ///
    /// ```
    /// use ticktick_raw::{Error, op};
    ///
    /// let error = Error::timed_out(&op::TASK_BATCH, "30 s");
    /// assert!(error.is_timeout());
    /// ```
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Send { kind: SendKind::Timeout, .. })
    }

    /// Returns `true` if the failure is temporary, in the network or the service.
    ///
    /// The service may still have carried out the call, see [`SendKind`].
    ///
    /// ```
    /// use ticktick_raw::{Error, op};
    ///
    /// let error = Error::never_sent(&op::TASK_BATCH, "no route to the host");
    /// assert!(error.is_transient());
    /// ```
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Send { .. }) || self.is_class(ErrorClass::Transient)
    }

    /// Returns `true` if the same call may succeed later without a change.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Error, Response, op};
    ///
    /// let response = Response::new(503, "");
    /// let error = Error::Api(ApiError::of(&op::TASK_BATCH, &response).unwrap().into());
    /// assert!(error.is_retryable());
    /// ```
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Send { .. } => true,
            Self::Api(error) => error.is_retryable(),
            Self::InvalidInput { .. } | Self::Decode { .. } | Self::TooLarge { .. } | Self::Custom { .. } => false,
        }
    }

    fn is_class(&self, class: ErrorClass) -> bool {
        self.class() == Some(class)
    }
}
