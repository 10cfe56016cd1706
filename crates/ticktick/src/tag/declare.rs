//! Creates missing tags before a task uses them, so that they keep their capital letters.

use ticktick_models::{Tag, TagName};

use super::draft::TagDraft;
use super::{name, resource};
use crate::turn::Claim;
use crate::{Client, Error, write};

/// Creates the missing tags that have capital letters, while holding the lock of all tags.
///
/// When the service creates a tag for a task, it knows only the key, so the label would be in lower case. Nothing is
/// sent if no label has capital letters.
pub(crate) async fn declare(client: &Client, labels: &[String]) -> Result<(), Error> {
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
pub(crate) async fn declare_in_turn(client: &Client, labels: &[String]) -> Result<(), Error> {
    let capital: Vec<TagName> = capital(labels).collect();
    if capital.is_empty() {
        return Ok(());
    }
    let mut all = client.tag().list().await?;
    let known = all.len();
    for label in &capital {
        if resource::find(&all, &name::same(label.as_str())).is_none() {
            let new = TagDraft::new(label.as_str()).into_tags(&all)?;
            all.extend(new);
        }
    }
    match all.split_off(known) {
        new if new.is_empty() => Ok(()),
        new => write::create_all(client, new).await.map(drop),
    }
}

/// Returns the names with capital letters, without the parents before a slash.
fn capital(labels: &[String]) -> impl Iterator<Item = TagName> {
    let names = labels.iter().map(|label| TagName::from(TagName::from(label.as_str()).leaf()));
    names.filter(|label| name::same(label.as_str()) != *label)
}
