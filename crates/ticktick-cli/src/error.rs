//! What can go wrong, as people and scripts see it.

use std::io;
use std::process::ExitCode;

use serde::Serialize;

/// What went wrong: a sentence, a hint at what to do next, and the kind that decides the exit status.
#[derive(Debug)]
pub(crate) struct Error {
    pub(crate) kind: Kind,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
    pub(crate) retryable: bool,
    pub(crate) candidates: Vec<Candidate>,
}

/// Something that was perhaps meant.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Candidate {
    pub(crate) id: String,
    pub(crate) name: String,
    /// What tells it from the others: project and date of a task.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) details: Vec<String>,
}

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Whoever reads our output has gone: no fault at all.
    BrokenPipe,
    Failed,
    Usage,
    NotFound,
    Ambiguous,
    NotSignedIn,
    Auth,
    Network,
    Refused,
    RateLimited,
}

impl Kind {
    /// Returns the code in JSON.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::BrokenPipe => "broken_pipe",
            Self::Failed => "failed",
            Self::Usage => "usage",
            Self::NotFound => "not_found",
            Self::Ambiguous => "ambiguous",
            Self::NotSignedIn => "not_signed_in",
            Self::Auth => "auth",
            Self::Network => "network",
            Self::Refused => "refused",
            Self::RateLimited => "rate_limited",
        }
    }

    /// Returns the exit status.
    pub(crate) const fn status(self) -> u8 {
        match self {
            Self::BrokenPipe => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::NotFound | Self::Ambiguous => 3,
            Self::NotSignedIn | Self::Auth => 4,
            Self::Network => 5,
            Self::Refused | Self::RateLimited => 6,
        }
    }
}

impl Error {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: None, retryable: false, candidates: Vec::new() }
    }

    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self::new(Kind::Failed, message)
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn candidates(mut self, candidates: Vec<Candidate>) -> Self {
        self.candidates = candidates;
        self
    }

    pub(crate) fn not_signed_in(server: &str) -> Self {
        Self::new(Kind::NotSignedIn, format!("not signed in to {server}"))
            .hint("`ticktick auth login` signs in; `ticktick --demo task list` needs no account")
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.kind.status())
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::new(Kind::BrokenPipe, "nobody reads the output"),
            _ => Self::failed(error.to_string()),
        }
    }
}
