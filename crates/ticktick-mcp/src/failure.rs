//! [`Failure`]: why a tool failed, completely or in part.

use ticktick::mirror::MirrorError;
use ticktick::{Error, raw};

use crate::text::clean;

/// Why a tool failed, completely or in part.
#[derive(Debug)]
pub(crate) struct Failure {
    text: String,
    pub(crate) is_error: bool,
    /// Whether the request may have been carried out although it failed.
    is_unclear: bool,
}

impl Failure {
    /// A failure that the caller can correct.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_error: true, is_unclear: false }
    }

    /// An answer that ends the call early, such as a question.
    pub(crate) fn question(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_error: false, is_unclear: false }
    }

    /// Adds a sentence that says what to do.
    pub(crate) fn and(mut self, advice: &str) -> Self {
        self.text += advice;
        self
    }

    /// Returns the failure as one line of a longer answer.
    pub(crate) fn line(&self) -> String {
        self.words(true).replace('\n', " ")
    }

    /// Returns the sentences for a call that may have sent a change.
    pub(crate) fn words(&self, has_sent: bool) -> String {
        match (self.is_unclear, has_sent) {
            (false, _) => self.text.clone(),
            (true, false) => format!("{} Nothing was changed. The call may be repeated.", self.text),
            (true, true) => {
                format!("{} It may have been carried out: look at the tasks before you repeat it.", self.text)
            }
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        if let Error::UndoConflict(conflict) = &error {
            let members = conflict.members();
            let shown = |json: &Option<ticktick::models::Json>| {
                json.as_ref().map_or_else(|| "nothing".to_owned(), |json| clean(json.as_str()))
            };
            let lines = members.iter().map(|one| {
                format!(
                    "{}: was {}, this server set {}, now {}",
                    one.name,
                    shown(&one.before),
                    shown(&one.after),
                    shown(&one.current)
                )
            });
            let lines = lines.collect::<Vec<_>>().join("\n");
            let (kind, id) = (&conflict.kind, &conflict.id);
            return Self::new(format!(
                "Not undone, because {kind} {id} has changed since. Nothing was changed.\n{lines}"
            ));
        }
        if error.is_auth() || matches!(error, Error::SessionExpired(_)) {
            return Self::new(
                "The session has ended. Ask the user to run `ticktick auth login`, then repeat the call.",
            );
        }
        let text = error.to_string();
        let (what, hint) = text.split_once("\nhint: ").unwrap_or((&text, ""));
        let hint = if hint.is_empty() { String::new() } else { format!(" Hint: {}.", clean(hint)) };
        let text = format!("Failed: {}.{hint}", clean(what));
        let repeat = match &error {
            _ if is_unclear(&error) => return Self { is_unclear: true, ..Self::new(text) },
            Error::Unfinished { .. } => "Part of it may be done: look at the tasks before you repeat it.",
            other if other.is_retryable() => "The call may be repeated.",
            _ => "Repeating it unchanged will not help.",
        };
        Self::new(format!("{text} {repeat}"))
    }
}

/// Returns whether the service may have carried out a request that failed.
fn is_unclear(error: &Error) -> bool {
    match error {
        Error::Unfinished { .. } => false,
        other => other.as_raw().is_some_and(|error| match error {
            raw::Error::Send { kind, .. } => *kind != raw::SendKind::Connect,
            raw::Error::Decode { .. } => true,
            raw::Error::Api(error) => error.code.is_none() && error.status >= 500,
            _ => false,
        }),
    }
}

impl From<MirrorError> for Failure {
    fn from(error: MirrorError) -> Self {
        Error::from(error).into()
    }
}

impl From<ticktick_profile::Error> for Failure {
    fn from(error: ticktick_profile::Error) -> Self {
        if error.kind == ticktick_profile::ErrorKind::NotSignedIn {
            let text = clean(&error.message);
            return Self::new(format!(
                "Failed: {text}. Ask the user to run `ticktick auth login`, then repeat the call."
            ));
        }
        let hint = error.hint.map_or_else(String::new, |hint| format!(" Hint: {}.", clean(&hint)));
        Self::new(format!("Failed: {}.{hint}", clean(&error.message)))
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(format!("Failed: {error}"))
    }
}
