//! What can go wrong with a call.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::{ApiError, ErrorClass, ErrorCode};

/// Stands for the operation while a client is set up.
pub(crate) const SETUP: &str = "client";

/// What went wrong with a call.
///
/// Passwords, tokens, cookies and e-mail addresses appear in none of its texts.
///
/// # Examples
///
/// ```
/// use ticktick_raw::{Call, Error, ErrorClass, ErrorCode, Method, Operation};
/// # use ticktick_raw::{Pending, Request, Response, Transport};
/// # struct Busy;
/// # impl Transport for Busy {
/// #     fn send<'a>(&'a self, _: Request) -> Pending<'a, Result<Response, Error>> {
/// #         Box::pin(async { Ok(Response::new(500, r#"{"errorCode":"need_pro"}"#)) })
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// # let transport = Busy;
/// let call = Call::new(Operation::unlisted(Method::Get)).at("/api/v2/calendar/subscription");
/// let error = call.nothing(&transport).await.unwrap_err();
/// assert_eq!(error.code(), Some(&ErrorCode::NeedPro));
/// assert_eq!(error.class(), Some(ErrorClass::Premium));
/// assert!(error.is_premium() && error.is_forbidden() && !error.is_retryable());
/// println!("{error}");
/// # }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request could not be made; nothing was sent.
    #[non_exhaustive]
    Build {
        /// Id of the operation, or `client` while a client is set up.
        operation: &'static str,
        /// Why not.
        message: String,
    },
    /// No whole answer came.
    #[non_exhaustive]
    Send {
        /// Id of the operation.
        operation: &'static str,
        /// What happened.
        kind: SendKind,
        /// What the transport says.
        message: String,
    },
    /// The service refused.
    Api(Box<ApiError>),
    /// The answer is not what it should be.
    #[non_exhaustive]
    Decode {
        /// Id of the operation.
        operation: &'static str,
        /// Path of the JSON value that is wrong, such as `$[3].title`.
        path: String,
        /// What is wrong with it.
        message: String,
        /// The answer around it.
        excerpt: String,
    },
    /// A transport of one's own gave up for its own reason, such as a session that it could not
    /// renew.
    #[non_exhaustive]
    Custom {
        /// Id of the operation.
        operation: &'static str,
        /// The reason.
        source: Arc<dyn std::error::Error + Send + Sync>,
    },
}

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SendKind {
    /// It took too long; the call may have been carried out.
    Timeout,
    /// The connection was not made; the call was not carried out.
    Connect,
    /// The connection was lost; the call may have been carried out.
    Other,
}

impl Error {
    pub(crate) fn build(operation: &'static str, message: impl Into<String>) -> Self {
        Self::Build { operation, message: message.into() }
    }

    /// Describes a request that could not be made, for transports of one's own.
    #[must_use]
    pub fn not_built(operation: &crate::Operation, message: impl Into<String>) -> Self {
        Self::build(operation.id, message)
    }

    /// Describes a request that got no answer, for transports of one's own.
    ///
    /// ```
    /// use ticktick_raw::{Error, Method, Operation, SendKind};
    ///
    /// let error = Error::not_sent(Operation::unlisted(Method::Get), SendKind::Timeout, "30 s");
    /// assert!(error.is_timeout() && error.is_transient());
    /// ```
    #[must_use]
    pub fn not_sent(operation: &crate::Operation, kind: SendKind, message: impl Into<String>) -> Self {
        let message = crate::redact::text(&message.into());
        Self::Send { operation: operation.id, kind, message }
    }

    /// Describes why a transport of one's own gave up; [`Custom`](Self::Custom) keeps the reason whole.
    ///
    /// ```
    /// use ticktick_raw::{Error, Method, Operation};
    ///
    /// let error = Error::custom(Operation::unlisted(Method::Get), "no more calls today");
    /// assert!(error.to_string().ends_with("no more calls today"));
    /// ```
    #[must_use]
    pub fn custom(operation: &crate::Operation, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Custom { operation: operation.id, source: Arc::from(source.into()) }
    }

