//! Rules for faults.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ticktick_raw::{OPERATIONS, Operation};

use crate::fault::format::Do;
use crate::generated::faults::{Fault, Rule as Written};
use crate::world::near::nearest;

/// The parts of a request that rules are compared with.
pub(crate) struct Asked<'a> {
    pub(crate) operation: Option<&'a str>,
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) now: Timestamp,
}

/// The error for a rule without a fault.
const NO_FAULT: &str = "expected `do` or `status`; for example, `status` with the value 503";

/// Methods that a client may use.
const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// A fault, and the requests that it applies to: those that match all conditions of the rule.
///
/// In JSON, a fault is its name in snake case, such as `"lose_answer"`; a fault with parameters is an
/// object with one member, such as `{"latency": {"ms": 500}}`. `"status": 503` is short for a `do` with
/// only that status. The JSON Schema is `docs/schemas/faults.schema.json`. Parsing a rule fails if its
/// operation does not exist, because such a rule would never apply; the error suggests similar operations.
///
/// ```
/// use ticktick_sim::Rule;
///
/// let rules: Vec<Rule> = serde_json::from_str(r#"[
///     { "operation": "task.batch", "times": 1, "do": "lose_answer" },
///     { "method": "GET", "path": "/api/v2/", "probability": 0.1, "do": { "latency": { "ms": 300 } } },
///     { "path": "/api/v2/project/{id}/tasks", "skip": 2, "times": 1, "do": "too_busy" },
///     { "operation": "tag.list", "status": 503 }
/// ]"#)?;
/// assert_eq!(rules.len(), 4);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Rule {
    operation: Option<String>,
    method: Option<String>,
    path: Option<String>,
    /// Number of matching requests to skip first.
    skip: u32,
    /// Number of requests that fail after that. Defaults to all.
    times: Option<u32>,
    probability: Option<f64>,
    fault: Fault,
}

impl TryFrom<Written> for Rule {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let Written { operation, method, path, skip, times, probability, do_, status } = written;
        let fault = match (do_, status) {
            (Some(Do(fault)), None) => fault,
            (None, Some(status)) => Fault::Status { status, headers: Default::default(), body: String::new() },
            (Some(_), Some(_)) => return Err("expected `do` or `status`, not both".into()),
            (None, None) => return Err(NO_FAULT.into()),
        };
        let rule = Self { operation, method, path, skip: skip.unwrap_or_default(), times, probability, fault };
        rule.check().map(|()| rule)
    }
}

impl From<Rule> for Written {
    fn from(rule: Rule) -> Self {
        let Rule { operation, method, path, skip, times, probability, fault } = rule;
        let skip = (skip > 0).then_some(skip);
        Self { operation, method, path, skip, times, probability, do_: Some(Do(fault)), status: None }
    }
}

impl Rule {
    /// Creates a rule for all requests.
    ///
    /// ```
    /// use ticktick_raw::op;
    /// use ticktick_sim::{Fault, Rule, Simulator};
    ///
    /// let sim = Simulator::builder().demo().build();
    /// sim.faults().add(Rule::new(Fault::TooBusy).operation(&op::SYNC_CHECK).times(2));
    /// assert_eq!(sim.faults().list().len(), 1);
    /// ```
    #[must_use]
    pub fn new(fault: Fault) -> Self {
        Self { operation: None, method: None, path: None, skip: 0, times: None, probability: None, fault }
    }

    /// Limits the rule to one operation.
    #[must_use]
    pub fn operation(mut self, operation: &Operation) -> Self {
        self.operation = Some(operation.id.into());
        self
    }

