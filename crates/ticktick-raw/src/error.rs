//! Errors of a call.

mod questions;

use std::fmt;
use std::sync::Arc;

use crate::{ApiError, Method, OPERATIONS, Operation};

/// Used in place of an operation id while a client is being set up.
pub(crate) const SETUP: &str = "client";

/// An error from calling the service or setting up a client.
///
/// `Display` prints what failed and, where possible, a second line that starts with `hint: ` and says what to do next.
/// Error texts never contain passwords, tokens, cookies or e-mail addresses.
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
    /// The request could not be built; nothing was sent.
    #[non_exhaustive]
    InvalidInput {
        /// Id of the operation, or `client` while a client is being set up.
        operation: &'static str,
        /// Why the request could not be built.
        message: String,
    },
    /// No complete response arrived.
    #[non_exhaustive]
    Send {
        /// Id of the operation.
        operation: &'static str,
        /// What happened.
        kind: SendKind,
        /// Message of the transport.
        message: String,
    },
    /// The service refused the call.
    Api(Box<ApiError>),
    /// The response could not be decoded.
    #[non_exhaustive]
    Decode {
        /// Id of the operation.
        operation: &'static str,
        /// Path of the JSON value that could not be decoded, such as `$[3].title`.
        path: String,
        /// What is wrong with the value, without any content of the response.
        message: String,
    },
    /// The response is longer than the limit of the caller.
    #[non_exhaustive]
    TooLarge {
        /// Id of the operation.
        operation: &'static str,
        /// Largest accepted size in bytes, after decompression.
        limit: u64,
    },
    /// A custom transport failed for a reason of its own, such as a session that it could not renew.
    #[non_exhaustive]
    Custom {
        /// Id of the operation.
        operation: &'static str,
        /// The reason.
        source: Arc<dyn std::error::Error + Send + Sync>,
    },
}

/// Why no complete response arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SendKind {
    /// The call timed out; the service may have carried it out.
    Timeout,
    /// No connection was made; the call was not carried out.
    Connect,
    /// The connection was lost or the response is incomplete; the service may have carried out the call.
    Other,
}

impl Error {
    pub(crate) fn invalid_input(operation: &'static str, message: impl Into<String>) -> Self {
        Self::InvalidInput { operation, message: message.into() }
    }

    /// Creates an error for a request that could not be built. Intended for custom transports.
    ///
    /// ```
    /// use ticktick_raw::{Error, Method, Operation};
    ///
    /// let error = Error::invalid(Operation::unlisted(Method::Get), "the proxy has no address");
    /// assert!(!error.is_retryable());
    /// ```
    #[must_use]
    pub fn invalid(operation: &Operation, message: impl Into<String>) -> Self {
        Self::invalid_input(operation.id, message)
    }

    /// Creates an error for a request that never reached the service, so that it was not carried out. Intended for custom
    /// transports.
    ///
    /// Retries and the client rely on this: a write that was never sent is sent again without any check.
    ///
    /// ```
    /// use ticktick_raw::{Error, Method, Operation, SendKind};
    ///
    /// let error = Error::never_sent(Operation::unlisted(Method::Get), "connection refused");
    /// assert!(matches!(error, Error::Send { kind: SendKind::Connect, .. }));
    /// ```
    #[must_use]
    pub fn never_sent(operation: &Operation, message: impl Into<String>) -> Self {
        Self::unanswered(operation, SendKind::Connect, message)
    }

    /// Creates an error for a request that was sent, or may have been, and received no complete response, so that the
    /// service may have carried it out. Intended for custom transports.
    ///
    /// If in doubt, use this one: the client then reads what is stored before it sends a write again.
    ///
    /// ```
    /// use ticktick_raw::{Error, Method, Operation, SendKind};
    ///
    /// let error = Error::answer_lost(Operation::unlisted(Method::Get), "connection reset");
    /// assert!(matches!(error, Error::Send { kind: SendKind::Other, .. }));
    /// ```
    #[must_use]
    pub fn answer_lost(operation: &Operation, message: impl Into<String>) -> Self {
        Self::unanswered(operation, SendKind::Other, message)
    }

