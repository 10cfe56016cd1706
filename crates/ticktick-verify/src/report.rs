//! The results of a run, without any values. The format is `spec/formats/report.schema.json`.

pub use crate::generated::report::{CallFailure, Effect, Odd, OperationReport, Report, ReportRegion, Seen, Verdict};

impl Report {
    /// Creates an empty report.
    ///
    /// ```
    /// use ticktick_verify::{Report, ReportRegion};
    ///
    /// let report = Report::new(ReportRegion::Ticktick);
    /// assert!(report.operations.is_empty() && report.experiments.is_empty());
    /// ```
    #[must_use]
    pub fn new(region: ReportRegion) -> Self {
        let tool = env!("CARGO_PKG_VERSION").to_owned();
        Self { version: 1, tool, region, operations: Vec::new(), experiments: Vec::new() }
    }
}

/// Keeps an error code if it looks like one; any other text could contain personal data.
pub(crate) fn code(text: &str) -> Option<String> {
    let plain = !text.is_empty() && text.len() <= 64;
    let words = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_uppercase() || byte == b'_');
    (plain && words).then(|| text.to_owned())
}

/// Removes positions, and keys that may be personal data, from a path.
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

/// Splits off the first segment; the name is `None` for a position or a quoted key.
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

/// Returns whether a key is the name of a member and not an id, a date or a text.
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
    fn reports_contain_only_error_codes() {
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
