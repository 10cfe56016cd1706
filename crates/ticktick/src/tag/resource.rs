//! How the safe write reads and sends tags.

use ticktick_models::{BatchAnswer, BatchTags, Etag, Tag, TagName};
use ticktick_raw::{self as raw, Operation, op};

use crate::order::Ordered;
use crate::resource::Resource;
use crate::workaround::{tag_raw_name_is_old, tag_unnest_by_empty_text};
use crate::{Client, Error};

impl Resource for Tag {
    type Key = TagName;

    const WHAT: &'static str = "tag";
    const BATCH: Operation = op::TAG_BATCH;
    const SERVER: &'static [&'static str] = &["etag", "rawName"];

    fn key(&self) -> &TagName {
        &self.name
    }

    fn set_key(&mut self, key: TagName) {
        self.name = key;
    }

    fn etag(&self) -> Option<&Etag> {
        self.etag.get()
    }

    fn set_etag(&mut self, etag: Etag) {
        self.etag = etag.into();
    }

    /// A tag tells no time of its last change.
    fn touch(&mut self, _: jiff::Timestamp) {}

    async fn read(&self, client: &Client) -> Result<Self, Error> {
        take(raw::tag::list(client.wire()).await?, &self.name)
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

impl Ordered for Tag {
    fn position(&self) -> Option<i64> {
        self.sort_order.copied()
    }

    fn set_position(&mut self, position: i64) {
        self.sort_order = position.into();
    }
}

/// Returns one of all tags.
pub(super) fn find<'a>(all: &'a [Tag], name: &TagName) -> Option<&'a Tag> {
    all.iter().find(|tag| tag.name == *name)
}

/// Takes one out of all tags.
pub(super) fn take(all: Vec<Tag>, name: &TagName) -> Result<Tag, Error> {
    all.into_iter().find(|tag| tag.name == *name).ok_or_else(|| Error::not_found(Tag::WHAT, name))
}