    /// Creates an error for a request that received no response in time; the service may have carried it out. Intended
    /// for custom transports.
    ///
    /// ```
    /// use ticktick_raw::{Error, Method, Operation};
    ///
    /// let error = Error::timed_out(Operation::unlisted(Method::Get), "30 s");
    /// assert!(error.is_timeout() && error.is_transient());
    /// ```
    #[must_use]
    pub fn timed_out(operation: &Operation, message: impl Into<String>) -> Self {
        Self::unanswered(operation, SendKind::Timeout, message)
    }

    /// Creates an error for a request that received no complete response.
    pub(crate) fn unanswered(operation: &Operation, kind: SendKind, message: impl Into<String>) -> Self {
        let message = crate::redact::text(&message.into());
        Self::Send { operation: operation.id, kind, message }
    }

    /// Creates an error for a response that exceeds the caller's limit.
    pub(crate) fn too_large(operation: &Operation, limit: u64) -> Self {
        Self::TooLarge { operation: operation.id, limit }
    }

    /// Creates an error for an incomplete response.
    pub(crate) fn broken_off(operation: &Operation, bytes: u64, why: &str) -> Self {
        Self::answer_lost(operation, format!("the response broke off after {bytes} bytes, {why}"))
    }

    /// Creates an error from a custom transport's own error, which [`Custom`](Self::Custom) keeps as its
    /// source.
    ///
    /// ```
    /// use ticktick_raw::{Error, Method, Operation};
    ///
    /// let error = Error::custom(Operation::unlisted(Method::Get), "no more calls today");
    /// assert!(error.to_string().ends_with("no more calls today"));
    /// ```
    #[must_use]
    pub fn custom(operation: &Operation, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Custom { operation: operation.id, source: Arc::from(source.into()) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidInput { operation, message } => write!(f, "{operation} was not sent: {message}"),
            Self::Send { operation, kind, message } => {
                write!(
                    f,
                    "{operation} received no complete response: {message}\nhint: {}",
                    kind.remedy(is_read(operation))
                )
            }
            Self::Api(error) => error.fmt(f),
            Self::Decode { operation, path, message } => {
                write!(f, "{operation}: unexpected response at {path}: {message}")
            }
            Self::TooLarge { operation, limit } => {
                write!(
                    f,
                    "{operation}: the response exceeds {limit} bytes\nhint: raise the limit if you expect that much"
                )
            }
            Self::Custom { operation, source } => write!(f, "{operation} failed: {source}"),
        }
    }
}

impl SendKind {
    const fn remedy(self, is_read: bool) -> &'static str {
        match self {
            Self::Connect => "check the network and the proxy, then try again",
            Self::Timeout | Self::Other if is_read => "try again; the call changes nothing",
            Self::Timeout | Self::Other => "check whether the service has carried out the call before you repeat it",
        }
    }
}

/// Returns `true` if an operation only reads. Unlisted operations are assumed to write.
fn is_read(id: &str) -> bool {
    id == Operation::unlisted(Method::Get).id
        || OPERATIONS.iter().any(|operation| operation.id == id && operation.is_read())
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Custom { source, .. } => Some(&**source),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op;

    #[test]
    fn a_lost_read_does_not_ask_to_check_what_was_carried_out() {
        for kind in [SendKind::Timeout, SendKind::Other] {
            let text = |operation: &Operation| Error::unanswered(operation, kind, "reset").to_string();
            for read in [&op::TASK_GET, &op::SYNC_CHECK, &op::HABIT_QUERY_CHECK_INS, Operation::unlisted(Method::Get)] {
                assert!(!text(read).contains("carried out"), "{}", text(read));
            }
            for write in [&op::TASK_BATCH, &op::TAG_PIN, &op::TAG_DELETE, Operation::unlisted(Method::Put)] {
                assert!(text(write).contains("carried out"), "{}", text(write));
            }
        }
    }
}
