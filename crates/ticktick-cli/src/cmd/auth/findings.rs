//! The findings of `ticktick auth doctor`.

use crate::generated::cli::{Finding, FindingState};
use crate::output::{DIM, GREEN, RED, YELLOW};
use crate::text::shown;

/// The findings, in the order of the checks.
#[derive(Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub(super) fn ok(&mut self, check: &str, message: impl Into<String>) {
        self.add(check, FindingState::Ok, message.into(), None);
    }

    pub(super) fn skipped(&mut self, check: &str, message: impl Into<String>) {
        self.add(check, FindingState::Skipped, message.into(), None);
    }

    pub(super) fn warning(&mut self, check: &str, message: impl Into<String>, remedy: impl Into<String>) {
        self.add(check, FindingState::Warning, message.into(), Some(remedy.into()));
    }

    pub(super) fn failed(&mut self, check: &str, message: impl Into<String>, remedy: impl Into<String>) {
        self.add(check, FindingState::Failed, message.into(), Some(remedy.into()));
    }

    /// Adds an error with its hint.
    pub(super) fn error(&mut self, check: &str, error: crate::error::Error) {
        self.add(check, FindingState::Failed, error.message, error.hint);
    }

    pub(super) fn has_failed(&self) -> bool {
        self.0.iter().any(|finding| finding.state == FindingState::Failed)
    }

    pub(super) fn into_vec(self) -> Vec<Finding> {
        self.0
    }

    fn add(&mut self, check: &str, state: FindingState, message: String, remedy: Option<String>) {
        self.0.push(Finding { check: check.to_owned(), state, message, remedy });
    }
}

/// Formats the findings for people.
pub(super) fn lines(findings: &[Finding]) -> Vec<String> {
    let mut lines = Vec::new();
    for Finding { check, state, message, remedy } in findings {
        let (mark, style) = match state {
            FindingState::Ok => ("✓", GREEN),
            FindingState::Warning => ("!", YELLOW),
            FindingState::Failed => ("✗", RED),
            FindingState::Skipped => ("-", DIM),
        };
        lines.push(format!("{style}{mark}{style:#} {check:<11} {}", shown(message)));
        for line in remedy.iter().flat_map(|remedy| remedy.lines()) {
            lines.push(format!("{:14}→ {}", "", shown(line)));
        }
    }
    lines
}
