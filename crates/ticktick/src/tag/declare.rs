//! Creates missing tags before a task uses them, so that they keep their capital letters.

use std::collections::HashMap;

use ticktick_models::{Tag, TagName};

use super::draft::TagDraft;
use super::{name, resource};
use crate::turn::Claim;
use crate::{Client, Error, write};

/// The keys of tags with capital letters, which the service may keep.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys(HashMap<TagName, TagName>);

impl Keys {
    /// Returns the keys of labels: as they are stored, or else in lower case.
    pub(crate) fn of_all(&self, labels: &[String]) -> Vec<TagName> {
        let of = |label: &String| self.0.get(&leaf(label)).cloned().unwrap_or_else(|| name::same(label));
        labels.iter().map(of).collect()
    }
}

/// Creates the missing tags that have capital letters, while holding the lock of all tags, and returns the keys of those.
///
/// When the service creates a tag for a task, it knows only the key, so the label would be in lower case. Nothing is
/// sent if no label has capital letters.
pub(crate) async fn declare(client: &Client, labels: &[String]) -> Result<Keys, Error> {
    let _turn = client.turn(claim(Claim::default(), labels)).await;
    declare_in_turn(client, labels).await
}

/// Adds all tags to a claim if [`declare_in_turn`] may create one of these.
pub(crate) fn claim(claim: Claim, labels: &[String]) -> Claim {
    match capital(labels).next() {
        Some(_) => claim.and_all::<Tag>(),
        None => claim,
    }
}

/// Creates tags like [`declare`], while the caller holds the lock of all tags.
pub(crate) async fn declare_in_turn(client: &Client, labels: &[String]) -> Result<Keys, Error> {
    let capital: Vec<TagName> = capital(labels).collect();
    if capital.is_empty() {
        return Ok(Keys::default());
    }
    let mut all = client.tag().list().await?;
    let known = all.len();
    for label in &capital {
        if resource::find(&all, label).is_none() {
            let new = TagDraft::new(label.as_str()).into_tags(&all)?;
            all.extend(new);
        }
    }
    let stored = capital.into_iter().filter_map(|label| {
        let key = resource::find(&all, &label)?.name.clone();
        Some((label, key))
    });
    let keys = Keys(stored.collect());
    let new = all.split_off(known);
    if !new.is_empty() {
        write::create_all(client, new).await?;
    }
    Ok(keys)
}

/// Returns the names with capital letters, without the parents before a slash.
fn capital(labels: &[String]) -> impl Iterator<Item = TagName> {
    labels.iter().map(|label| leaf(label)).filter(|label| name::same(label.as_str()) != *label)
}

fn leaf(label: &str) -> TagName {
    TagName::from(TagName::from(label).leaf())
}
