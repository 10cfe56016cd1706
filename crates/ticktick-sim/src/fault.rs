//! Faults, and the requests that they apply to. The format of rules is `spec/formats/faults.schema.json`.

mod answer;
mod damage;
pub(crate) mod engine;
pub(crate) mod format;
pub(crate) mod rule;
#[cfg(test)]
mod tests;

use ticktick_models::{Json, explain};

pub use crate::fault::engine::Faults;
pub use crate::fault::format::Status;
pub use crate::fault::rule::Rule;
pub use crate::generated::faults::{Fault, RetryAfter};

/// Reads one rule, or a list of rules.
pub(crate) fn read(json: &[u8]) -> Result<Vec<Rule>, String> {
    let explained = |error: &serde_json::Error| explain(json, error);
    if json.trim_ascii_start().first() != Some(&b'[') {
        return serde_json::from_slice(json).map(|rule| vec![rule]).map_err(|error| explained(&error));
    }
    // Parsed one by one, so that an error can name the rule.
    let items: Vec<Json> = serde_json::from_slice(json).map_err(|error| explained(&error))?;
    let rule = |(place, item): (usize, &Json)| {
        let text = item.as_str();
        let placed = |error| explain(text.as_bytes(), &error).replacen('$', &format!("$[{place}]"), 1);
        serde_json::from_str(text).map_err(placed)
    };
    items.iter().enumerate().map(rule).collect()
}
