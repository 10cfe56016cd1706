//! What was seen, without what was read.

use serde::{Deserialize, Serialize};

/// What one run saw. It names operations, JSON paths, kinds, statuses and error codes, and no value of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Report {
    /// Version of this format.
    pub version: u8,
    /// Version of the program.
    pub tool: String,
    /// Which service answered.
    pub region: ReportRegion,
    /// What each reading operation answered.
    pub operations: Vec<OperationReport>,
    /// What the experiments found.
    pub experiments: Vec<Verdict>,
}

impl Report {
    /// Begins an empty report.
    ///
    /// ```
    /// use ticktick_verify::{Report, ReportRegion};
    ///
    /// let report = Report::new(ReportRegion::TickTick);
    /// assert!(report.operations.is_empty() && report.experiments.is_empty());
    /// ```
    #[must_use]
    pub fn new(region: ReportRegion) -> Self {
        let tool = env!("CARGO_PKG_VERSION").to_owned();
        Self { version: 1, tool, region, operations: Vec::new(), experiments: Vec::new() }
    }
}

/// Which service answered; the address of another server is never told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReportRegion {
    /// ticktick.com.
    TickTick,
    /// dida365.com.
    Dida365,
    /// A simulator, or another server.
    Other,
}

/// What an operation answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OperationReport {
    /// Id of the operation.
    pub id: String,
    /// What came of the call.
    pub seen: Seen,
}

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Seen {
    /// The answer is what the contract says.
    Fits,
    /// The answer can be read, and holds what the contract does not know, or in another form.
    Differs {
        /// Paths of members and enum values that the contract does not know.
        unknown: Vec<String>,
        /// Members that have another kind of value.
        odd: Vec<Odd>,
    },
    /// The service refused the call.
    Refused {
        /// HTTP status.
        status: u16,
        /// Error code, where the answer has one.
        code: Option<String>,
    },
    /// The call failed on the way, or its answer is not JSON.
    Failed {
        /// What failed: `connect`, `timeout`, `lost`, `decode`.
        what: String,
    },
    /// The call was not made.
    NotTried {
        /// Why not.
        why: String,
    },
}

/// A member with another kind of value than the contract says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Odd {
    /// Where, without ids and positions: `$.update[*].assignee`.
    pub path: String,
    /// What the contract says.
    pub expected: String,
    /// What came.
    pub found: String,
    /// How often.
    pub count: u64,
}

/// What an experiment found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// Id of the experiment.
    pub id: String,
    /// Id of the quirk that it is about.
    pub quirk: String,
    /// The outcome, or `unclear`.
    pub verdict: String,
    /// What follows for the quirk: `confirms`, `contradicts`, `settles`, or `nothing`.
    pub effect: String,
    /// What each named step came to: an HTTP status, or a word for a call that got no answer.
    pub steps: Vec<(String, String)>,
}

/// Keeps an error code if it looks like one; a text that could be anything is not told.
pub(crate) fn code(text: &str) -> Option<String> {
    let plain = !text.is_empty() && text.len() <= 64;
    let words = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_uppercase() || byte == b'_');
    (plain && words).then(|| text.to_owned())
}

/// Takes positions, and keys that may be somebody's data, out of a path.
pub(crate) fn anonymous(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find(['.', '[']) {
        out.push_str(if out.is_empty() { &rest[..at] } else { "" });
        let (name, next) = segment(&rest[at..]);
        match name.filter(|name| is_member(name)) {
            Some(name) => {
                out.push('.');
                out.push_str(name);
            }
            None => out.push_str("[*]"),
        }
        rest = next;
    }
    if out.is_empty() { "$".to_owned() } else { out }
}

/// Splits off the first segment; the name is none for a position or a quoted key.
fn segment(text: &str) -> (Option<&str>, &str) {
    if let Some(name) = text.strip_prefix('.') {
        let end = name.find(['.', '[']).unwrap_or(name.len());
        return (Some(&name[..end]), &name[end..]);
    }
    if let Some(quoted) = text.strip_prefix("[\"") {
        return (None, quoted.find("\"]").map_or("", |end| &quoted[end + 2..]));
    }
    (None, text.find(']').map_or("", |end| &text[end + 1..]))
}

/// Whether a key is the name of a member and not an id, a date or a text.
fn is_member(key: &str) -> bool {
    let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let digits = key.chars().filter(char::is_ascii_digit).count();
    plain && key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.len() <= 40 && digits <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_hold_no_data() {
        assert_eq!(anonymous("$.update[3].items[0].newKey"), "$.update[*].items[*].newKey");
        assert_eq!(anonymous("$.order.65f0a1b2c3d4e5f6a7b8c9d0.all"), "$.order[*].all");
        assert_eq!(anonymous(r#"$["my secret list"].x"#), "$[*].x");
        assert_eq!(anonymous("$"), "$");
        assert_eq!(anonymous("$[0]"), "$[*]");
    }

    #[test]
    fn only_codes_are_told() {
        assert_eq!(code("task_not_found").as_deref(), Some("task_not_found"));
        for text in ["", "me@example.com", "Buy milk", "65f0a1"] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn reports_are_read_back() {
        let mut report = Report::new(ReportRegion::Other);
        let odd = Odd { path: "$.a".into(), expected: "text".into(), found: "number".into(), count: 2 };
        let seen = [
            Seen::Fits,
            Seen::Differs { unknown: vec!["$.b".into()], odd: vec![odd] },
            Seen::Refused { status: 500, code: None },
            Seen::NotTried { why: "no task".into() },
        ];
        report.operations.extend(seen.map(|seen| OperationReport { id: "task.get".into(), seen }));
        let text = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
    }
}
