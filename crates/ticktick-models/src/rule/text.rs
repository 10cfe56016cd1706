//! The text form of a [`FilterRule`].

use std::fmt;
use std::str::FromStr;

use crate::{FilterRule, explain};

/// Rules nested deeper are rejected, so that they cannot overflow the stack. Known rules have six levels.
const LEVELS: usize = 64;

/// A filter's rule cannot be parsed; its text can still be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RuleError {
    /// The filter has no rule.
    Missing,
    /// The text is not JSON, or does not fit a rule; contains the path and the reason.
    Malformed(Box<str>),
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the filter has no rule"),
            Self::Malformed(reason) => write!(f, "the filter's rule cannot be read: {reason}"),
        }
    }
}

impl std::error::Error for RuleError {}

/// Parses the text of [`Filter::rule`](crate::Filter::rule).
///
/// ```
/// use ticktick_models::{FilterRule, RuleError};
///
/// let rule: FilterRule = r#"{"and":[],"type":0,"version":1}"#.parse()?;
/// assert_eq!(rule.version, 1);
/// assert!(matches!("{".parse::<FilterRule>(), Err(RuleError::Malformed(_))));
/// # Ok::<(), RuleError>(())
/// ```
impl FromStr for FilterRule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        if levels(text) > LEVELS {
            return Err(RuleError::Malformed(format!("nested more than {LEVELS} levels deep").into()));
        }
        serde_json::from_str(text).map_err(|error| RuleError::Malformed(explain(text.as_bytes(), &error).into()))
    }
}

/// Writes the text of [`Filter::rule`](crate::Filter::rule), without white space. To change the rule of a
/// filter, use [`set_rule_tree`](crate::Filter::set_rule_tree), which preserves more of the text.
impl fmt::Display for FilterRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

/// Writes the rule as [`NewFilter::new`](crate::NewFilter::new) takes it.
///
/// ```
/// use ticktick_models::{FilterRule, NewFilter};
///
/// let filter = NewFilter::new("Errands", FilterRule::normal().tags(["errands"]));
/// assert!(filter.rule.contains("errands"));
/// ```
impl From<FilterRule> for String {
    fn from(rule: FilterRule) -> Self {
        rule.to_string()
    }
}

/// Counts how deep brackets are nested in JSON text.
fn levels(text: &str) -> usize {
    let (mut deepest, mut level) = (0_usize, 0_usize);
    let (mut quoted, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'[' | b'{' => level += 1,
            b']' | b'}' => level = level.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(level);
    }
    deepest
}
