//! The tags of a task as a list.

use ticktick_models::{AsId, TagName, Task};

use crate::tag::{self, name};
use crate::{Client, Error};

/// Converts names to keys, rejects invalid ones, and creates new tags that have capital letters.
pub(super) async fn declared<T: AsId<TagName>>(
    client: &Client,
    names: impl IntoIterator<Item = T>,
) -> Result<Vec<TagName>, Error> {
    let labels: Vec<String> = names.into_iter().map(|name| name.as_id().as_str().to_owned()).collect();
    let keys = labels.iter().map(|label| name::named(label)).collect::<Result<Vec<_>, _>>()?;
    tag::declare(client, &labels).await?;
    Ok(keys)
}

/// Adds the tags that a task does not have yet.
pub(super) fn add(task: &mut Task, tags: Vec<TagName>) {
    for tag in tags {
        if !task.tags.contains(&tag) {
            task.tags.push(tag);
        }
    }
}

/// Replaces the tags of a task; tags that remain keep their order.
pub(super) fn set(task: &mut Task, tags: Vec<TagName>) {
    task.tags.retain(|tag| tags.contains(tag));
    add(task, tags);
}

/// Removes tags by their names in any case.
pub(super) fn remove(task: &mut Task, tags: &[String]) {
    let tags: Vec<TagName> = tags.iter().map(|tag| name::same(tag)).collect();
    task.tags.retain(|tag| !tags.contains(&name::same(tag.as_str())));
}
