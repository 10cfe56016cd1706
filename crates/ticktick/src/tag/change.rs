//! Creates, changes, renames, merges and deletes tags.

use ticktick_models::{BatchAnswer, MergeTags, RenameTag, Tag, TagName, Task};
use ticktick_raw::{self as raw, op};

use super::draft::TagDraft;
use super::patch::TagPatch;
use super::{name, resource};
use crate::resource::{Resource, take};
use crate::turn::Claim;
use crate::workaround::{tag_merge_may_leave_source, tag_unnest_by_empty_text};
use crate::write::Newer;
use crate::{Client, Error, check, write};

/// Creates the tag of a draft, and its parent if that does not exist.
pub(super) async fn create(client: &Client, draft: TagDraft) -> Result<Tag, Error> {
    draft.check()?;
    let _turn = client.turn(Claim::all::<Tag>()).await;
    let tags = draft.into_tags(&raw::tag::list(client.wire()).await?)?;
    let mut stored = write::create_all(client, tags).await?;
    Ok(stored.swap_remove(stored.len() - 1))
}

/// Reads a tag while holding the lock of all tags, changes it, and stores it if it differs.
pub(super) async fn patch(client: &Client, tag: &TagName, patch: TagPatch) -> Result<Tag, Error> {
    patch.check()?;
    let _turn = client.turn(Claim::all::<Tag>()).await;
    let all = raw::tag::list(client.wire()).await?;
    let before = resource::resolve(&all, tag)?;
    patch.check_parent(&before.name, &all)?;
    let mut changed = before.clone();
    patch.below_stored(&all).apply(&mut changed);
    write::store(client, before.clone(), changed).await
}

/// Replaces a stored tag while holding its lock, unless it is newer than the given one.
pub(super) async fn replace(client: &Client, tag: &Tag, newer: Newer) -> Result<Tag, Error> {
    let _turn = client.turn(Claim::one::<Tag>(&tag.name)).await;
    let all = raw::tag::list(client.wire()).await?;
    let before = resource::find(&all, &tag.name).ok_or_else(|| Error::not_found(Tag::WHAT, &tag.name))?;
    if let Some(parent) = tag_unnest_by_empty_text::parent(tag)
        && tag_unnest_by_empty_text::parent(before) != Some(parent)
    {
        TagPatch::new().parent(parent).check_parent(&tag.name, &all)?;
    }
    write::replace_read(client, before, tag.clone(), newer).await
}

/// Renames a tag on all tasks, and checks that it has the new name.
pub(super) async fn rename(client: &Client, tag: &TagName, label: String) -> Result<Tag, Error> {
    let new = name::key(&label)?;
    let _turn = client.turn(Claim::all::<Tag>().and_all::<Task>()).await;
    let mut all = raw::tag::list(client.wire()).await?;
    let old = resource::resolve(&all, tag)?.name.clone();
    if resource::find(&all, &new).is_some_and(|taken| taken.name != old) {
        return Err(Error::invalid_input(format!(
            "tag `{new}` already exists\nhint: use `merge` to merge `{old}` into it"
        )));
    }
    let tag = take(&mut all, &old)?;
    if tag.label == label && name::lower(old.as_str()) == new {
        return Ok(tag);
    }
    let body = RenameTag::new(old, label.clone());
    let renamed = || async {
        let all = raw::tag::list(client.wire()).await?;
        Ok::<_, Error>(resource::find(&all, &new).filter(|tag| tag.label == label).cloned())
    };
    let answer = write::perform(
        client,
        || async { raw::tag::rename(client.wire(), &body).await.map(|()| None) },
        || async { Ok(renamed().await?.map(Some)) },
    );
    let confirmed = match answer.await? {
        Some(tag) => Some(tag),
        None => renamed().await?,
    };
    confirmed.ok_or_else(|| Error::NotApplied { operation: op::TAG_RENAME.id, id: new.to_string() })
}

/// Merges a tag into another one, and removes what is left of it.
pub(super) async fn merge(client: &Client, source: &TagName, target: &TagName) -> Result<Tag, Error> {
    if name::same(source.as_str()) == name::same(target.as_str()) {
        return Err(Error::invalid_input(format!("`{}` cannot be merged into itself\nhint: use another tag", source)));
    }
    let _turn = client.turn(Claim::all::<Tag>().and_all::<Task>()).await;
    let before = raw::tag::list(client.wire()).await?;
    let source = resource::resolve(&before, source)?.name.clone();
    let target = resource::resolve(&before, target)?.name.clone();
    let body = MergeTags::new(source.clone(), target.clone());
    write::perform(
        client,
        || raw::tag::merge(client.wire(), &body),
        || async {
            let all = raw::tag::list(client.wire()).await?;
            Ok(resource::find(&all, &source).is_none().then_some(()))
        },
    )
    .await?;
    let mut after = raw::tag::list(client.wire()).await?;
    let is_left = resource::find(&after, &source).is_some();
    let target = take(&mut after, &target)?;
    if is_left {
        tag_merge_may_leave_source::clean_up(client, &source).await?;
    }
    Ok(target)
}

/// Deletes a tag, and checks that it is gone.
pub(super) async fn delete(client: &Client, tag: &TagName) -> Result<(), Error> {
    check::name("tag", tag.as_str())?;
    let _turn = client.turn(Claim::all::<Tag>().and_all::<Task>()).await;
    let all = raw::tag::list(client.wire()).await?;
    let name = &resource::resolve(&all, tag)?.name;
    let find = || async {
        let all = raw::tag::list(client.wire()).await?;
        resource::find(&all, name).map(drop).ok_or_else(|| Error::not_found("tag", name))
    };
    // The response is empty.
    let send = || async { raw::tag::delete(client.wire(), name).await.map(|()| BatchAnswer::default()) };
    write::delete_found(client, name.as_str(), &op::TAG_DELETE, find, send).await
}
