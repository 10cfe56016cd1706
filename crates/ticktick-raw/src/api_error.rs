//! Refusals: the errors that the service returns.

use std::fmt;
use std::time::Duration;

use crate::{Error, ErrorClass, ErrorCode, RetryAdvice};

/// An error that the service returned in place of a response.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError {
    /// Id of the operation.
    pub operation: &'static str,
    /// Id of the operation that made this call necessary, if the client made it on its own.
    pub during: Option<&'static str>,
    /// HTTP status. The service also sends refusals with status 200.
    pub status: u16,
    /// Error code, if the service sent one.
    pub code: Option<ErrorCode>,
    /// Message of the service, or a default for the status. Secrets are redacted.
    pub message: String,
    /// Time that the service asks the client to wait, if it sent one. Zero if the service named a time in
    /// the past.
    pub retry_after: Option<Duration>,
    /// Id under which the vendor can find the incident.
    pub error_id: Option<String>,
    /// Number of sign-in attempts left, if the service sent it.
    pub remaining_attempts: Option<i64>,
    /// Beginning of the response body. Secrets are redacted.
    pub body: String,
    /// The JSON document that preceded the refusal, if the body held both: part of the call was carried
    /// out. Not redacted, and not shown by `Debug`.
    pub partial: Option<String>,
    pub(crate) class: ErrorClass,
    pub(crate) blocked: bool,
    pub(crate) is_read: bool,
}

impl ApiError {
    /// Returns the refusal that a response contains, if any, as [`Call`](crate::Call) would. Intended for
    /// custom transports.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, ErrorClass, Method, Operation, Response};
    ///
    /// let response = Response::new(401, r#"{"errorCode":"user_not_sign_on"}"#);
    /// let refusal = ApiError::of(Operation::unlisted(Method::Get), &response).unwrap();
    /// assert_eq!(refusal.class(), ErrorClass::SessionExpired);
    /// ```
    #[must_use]
    pub fn of(operation: &crate::Operation, response: &crate::Response) -> Option<Self> {
        crate::refusal::refusal(operation, response)
    }

    /// Returns the class of the error, from its code if that is known, or else from the status.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, ErrorClass, Response, op};
    ///
    /// let refusal = ApiError::of(&op::TASK_GET, &Response::new(404, "")).unwrap();
    /// assert_eq!(refusal.class(), ErrorClass::NotFound);
    /// ```
    #[must_use]
    pub fn class(&self) -> ErrorClass {
        self.class
    }

    /// Returns a hint on what to do next.
    ///
    /// ```
    /// use ticktick_raw::{ApiError, Response, op};
    ///
    /// let refusal = ApiError::of(&op::TASK_GET, &Response::new(404, "")).unwrap();
    /// assert!(!refusal.remedy().is_empty());
    /// ```
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        if self.blocked {
            return "wait a few hours, keep the device id, or pass a session from a browser; the service rejected this \
                    client or address before checking the password";
        }
        match &self.code {
            Some(code) if !matches!(code, ErrorCode::Unknown(_)) => {
                read_remedy(code).filter(|_| self.is_read).unwrap_or(code.remedy())
            }
            _ if self.is_read && self.class == ErrorClass::Validation => "check the ids and options of the request",
            _ => self.class.remedy(),
        }
    }

    /// Returns `true` if the same call may succeed later without a change.
    pub(crate) fn is_retryable(&self) -> bool {
        let advised = match &self.code {
            Some(code) if !matches!(code, ErrorCode::Unknown(_)) => code.retry() == RetryAdvice::Later,
            _ => true,
        };
        advised && !self.blocked && matches!(self.class, ErrorClass::RateLimited | ErrorClass::Transient)
    }
}

/// Returns the hint for a refused read if the usual hint for the code is about a change.
const fn read_remedy(code: &ErrorCode) -> Option<&'static str> {
    match code {
        ErrorCode::UnknownException => Some(
            "check the ids in the request and that the session or token belongs to this account; repeating the same \
             request does not help",
        ),
        ErrorCode::AccessForbidden => Some("check that this account can see the object; if so, sign in again"),
        ErrorCode::NoProjectPermission => Some("ask the owner of the project for access"),
        _ => None,
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.operation)
            .field("during", &self.during)
            .field("status", &self.status)
            .field("class", &self.class)
            .field("code", &self.code)
            .field("message", &self.message)
            .field("retry_after", &self.retry_after)
            .field("error_id", &self.error_id)
            .field("remaining_attempts", &self.remaining_attempts)
            .field("body", &self.body)
            .field("partial", &self.partial.is_some())
            .finish()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation)?;
        if let Some(operation) = self.during {
            write!(f, ", called for {operation},")?;
        }
        write!(f, " was refused: {} (HTTP {}", self.message, self.status)?;
        if let Some(code) = self.code.as_ref().filter(|code| code.as_str() != self.message) {
            write!(f, ", {code}")?;
        }
        if let Some(id) = &self.error_id {
            write!(f, ", error id {id}")?;
        }
        if let Some(wait) = self.retry_after.filter(|wait| !wait.is_zero()) {
            write!(f, ", retry after {} s", wait.as_secs())?;
        }
        if let Some(left) = self.remaining_attempts {
            write!(f, ", attempts left: {left}")?;
        }
        write!(f, ")\nhint: {}", self.remedy())
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(Box::new(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Method, Operation, Response};

    static READ: Operation = Operation::new("x.read", Method::Get, "/x");

    #[test]
    fn remedies_of_a_read_do_not_speak_of_a_change() {
        let mut write = Operation::new("x.write", Method::Post, "/x");
        write.returns.name = "BatchAnswer";
        for (code, of_a_write) in
            [("unknown_exception", "values"), ("access_forbidden", "change"), ("no_project_permission", "write")]
        {
            let answer = Response::new(500, format!(r#"{{"errorCode":"{code}"}}"#));
            let remedy = |operation| ApiError::of(operation, &answer).unwrap().remedy();
            assert!(remedy(&write).contains(of_a_write), "{}", remedy(&write));
            let remedy = remedy(&READ);
            for word in ["values", "given", "change", "write"] {
                assert!(!remedy.contains(word), "{code}: {remedy}");
            }
        }
        assert!(!ApiError::of(&READ, &Response::new(400, "")).unwrap().remedy().contains("sent"));
    }
}
