//! [`Answer`]: what a tool returns.

use rmcp::model::{CallToolResult, ContentBlock};
use schemars::JsonSchema;
use serde::Serialize;

use crate::failure::Failure;
use crate::item::Row;

/// Maximum length of the text of an answer in bytes. It is sent twice, and some clients limit a line to 64 KB.
const LONGEST: usize = 22_000;

/// The answer of a tool. [`Read`], [`List`] and [`Write`] describe what it contains.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Answer {
    pub(crate) text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) total: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rows: Option<Vec<Row>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) undo: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) confirm: Option<String>,
    /// The question that a client may ask its user before it repeats the call.
    #[serde(skip)]
    pub(crate) question: Option<String>,
    #[serde(skip)]
    pub(crate) is_error: bool,
}

/// The answer of a tool that reads.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub(crate) struct Read {
    text: String,
    /// Total number.
    total: Option<usize>,
}

/// The answer of a tool that lists tasks.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub(crate) struct List {
    text: String,
    /// Total number of matches.
    total: Option<usize>,
    /// Cursor of the next page.
    next: Option<String>,
    rows: Option<Vec<Row>>,
}

/// The answer of a tool that writes.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub(crate) struct Write {
    text: String,
    /// Id for undo.
    undo: Option<String>,
    /// Token that confirms the preview.
    confirm: Option<String>,
}

<<<<<<< HEAD
/// Why a tool failed, completely or in part.
#[derive(Debug)]
pub(crate) struct Failure {
    text: String,
    is_error: bool,
    /// Whether the request may have been carried out although it failed.
    is_unclear: bool,
}

=======
>>>>>>> main
impl Answer {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub(crate) fn lines(lines: impl IntoIterator<Item = String>) -> Self {
        Self::new(lines.into_iter().collect::<Vec<_>>().join("\n"))
    }

<<<<<<< HEAD
    /// Returns the result in the form of the protocol. It contains the text twice, because some clients pass on only one of them.
=======
    /// Answers a call that failed, and has sent a change or not.
    pub(crate) fn of_failure(failure: &Failure, has_sent: bool) -> Self {
        Self { text: failure.words(has_sent), is_error: failure.is_error, ..Self::default() }
    }

    /// Returns the result in the form of the protocol. The text is in both places, because some clients pass only one on.
>>>>>>> main
    pub(crate) fn into_result(mut self) -> CallToolResult {
        if self.text.len() > LONGEST {
            let end = (0..=LONGEST).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0);
            self.text.truncate(end);
            self.text += "\n(The rest was cut off. Ask for less.)";
        }
        for (name, value) in [("confirm", &self.confirm), ("undo", &self.undo)] {
            self.text.extend(value.iter().map(|value| format!("\n{name}: {value}")));
        }
        let value = serde_json::to_value(&self).unwrap_or_default();
        let mut result =
            if self.is_error { CallToolResult::structured_error(value) } else { CallToolResult::structured(value) };
        result.content = vec![ContentBlock::text(self.text)];
        result
    }
}
<<<<<<< HEAD

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

    /// Returns the answer to a call that may have sent a change.
    pub(crate) fn answer(self, has_sent: bool) -> Answer {
        Answer { text: self.words(has_sent), is_error: self.is_error, ..Answer::default() }
    }

    fn words(&self, has_sent: bool) -> String {
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
=======
>>>>>>> main
