//! An entry of the index: the current text, or an older one while the index lags.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

/// The texts that the index still has in the place of newer ones.
#[derive(Default)]
pub(crate) struct SearchBook {
    pub(crate) lag: SignedDuration,
    old: HashMap<Box<str>, Vec<Old>>,
}

/// A text that was replaced; none for an object that was not there before.
struct Old {
    until: Timestamp,
    text: Option<Box<str>>,
}

impl SearchBook {
    /// Remembers what the text of an object is before it changes.
    pub(crate) fn remember(&mut self, id: &str, text: Option<&str>, now: Timestamp) {
        if self.lag <= SignedDuration::ZERO {
            return;
        }
        let until = now.saturating_add(self.lag).unwrap_or(Timestamp::MAX);
        let olds = self.old.entry(id.into()).or_default();
        olds.retain(|old| old.until > now);
        olds.push(Old { until, text: text.map(Into::into) });
    }

    /// Returns the text of an object that the index has.
    pub(crate) fn seen<'a>(&'a self, id: &str, present: &'a str, now: Timestamp) -> Option<&'a str> {
        let old = self.old.get(id).and_then(|olds| olds.iter().find(|old| old.until > now));
        old.map_or(Some(present), |old| old.text.as_deref())
    }
}

/// The members of a task or comment that are searched, or told of in a hit.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Indexed<'a> {
    #[serde(borrow, deserialize_with = "text")]
    pub(super) title: Cow<'a, str>,
    #[serde(borrow, deserialize_with = "text")]
    content: Cow<'a, str>,
    #[serde(borrow, deserialize_with = "text")]
    desc: Cow<'a, str>,
    #[serde(borrow)]
    items: Option<Vec<Item<'a>>>,
    #[serde(borrow, deserialize_with = "text")]
    pub(super) project_id: Cow<'a, str>,
    #[serde(borrow, deserialize_with = "text")]
    pub(super) modified_time: Cow<'a, str>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Item<'a> {
    #[serde(borrow, deserialize_with = "text")]
    title: Cow<'a, str>,
}

/// Reads a text, or null as the empty one.
fn text<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Cow<'de, str>, D::Error> {
    #[derive(Deserialize)]
    struct Text<'a>(#[serde(borrow)] Cow<'a, str>);
    Ok(Option::<Text>::deserialize(from)?.map(|text| text.0).unwrap_or_default())
}

impl<'a> Indexed<'a> {
    /// Reads the text of an object; one with members of other kinds is not found.
    pub(super) fn read(text: &'a str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    pub(super) fn texts(&self) -> Vec<&str> {
        let items = self.items.iter().flatten().map(|item| &*item.title);
        [&*self.title, &*self.content, &*self.desc].into_iter().chain(items).collect()
    }
}

/// What is looked for; capitals do not count.
pub(super) struct Words(Vec<String>);

impl Words {
    pub(super) fn new(keywords: &str) -> Self {
        Self(keywords.to_lowercase().split_whitespace().map(str::to_owned).collect())
    }

    /// Returns `true` if every word is in one of the texts.
    pub(super) fn all_in(&self, texts: &[&str]) -> bool {
        let texts: Vec<String> = texts.iter().filter(|text| !text.is_empty()).map(|text| text.to_lowercase()).collect();
        !self.0.is_empty() && self.0.iter().all(|word| texts.iter().any(|text| text.contains(word)))
    }
}
