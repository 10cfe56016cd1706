//! The tags of a task as a list.

use ticktick_models::{AsId, TagName, Task};

use crate::tag::{self, name};
use crate::{Client, Error};

/// Returns whether a list contains a tag, in any case.
fn has(tags: &[TagName], tag: &TagName) -> bool {
    tags.iter().any(|other| name::is_same(other, tag))
}

/// Converts names to keys, rejects invalid ones, and creates new tags that have capital letters.
pub(super) async fn declared<T: AsId<TagName>>(
    client: &Client,
    names: impl IntoIterator<Item = T>,
) -> Result<Vec<TagName>, Error> {
    let labels: Vec<String> = names.into_iter().map(|name| name.as_id().as_str().to_owned()).collect();
    labels.iter().try_for_each(|label| name::named(label).map(drop))?;
    let stored = tag::declare(client, &labels).await?;
    Ok(stored.of_all(&labels))
}

/// Adds the tags that a task does not have yet, in any case.
pub(super) fn add(task: &mut Task, tags: Vec<TagName>) {
    for tag in tags {
        if !has(&task.tags, &tag) {
            task.tags.push(tag);
        }
    }
}

/// Replaces the tags of a task; tags that remain keep their order.
pub(super) fn set(task: &mut Task, tags: Vec<TagName>) {
    task.tags.retain(|tag| has(&tags, tag));
    add(task, tags);
}

/// Removes tags by their names in any case.
pub(super) fn remove(task: &mut Task, tags: &[String]) {
    let tags: Vec<TagName> = tags.iter().map(|tag| name::same(tag)).collect();
    task.tags.retain(|tag| !tags.contains(&name::same(tag.as_str())));
}
