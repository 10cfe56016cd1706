//! The refusals of the service.

use serde_json::{Value, json};

use crate::exchange::reply::Reply;
use crate::world::denial::Denial;

/// The result of a handler.
pub(crate) type Answer = Result<Reply, Refusal>;

/// A refusal in the envelope of the service.
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

    /// There is no session, or it has expired.
    pub(crate) fn not_signed_on() -> Self {
        Self::new(401, "user_not_sign_on")
    }

    /// The body or a parameter is invalid.
    pub(crate) fn senseless() -> Self {
        Self::new(500, "unknown_exception")
    }

    pub(crate) fn no_task() -> Self {
        Self::new(500, "task_not_found")
    }

    pub(crate) fn no_project() -> Self {
        Self::new(500, "project_not_found")
    }

    /// Sets the `errorMessage`. Defaults to the code.
    pub(crate) fn saying(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    pub(crate) fn with_data(mut self, data: Value) -> Self {
        self.data = data;
        self
    }

    /// Sets the missing header for the log.
    pub(crate) fn lacking(mut self, header: &'static str) -> Self {
        self.missing = Some(header);
        self
    }

    /// Adds another document before the refusal, in the same body.
    pub(crate) fn after(mut self, document: String) -> Self {
        self.before = document;
        self
    }

    /// Creates the response. `key` consists of the eight characters under which the service logs a failure.
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

impl From<Denial> for Refusal {
    fn from(denial: Denial) -> Self {
        match denial {
            Denial::NotSignedIn => Self::not_signed_on(),
            Denial::Senseless => Self::senseless(),
            Denial::NoTask => Self::no_task(),
            Denial::NoProject => Self::no_project(),
            Denial::NoTag => Self::new(500, "tag_not_exist"),
            Denial::NoPermission => Self::new(500, "no_project_permission"),
            Denial::NotTheAuthor => Self::new(500, "access_forbidden"),
            Denial::OverQuota => Self::new(500, "exceed_quota"),
            Denial::UnsupportedFile => Self::new(500, "unsupported_file_type"),
            Denial::ExportedTooOften => Self::new(500, "export_too_many_times"),
            Denial::QueryLimit { most, minutes } => {
                let message = format!("exceed query limit: {most} requests in {minutes} min");
                Self::new(500, "exceed_query_limit").saying(message)
            }
        }
    }
}