    /// Returns the id of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        match self {
            Self::Build { operation, .. }
            | Self::Send { operation, .. }
            | Self::Decode { operation, .. }
            | Self::Custom { operation, .. } => operation,
            Self::Api(error) => error.operation,
        }
    }

    /// Returns the refusal, if it is one.
    #[must_use]
    pub fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }

    /// Returns what a refusal means.
    #[must_use]
    pub fn class(&self) -> Option<ErrorClass> {
        self.as_api().map(ApiError::class)
    }

    /// Returns what the service calls a refusal.
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        self.as_api()?.code.as_ref()
    }

    /// Returns the HTTP status of a refusal.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.as_api().map(|error| error.status)
    }

    /// Returns how long the service wants a caller to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.as_api()?.retry_after
    }

    /// Tells whether it is about who is calling: credentials, session, lock-out, captcha or second
    /// factor.
    #[must_use]
    pub fn is_auth(&self) -> bool {
        self.class().is_some_and(ErrorClass::is_auth) || self.is_blocked()
    }

    /// Tells whether user name, password or code were not accepted.
    #[must_use]
    pub fn is_bad_credentials(&self) -> bool {
        self.is_class(ErrorClass::Auth)
    }

    /// Tells whether there is no session, or one that has ended.
    #[must_use]
    pub fn is_session_expired(&self) -> bool {
        self.is_class(ErrorClass::SessionExpired)
    }

    /// Tells whether signing in is closed after too many attempts.
    #[must_use]
    pub fn is_locked_out(&self) -> bool {
        self.is_class(ErrorClass::LockedOut)
    }

    /// Tells whether the service wants a captcha to be answered.
    #[must_use]
    pub fn is_captcha(&self) -> bool {
        self.is_class(ErrorClass::Captcha)
    }

    /// Tells whether a second factor is needed.
    #[must_use]
    pub fn is_mfa_required(&self) -> bool {
        self.is_class(ErrorClass::MfaRequired)
    }

    /// Tells whether the service turned the client away at sign-on, before it looked at the
    /// password.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.as_api().is_some_and(|error| error.blocked)
    }

    /// Tells whether the right to do this is missing, or the plan that it needs.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.is_class(ErrorClass::Forbidden) || self.is_premium()
    }

    /// Tells whether a paid plan is needed.
    #[must_use]
    pub fn is_premium(&self) -> bool {
        self.is_class(ErrorClass::Premium)
    }

    /// Tells whether there is no such object or operation.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_class(ErrorClass::NotFound)
    }

    /// Tells whether the service could not make sense of the request.
    #[must_use]
    pub fn is_validation(&self) -> bool {
        self.is_class(ErrorClass::Validation)
    }

    /// Tells whether there were too many requests.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.is_class(ErrorClass::RateLimited)
    }

    /// Tells whether a limit of the account's plan is reached.
    #[must_use]
    pub fn is_quota(&self) -> bool {
        self.is_class(ErrorClass::Quota)
    }

    /// Tells whether somebody else changed it first.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is_class(ErrorClass::Conflict)
    }

    /// Tells whether no answer came in time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Send { kind: SendKind::Timeout, .. })
    }

    /// Tells whether the network or the service has a bad moment.
    ///
    /// The call may have been carried out, see [`SendKind`].
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Send { .. }) || self.is_class(ErrorClass::Transient)
    }

    /// Tells whether the same call may work later without a change.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Send { .. } => true,
            Self::Api(error) => error.is_retryable(),
            Self::Build { .. } | Self::Decode { .. } | Self::Custom { .. } => false,
        }
    }

    fn is_class(&self, class: ErrorClass) -> bool {
        self.class() == Some(class)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Build { operation, message } => write!(f, "{operation} was not sent: {message}"),
            Self::Send { operation, kind, message } => {
                write!(f, "{operation} got no answer: {message}. {}", kind.remedy())
            }
            Self::Api(error) => error.fmt(f),
            Self::Decode { operation, path, message, excerpt } => write!(
                f,
                "{operation} answered something else than expected at {path}: {message}. \
                 Near: {excerpt}"
            ),
            Self::Custom { operation, source } => write!(f, "{operation} failed: {source}"),
        }
    }
}

impl SendKind {
    const fn remedy(self) -> &'static str {
        match self {
            Self::Timeout => "Look whether it was carried out before repeating it.",
            Self::Connect => "Check the network and the proxy, then try again.",
            Self::Other => "Look whether it was carried out before repeating it.",
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Custom { source, .. } => Some(&**source),
            _ => None,
        }
    }
}
