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

impl Answer {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub(crate) fn lines(lines: impl IntoIterator<Item = String>) -> Self {
        Self::new(lines.into_iter().collect::<Vec<_>>().join("\n"))
    }

    /// Returns the answer to a failed call that may have sent a change.
    pub(crate) fn of_failure(failure: &Failure, has_sent: bool) -> Self {
        Self { text: failure.words(has_sent), is_error: failure.is_error, ..Self::default() }
    }

    /// Returns the result in the form of the protocol. It contains the text twice, because some clients pass on only one of them.
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
