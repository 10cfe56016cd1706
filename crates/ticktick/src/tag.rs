//! Tags: names, colors, nesting, and the tasks that have them.
//!
//! All calls start at [`Client::tag`](crate::Client::tag). A tag is identified by its name in lower case, a
//! [`TagName`]; its label keeps the capitalization. See [`error`](crate::error) for the errors that all calls share.
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! use ticktick::tag::TagDraft;
//!
//! let work = client.tag().create(TagDraft::new("Work").color("#4772FA")).await?;
//! assert!(work.name == "work" && work.label == "Work");
//! client.task().create(ticktick::TaskDraft::new("Write report").tag("work")).await?;
//! assert_eq!(client.task().list_by_tag(&work.name).await?.len(), 1);
//! # Ok(())
//! # });
//! ```

mod change;
mod declare;
mod draft;
pub(crate) mod history;
pub(crate) mod name;
mod patch;
pub(crate) mod resource;
mod tasks;

use ticktick_models::{Answer, AsId};
use ticktick_raw as raw;

pub(crate) use self::declare::{Keys, claim, declare, declare_in_turn};
pub use self::draft::TagDraft;
pub use self::patch::TagPatch;
use crate::manager::manager;
use crate::workaround::tag_unnest_by_empty_text;
use crate::write::Newer;
use crate::{Error, order};
#[doc(inline)]
pub use ticktick_models::{Tag, TagKind, TagName};

manager! {
    /// Manages tags. Returned by [`Client::tag`](crate::Client::tag).
    ///
    /// A tag's key is its name in lower case, but methods accept any case. `label` is the displayed name.
    TagManager
}

