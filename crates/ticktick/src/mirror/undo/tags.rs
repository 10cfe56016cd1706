//! Undoes renames, merges and deletes of tags, which also changed tasks.

use std::collections::HashMap;

use ticktick_models::{Object, Tag, TagName, Task, TaskId};

use super::{Undo, UndoneObject, undone};
use crate::mirror::action::ChangeAction;
use crate::mirror::journal::{Change, Entry};
use crate::mirror::kind::Kind;
use crate::tag::resource::resolve;
use crate::{Client, Error, TaskPatch};

/// Returns whether a write renamed, merged or deleted a tag.
pub(super) fn is_change(entry: &Entry) -> bool {
    matches!(entry.operation.as_str(), "tag.rename" | "tag.merge" | "tag.delete")
}

/// Checks that nobody has changed the tag since.
pub(super) async fn check(client: &Client, entry: &Entry, changes: &[&Change]) -> Result<(), Error> {
    let Some(change) = changes.iter().find(|change| change.kind == Kind::Tag.name()) else { return Ok(()) };
    let undo = Undo { client, entry: entry.id, change };
    let tags = client.tag().list().await?;
    let before: Tag = undo.decode(change.before.as_ref())?;
    match (change.action, &change.after) {
        (ChangeAction::Update, Some(after)) if entry.operation == "tag.rename" => {
            let after: Tag = undo.decode(Some(after))?;
            let current = resolve(&tags, &after.name)?;
            let is_taken = before.name != after.name && tags.iter().any(|tag| tag.name == before.name);
            if current.label != after.label || is_taken {
                return Err(undo.conflict(&Object::encode(current).unwrap_or_default()));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Undoes the write.
pub(super) async fn undo(client: &Client, entry: &Entry, changes: &[&Change]) -> Result<Vec<UndoneObject>, Error> {
    if entry.operation == "tag.rename" {
        for change in changes {
            let undo = Undo { client, entry: entry.id, change };
            let (before, after): (Tag, Tag) =
                (undo.decode(change.before.as_ref())?, undo.decode(change.after.as_ref())?);
            client.tag().rename(&after.name, before.label.as_deref().unwrap_or(before.name.as_str())).await?;
        }
        return Ok(changes.iter().map(|change| undone(change, None)).collect());
    }
    let is_there = |name: &str, tags: &[Tag]| tags.iter().any(|tag| tag.name == *name);
    let tags = client.tag().list().await?;
    for change in changes.iter().rev().filter(|change| change.kind == Kind::Tag.name()) {
        let undo = Undo { client, entry: entry.id, change };
        match change.action {
            // The same name was given to a new tag.
            ChangeAction::Delete if is_there(&change.id, &tags) => {}
            ChangeAction::Delete => drop(undo.create_again(undo.decode::<Tag>(change.before.as_ref())?).await?),
            _ if !is_there(&change.id, &tags) => {}
            _ => undo.restore_members::<Tag>(&TagName::from(change.id.as_str()), &[]).await?,
        }
    }
    put_back(client, entry, changes).await?;
    Ok(changes.iter().map(|change| undone(change, None)).collect())
}

/// Puts the tag back on the tasks that had it. Other tags that they have got since stay.
async fn put_back(client: &Client, entry: &Entry, changes: &[&Change]) -> Result<(), Error> {
    let changes: Vec<_> = changes.iter().filter(|change| change.kind == Kind::Task.name()).collect();
    if changes.is_empty() {
        return Ok(());
    }
    let account = client.sync().full().await?;
    // Tasks that get the same tags share a patch.
    let mut patches: HashMap<Vec<TagName>, Vec<TaskId>> = HashMap::new();
    for change in changes {
        let undo = Undo { client, entry: entry.id, change };
        let Some(task) = account.task(change.id.as_str()) else { continue };
        let (before, after): (Task, Task) = (undo.decode(change.before.as_ref())?, undo.decode(change.after.as_ref())?);
        let tags = restored(before.tags(), after.tags(), task.tags());
        if tags != task.tags() {
            patches.entry(tags).or_default().push(task.id.clone());
        }
    }
    let mut batch = client.task().batch();
    for (tags, tasks) in patches {
        batch = batch.patch(&tasks, TaskPatch::new().tags(&tags));
    }
    let report = batch.send().await?;
    match report.failures().next() {
        Some(failure) => Err(failure.error.clone()),
        None => Ok(()),
    }
}

/// Returns the current tags without the change from `before` to `after`.
fn restored(before: &[TagName], after: &[TagName], current: &[TagName]) -> Vec<TagName> {
    let stay = current.iter().filter(|tag| before.contains(tag) || !after.contains(tag));
    let back = before.iter().filter(|tag| !after.contains(tag) && !current.contains(tag));
    stay.chain(back).cloned().collect()
}
