//! The searched members of tasks and comments.

use std::borrow::Cow;

use serde::Deserialize;

/// The members of a task or comment that are searched or returned in a hit.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Indexed<'a> {
    #[serde(borrow, deserialize_with = "text")]
    pub(crate) title: Cow<'a, str>,
    #[serde(borrow, deserialize_with = "text")]
    content: Cow<'a, str>,
    #[serde(borrow, deserialize_with = "text")]
    desc: Cow<'a, str>,
    #[serde(borrow)]
    items: Option<Vec<Item<'a>>>,
    #[serde(borrow, deserialize_with = "text")]
    pub(crate) project_id: Cow<'a, str>,
    #[serde(borrow, deserialize_with = "text")]
    pub(crate) modified_time: Cow<'a, str>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Item<'a> {
    #[serde(borrow, deserialize_with = "text")]
    title: Cow<'a, str>,
}

/// Parses a text. Null is an empty one.
fn text<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Cow<'de, str>, D::Error> {
    #[derive(Deserialize)]
    struct Text<'a>(#[serde(borrow)] Cow<'a, str>);
    Ok(Option::<Text>::deserialize(from)?.map(|text| text.0).unwrap_or_default())
}

impl<'a> Indexed<'a> {
    /// Parses an object. An object with members of other kinds matches nothing.
    pub(crate) fn read(text: &'a str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    pub(crate) fn texts(&self) -> Vec<&str> {
        let items = self.items.iter().flatten().map(|item| &*item.title);
        [&*self.title, &*self.content, &*self.desc].into_iter().chain(items).collect()
    }
}

/// The keywords of a search, in lower case.
pub(crate) struct Words(Vec<String>);

impl Words {
    pub(crate) fn new(keywords: &str) -> Self {
        Self(keywords.to_lowercase().split_whitespace().map(str::to_owned).collect())
    }

    /// Returns `true` if every word is in one of the texts.
    pub(crate) fn all_in(&self, texts: &[&str]) -> bool {
        let texts: Vec<String> = texts.iter().filter(|text| !text.is_empty()).map(|text| text.to_lowercase()).collect();
        !self.0.is_empty() && self.0.iter().all(|word| texts.iter().any(|text| text.contains(word)))
    }
}