    /// Limits the rule to one method, such as `POST`.
    #[must_use]
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.method = Some(method.into());
        self
    }

    /// Limits the rule to paths with this prefix or, if it contains braces as in `/api/v2/task/{taskId}`,
    /// to paths of that form.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Skips this many matching requests first.
    #[must_use]
    pub fn skip(mut self, requests: u32) -> Self {
        self.skip = requests;
        self
    }

    /// Ends the rule after this many requests.
    #[must_use]
    pub fn times(mut self, requests: u32) -> Self {
        self.times = Some(requests);
        self
    }

    /// Applies the rule with this probability, from 0 (never) to 1 (always). The seed decides which
    /// requests are affected.
    #[must_use]
    pub fn probability(mut self, probability: f64) -> Self {
        self.probability = Some(probability);
        self
    }

    /// Rejects a rule that no request could match, or that would change nothing.
    pub(crate) fn check(&self) -> Result<(), String> {
        let ids = || OPERATIONS.iter().map(|operation| operation.id);
        if let Some(id) = self.operation.as_deref().filter(|id| !ids().any(|known| known == *id)) {
            let near = nearest(id, ids()).join(", ");
            return Err(format!("operation: unknown operation `{id}`; similar ones: {near}"));
        }
        let method = self.method.as_deref();
        if method.is_some_and(|method| !METHODS.iter().any(|known| known.eq_ignore_ascii_case(method))) {
            return Err(format!("method: expected one of {}", METHODS.join(", ")));
        }
        if self.path.as_deref().is_some_and(|path| !path.starts_with('/')) {
            return Err("path: expected a path that starts with `/`".into());
        }
        if self.times == Some(0) {
            return Err("times: expected a number above 0, or no `times` for all requests".into());
        }
        if let Fault::Drip { bytes: 0, .. } = self.fault {
            return Err("do.drip.bytes: expected a number above 0".into());
        }
        match self.probability {
            Some(probability) if !(0.0..=1.0).contains(&probability) => {
                Err("probability: expected a number from 0 to 1".into())
            }
            _ => Ok(()),
        }
    }

    pub(super) fn fault(&self) -> &Fault {
        &self.fault
    }

    /// Returns `true` if a request matches the rule.
    pub(super) fn fits(&self, asked: &Asked<'_>) -> bool {
        let operation = self.operation.as_deref().is_none_or(|id| asked.operation == Some(id));
        let method = self.method.as_deref().is_none_or(|method| method.eq_ignore_ascii_case(asked.method));
        operation && method && self.path.as_deref().is_none_or(|path| fits_path(path, asked.path))
    }

    /// Returns `true` if the rule applies to a matching request.
    pub(super) fn applies(&mut self, random: &mut fastrand::Rng) -> bool {
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        if self.probability.is_some_and(|probability| random.f64() >= probability) {
            return false;
        }
        if let Some(times) = &mut self.times {
            if *times == 0 {
                return false;
            }
            *times -= 1;
        }
        true
    }

    pub(super) fn is_over(&self) -> bool {
        self.times == Some(0)
    }
}

/// Returns `true` if a path has a prefix or matches a template.
fn fits_path(wanted: &str, path: &str) -> bool {
    if !wanted.contains('{') {
        return path.starts_with(wanted);
    }
    let (wanted, path): (Vec<_>, Vec<_>) = (wanted.split('/').collect(), path.split('/').collect());
    let same = |(wanted, part): (&&str, &&str)| wanted == part || (wanted.starts_with('{') && !part.is_empty());
    wanted.len() == path.len() && wanted.iter().zip(&path).all(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_beginnings_or_forms() {
        for (wanted, path, fits) in [
            ("/api/v2/", "/api/v2/projects", true),
            ("/api/v2/projects", "/api/v2/project", false),
            ("/api/v2/task/{id}", "/api/v2/task/1", true),
            ("/api/v2/task/{id}", "/api/v2/task/", false),
            ("/api/v2/task/{id}", "/api/v2/task/1/comments", false),
            ("/api/{version}/task/{id}", "/api/v3/task/1", true),
        ] {
            assert_eq!(fits_path(wanted, path), fits, "{wanted} {path}");
        }
    }

    #[test]
    fn what_no_rule_has_is_refused() {
        for (text, says) in [
            ("{}", "expected `do` or `status`"),
            (r#"{"operation":"task.batch"}"#, "expected `do` or `status`"),
            (r#"{"do":"reset","time":1}"#, "unknown field `time`"),
            (r#"{"do":"explode"}"#, "unknown variant `explode`"),
            (r#"{"do":{"latency":{"seconds":1}}}"#, "unknown field `seconds`"),
            (r#"{"do":{"status":{"status":99}}}"#, "99 is not a valid status"),
            (r#"{"do":{"status":99}}"#, "99 is not a valid status"),
            (r#"{"do":"reset","status":503}"#, "not both"),
            (r#"{"operation":"task.bach","status":503}"#, "similar ones: task.batch, "),
            (r#"{"operation":"POST","do":"reset"}"#, "unknown operation `POST`"),
            (r#"{"method":"POTS","do":"reset"}"#, "method: expected one of GET"),
            (r#"{"path":"api/v2/tags","do":"reset"}"#, "path: expected"),
            (r#"{"probability":10,"do":"reset"}"#, "probability: expected"),
            (r#"{"times":0,"do":"reset"}"#, "times: expected"),
            (r#"{"do":{"drip":{"bytes":0,"ms":1}}}"#, "do.drip.bytes: expected"),
        ] {
            let error = serde_json::from_str::<Rule>(text).unwrap_err().to_string();
            assert!(error.contains(says), "{text}: {error}");
        }
    }

    #[test]
    fn rules_are_written_as_they_are_read() {
        let text =
            r#"{"operation":"task.batch","skip":1,"times":2,"probability":0.5,"do":{"drip":{"bytes":16,"ms":10}}}"#;
        let rule: Rule = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&rule).unwrap(), text);
        let long = r#"{"do":{"status":{"status":503,"body":""}}}"#;
        for short in [r#"{"status":503}"#, r#"{"do":{"status":503}}"#, r#"{"do":{"status":{"status":503}}}"#, long] {
            let rule: Rule = serde_json::from_str(short).unwrap();
            assert_eq!(serde_json::to_string(&rule).unwrap(), long, "{short}");
        }
        let short: Rule = serde_json::from_str(r#"{"do":{"rate_limit":{}}}"#).unwrap();
        assert_eq!(short, Rule::new(Fault::RateLimit { per_minute: 100, seconds: 60 }));
    }
}
