//! [`Answer`]: what a tool returns.

use rmcp::model::{CallToolResult, ContentBlock};
use schemars::JsonSchema;
use serde::Serialize;

use crate::failure::Failure;
use crate::item::Row;

/// The longest text of an answer in bytes. It is sent twice, and some clients cap a line at 64 KB.
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
    /// What a client may ask its user, and then repeat the call.
    #[serde(skip)]
    pub(crate) question: Option<String>,
    #[serde(skip)]
    pub(crate) is_error: bool,
}

/// What a tool that reads answers.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub(crate) struct Read {
    text: String,
    /// How many in all.
    total: Option<usize>,
}

/// What a tool that lists tasks answers.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
pub(crate) struct List {
    text: String,
    /// How many match in all.
    total: Option<usize>,
    /// Cursor of the next page.
    next: Option<String>,
    rows: Option<Vec<Row>>,
}

/// What a tool that writes answers.
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

    /// Answers a call that failed, and has sent a change or not.
    pub(crate) fn of_failure(failure: &Failure, has_sent: bool) -> Self {
        Self { text: failure.words(has_sent), is_error: failure.is_error, ..Self::default() }
    }

    /// Returns the result in the form of the protocol. The text is in both places, because some clients pass only one on.
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
