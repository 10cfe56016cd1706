//! How checked writes read and send tags.

use ticktick_models::{BatchAnswer, BatchTags, Tag, TagName};
use ticktick_raw::{self as raw, Operation, op};

use super::name;
use crate::resource::{Found, Resource, by_key, keyed_by, take};
use crate::workaround::{tag_raw_name_is_old, tag_unnest_by_empty_text};
use crate::{Client, Error, check};

impl Resource for Tag {
    keyed_by!(name: TagName);

    const WHAT: &'static str = "tag";
    const BATCH: Operation = op::TAG_BATCH;
    const SERVER: &'static [&'static str] = &["etag", "rawName"];

    /// A tag has no time of last change.
    fn touch(&mut self, _: jiff::Timestamp) {}

    fn check(&self, before: Option<&Self>) -> Result<(), Error> {
        check::colored(&self.color, before.map(|before| &before.color))?;
        let Some(label) = check::changed(&self.label, before.map(|before| &before.label)) else { return Ok(()) };
        if name::is_same(&name::key(label)?, &self.name) {
            Ok(())
        } else {
            Err(Error::invalid_input(format!(
                "an update does not rename the tag `{}` to {label:?}\nhint: use `rename`",
                self.name
            )))
        }
    }

    async fn read(&self, client: &Client) -> Result<Self, Error> {
        take(&mut raw::tag::list(client.wire()).await?.into_inner(), &self.name)
    }

    async fn read_many(client: &Client, _: &[&Self]) -> Result<Found<Self>, Error> {
        Ok(by_key(raw::tag::list(client.wire()).await?))
    }

    async fn send(client: &Client, add: Vec<Self>, mut update: Vec<Self>) -> Result<BatchAnswer, raw::Error> {
        for tag in &mut update {
            tag_unnest_by_empty_text::write(tag);
            tag_raw_name_is_old::write(tag);
        }
        let mut batch = BatchTags::default();
        batch.add.extend(add);
        batch.update.extend(update);
        raw::tag::batch(client.wire(), &batch).await
    }
}

/// Finds a tag by its key, or else by its key in another case, because the service may keep capital letters in keys.
pub(super) fn find<'a>(all: &'a [Tag], name: &TagName) -> Option<&'a Tag> {
    all.iter().find(|tag| tag.name == *name).or_else(|| {
        let lower = name::lower(name.as_str());
        all.iter().find(|tag| name::lower(tag.name.as_str()) == lower)
    })
}

/// Finds a tag by name: the tag with this name, or for `work/urgent` the tag `urgent` below `work`.
pub(crate) fn resolve<'a>(all: &'a [Tag], name: &TagName) -> Result<&'a Tag, Error> {
    if let Some(tag) = find(all, name) {
        return Ok(tag);
    }
    let child = name.as_str().rsplit_once('/').and_then(|(above, _)| {
        let parent = name::same(above);
        let child = find(all, &name::same(name.as_str()))?;
        tag_unnest_by_empty_text::parent(child).filter(|above| name::is_same(above, &parent)).and(Some(child))
    });
    child.ok_or_else(|| Error::not_found(Tag::WHAT, name))
}
