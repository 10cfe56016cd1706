//! Tags that tasks name and that do not exist yet keep their capital letters.

use ticktick_models::TagName;

use super::{TagDraft, name, resource};
use crate::{Client, Error, write};

/// Creates the tags that have capital letters and do not exist yet.
///
/// The service makes a new tag of a task by its key alone, so its label would be in lower case. Nothing is sent if no
/// label has capital letters.
pub(crate) async fn declare(client: &Client, labels: &[String]) -> Result<(), Error> {
    let labels: Vec<TagName> = labels.iter().map(|label| TagName::from(label.as_str())).collect();
    let is_capital = |label: &&str| name::same(label).as_str() != *label;
    let capital: Vec<&str> = labels.iter().map(TagName::leaf).filter(is_capital).collect();
    if capital.is_empty() {
        return Ok(());
    }
    let mut all = client.tag().list().await?;
    let known = all.len();
    for label in capital {
        if resource::find(&all, &name::same(label)).is_none() {
            let new = TagDraft::new(label).into_tags(&all)?;
            all.extend(new);
        }
    }
    match all.split_off(known) {
        new if new.is_empty() => Ok(()),
        new => write::create_all(client, new).await.map(drop),
    }
}
