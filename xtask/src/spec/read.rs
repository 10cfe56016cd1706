//! Reads typed values from [`Node`]s, and reports faults.

use super::fault::{Faults, closest, hint};
use super::node::{Mark, Node, Text, Value};

/// The keys of a map, by name.
pub(crate) struct Keys<'a> {
    pairs: &'a [(Text, Node)],
    mark: Mark,
    what: &'static str,
    /// Unknown keys, so that a misspelt key is not also reported as missing.
    refused: Vec<&'a str>,
}

impl<'a> Keys<'a> {
    /// Reads a map that may contain only the `allowed` keys.
    pub(crate) fn new(node: &'a Node, what: &'static str, allowed: &[&str], faults: &mut Faults) -> Option<Self> {
        let pairs = pairs(node, what, faults)?;
        let mut refused = Vec::new();
        for (key, node) in pairs {
            if key.text.contains(' ') && matches!(node.value, Value::Null) {
                faults.add(
                    key.mark,
                    format!("`{key}` would be read as a key"),
                    "put the whole text in double quotes, because a comma ends it here",
                );
            } else if !allowed.contains(&key.text.as_str()) {
                let hint = hint(key, allowed.iter().copied());
                let help = format!("{hint}allowed in {what}: {}", allowed.join(", "));
                faults.add(key.mark, format!("unknown key `{key}`"), help);
                refused.push(key.text.as_str());
            }
        }
        let mark = pairs.first().map_or(node.mark, |(key, _)| key.mark);
        Some(Self { pairs, mark, what, refused })
    }

    /// The same keys; what is missing is reported at `mark`.
    pub(crate) fn blaming(self, mark: Mark) -> Self {
        Self { mark, ..self }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&'a Node> {
        self.pairs.iter().find(|(name, _)| name.text == key).map(|(_, node)| node)
    }

    /// Returns the value of a required key.
    pub(crate) fn need(&self, key: &str, help: &str, faults: &mut Faults) -> Option<&'a Node> {
        let found = self.get(key);
        if found.is_none() && closest(key, self.refused.iter().copied()).is_none() {
            faults.add(self.mark, format!("`{key}` is missing in {}", self.what), help);
        }
        found
    }

    /// Reads a required, non-empty text.
    pub(crate) fn need_text(&self, key: &str, help: &str, faults: &mut Faults) -> Option<Text> {
        let text = text(self.need(key, help, faults)?, faults)?;
        if text.trim().is_empty() {
            faults.add(text.mark, format!("`{key}` is empty"), help);
            return None;
        }
        Some(text)
    }

    /// Reads an optional text.
    pub(crate) fn text(&self, key: &str, faults: &mut Faults) -> Option<Text> {
        text(self.get(key)?, faults)
    }

    /// A text that is one of `words`.
    pub(crate) fn word(&self, key: &str, words: &[&'static str], faults: &mut Faults) -> Option<&'static str> {
        let found = self.text(key, faults)?;
        let word = words.iter().find(|word| **word == found.text).copied();
        if word.is_none() {
            let help = format!("write one of: {}", words.join(", "));
            faults.add(found.mark, format!("`{key}` cannot be `{found}`"), help);
        }
        word
    }

    /// A list of texts; a missing key is an empty list.
    pub(crate) fn texts(&self, key: &str, faults: &mut Faults) -> Vec<Text> {
        self.get(key).map(|node| texts(node, faults)).unwrap_or_default()
    }
}

/// The pairs of a map.
pub(crate) fn pairs<'a>(node: &'a Node, what: &str, faults: &mut Faults) -> Option<&'a [(Text, Node)]> {
    if let Value::Map(pairs) = &node.value {
        return Some(pairs);
    }
    faults.add(node.mark, format!("{what} must be a map, not {}", node.value.kind()), "write `key: value` lines");
    None
}

/// The items of a list.
pub(crate) fn items<'a>(node: &'a Node, what: &str, faults: &mut Faults) -> &'a [Node] {
    if let Value::List(items) = &node.value {
        return items;
    }
    faults.add(
        node.mark,
        format!("{what} must be a list, not {}", node.value.kind()),
        "write `- item` lines or `[a, b]`",
    );
    &[]
}

/// A scalar as text, on one line.
pub(crate) fn text(node: &Node, faults: &mut Faults) -> Option<Text> {
    let text = match &node.value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Bool(word) => word.to_string(),
        other => {
            faults.add(node.mark, format!("expected text, found {}", other.kind()), "put the text in quotes");
            return None;
        }
    };
    Some(Text { text, mark: node.mark })
}

/// A date: a year, with a month and a day if they are known.
pub(crate) fn date(date: Text, faults: &mut Faults) -> Option<String> {
    let form: String = date.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if ["0000", "0000-00", "0000-00-00"].contains(&form.as_str()) {
        return Some(date.text);
    }
    faults.add(date.mark, format!("`{date}` is not a date"), "write a date such as 2026-11 or 2026-11-28");
    None
}

/// A list of texts.
pub(crate) fn texts(node: &Node, faults: &mut Faults) -> Vec<Text> {
    items(node, "this value", faults).iter().filter_map(|item| text(item, faults)).collect()
}

/// A value as JSON, for defaults and examples.
pub(crate) fn json(node: &Node) -> serde_json::Value {
    serde_json::to_value(node).unwrap_or_default()
}
