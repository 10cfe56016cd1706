//! The refusals of the service.

use serde_json::{Value, json};

use crate::reply::Reply;

/// A refusal in the service's envelope.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: u16,
    code: &'static str,
    message: Option<String>,
    data: Value,
    before: String,
    missing: Option<&'static str>,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &'static str) -> Self {
        Self { status, code, message: None, data: Value::Null, before: String::new(), missing: None }
    }

    /// No session, or one that has ended.
    pub(crate) fn not_signed_on() -> Self {
        Self::new(401, "user_not_sign_on")
    }

    /// The body or a parameter makes no sense.
    pub(crate) fn senseless() -> Self {
        Self::new(500, "unknown_exception")
    }

    pub(crate) fn no_task() -> Self {
        Self::new(500, "task_not_found")
    }

    pub(crate) fn no_project() -> Self {
        Self::new(500, "project_not_found")
    }

    /// Says something other than the code as `errorMessage`.
    pub(crate) fn saying(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    pub(crate) fn with_data(mut self, data: Value) -> Self {
        self.data = data;
        self
    }

    /// Notes for the log which header the request lacks.
    pub(crate) fn lacking(mut self, header: &'static str) -> Self {
        self.missing = Some(header);
        self
    }

    /// Sends another document before the refusal, in the same body.
    pub(crate) fn after(mut self, document: String) -> Self {
        self.before = document;
        self
    }

    /// Wraps it up; `key` is the eight characters under which a server logs a failure.
    pub(crate) fn reply(self, key: &str) -> Reply {
        let envelope = json!({
            "errorId": format!("{key}@sim"),
            "errorCode": self.code,
            "errorMessage": self.message.as_deref().unwrap_or(self.code),
            "data": self.data,
        });
        Reply::json_text(format!("{}{envelope}", self.before))
            .with_status(self.status)
            .lacking(self.missing.into_iter().collect())
    }
}