impl TagManager<'_> {
    /// Lists the tags.
    ///
    /// `GET /api/v2/tags`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let tags = client.tag().list().await?;
    /// assert_eq!(tags[0].label, "Errands");
    /// assert_eq!(tags[0].name, "errands");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(self) -> Result<Answer<Vec<Tag>>, Error> {
        Ok(raw::tag::list(self.client.wire()).await?)
    }

    /// Returns a tag.
    ///
    /// `GET /api/v2/tags`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let tag = client.tag().get("errands").await?;
    /// assert_eq!(tag.label, "Errands");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get(self, tag: impl AsId<TagName>) -> Result<Tag, Error> {
        let tag = tag.as_id();
        Ok(resource::resolve(&self.list().await?, &tag)?.clone())
    }

    /// Lists the direct child tags of a tag, from top to bottom.
    ///
    /// `GET /api/v2/tags`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let children = client.tag().children("focus").await?;
    /// assert_eq!(children[0].label, "Deep");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn children(self, tag: impl AsId<TagName>) -> Result<Vec<Tag>, Error> {
        let tag = tag.as_id();
        let mut children = self.list().await?.into_inner();
        let parent = resource::resolve(&children, &tag)?.name.clone();
        children
            .retain(|child| tag_unnest_by_empty_text::parent(child).is_some_and(|above| name::is_same(above, &parent)));
        order::sort(&mut children);
        Ok(children)
    }

    /// Creates a tag below all others and returns it. If its parent does not exist, the parent is created in the same
    /// call.
    ///
    /// The tags are read first, because creating an existing tag would reset it.
    ///
    /// `GET /api/v2/tags`, then `POST /api/v2/batch/tag`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the name or the color is invalid, or if the tag already exists.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::TagDraft;
    ///
    /// let work = client.tag().create(TagDraft::new("Work").color("#4772FA")).await?;
    /// let urgent = client.tag().create(TagDraft::new("Work/Urgent")).await?;
    /// assert_eq!((urgent.name.as_str(), urgent.parent), ("urgent", work.name.clone().into()));
    /// assert_eq!(client.tag().children(&work).await?.len(), 1);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn create(self, draft: TagDraft) -> Result<Tag, Error> {
        change::create(self.client, draft).await
    }

    /// Replaces the stored tag with the given one and returns it with its new etag.
    ///
    /// The stored tag is read first, so that changes made elsewhere are not overwritten. To change single fields
    /// regardless of the version, use [`patch`](Self::patch).
    ///
    /// `GET /api/v2/tags`, then `POST /api/v2/batch/tag`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Conflict`] with both versions if the stored tag has changed since the given one was read, and
    /// [`Error::InvalidInput`] if its color or parent is invalid, or its label is another name (use
    /// [`rename`](Self::rename)).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let mut tag = client.tag().get("errands").await?;
    /// tag.color = "#00FF00".into();
    /// let tag = client.tag().update(&tag).await?;
    /// assert_eq!(tag.color, "#00FF00");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn update(self, tag: &Tag) -> Result<Tag, Error> {
        change::replace(self.client, tag, Newer::Refuse).await
    }

    /// Replaces the stored tag with the given one, even if it has changed elsewhere since it was read.
    ///
    /// `GET /api/v2/tags`, then `POST /api/v2/batch/tag`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`update`](Self::update) except [`Error::Conflict`].
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let mut mine = client.tag().get("errands").await?;
    /// client.tag().set_color(&mine, "#FF6161").await?;
    ///
    /// mine.color = "#00FF00".into();
    /// let tag = client.tag().overwrite(&mine).await?;
    /// assert_eq!(tag.color, "#00FF00");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn overwrite(self, tag: &Tag) -> Result<Tag, Error> {
        change::replace(self.client, tag, Newer::Overwrite).await
    }

    /// Changes single fields of a tag and returns the updated tag.
    ///
    /// The tag is read first, so that changes made elsewhere are not undone. If nothing differs, nothing is sent.
    ///
    /// `GET /api/v2/tags`, then `POST /api/v2/batch/tag`
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotFound`] if the tag or its new parent does not exist, and [`Error::InvalidInput`] if the
    /// color is invalid or the new parent is the tag itself or below it.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let tag = client.tag().get("errands").await?;
    /// use ticktick::tag::TagPatch;
    ///
    /// let tag = client.tag().patch(&tag, TagPatch::new().clear_color().parent("money")).await?;
    /// assert_eq!(tag.parent, "money");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn patch(self, tag: impl AsId<TagName>, patch: TagPatch) -> Result<Tag, Error> {
        change::patch(self.client, &tag.as_id(), patch).await
    }

    /// Sets the color of a tag, as `#RRGGBB`, and returns the updated tag.
    ///
    /// `GET /api/v2/tags`, then `POST /api/v2/batch/tag`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`patch`](Self::patch).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let tag = client.tag().set_color("errands", "#E070FF").await?;
    /// assert_eq!(tag.color, "#E070FF");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn set_color(self, tag: impl AsId<TagName>, color: impl Into<String>) -> Result<Tag, Error> {
        let tag = tag.as_id();
        self.patch(tag, TagPatch::new().color(color)).await
    }

    /// Nests a tag below another one and returns the updated tag.
    ///
    /// `GET /api/v2/tags`, then `POST /api/v2/batch/tag`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`patch`](Self::patch).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let tag = client.tag().nest("errands", "money").await?;
    /// assert_eq!(tag.parent, "money");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn nest(self, tag: impl AsId<TagName>, parent: impl AsId<TagName>) -> Result<Tag, Error> {
        let tag = tag.as_id();
        let parent = parent.as_id();
        self.patch(tag, TagPatch::new().parent(&parent)).await
    }

    /// Removes a tag from its parent and returns the updated tag.
    ///
    /// `GET /api/v2/tags`, then `POST /api/v2/batch/tag`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`patch`](Self::patch).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// client.tag().unnest("deep").await?;
    /// assert!(client.tag().children("focus").await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn unnest(self, tag: impl AsId<TagName>) -> Result<Tag, Error> {
        let tag = tag.as_id();
        self.patch(tag, TagPatch::new().clear_parent()).await
    }
}
