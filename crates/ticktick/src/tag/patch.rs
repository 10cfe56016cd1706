//! [`TagPatch`]: changes to single fields of a tag.

use ticktick_models::{AsId, Tag, TagName};

use super::{name, resource};
use crate::change::Change;
use crate::form::{form, setters};
use crate::resource::Resource;
use crate::workaround::tag_unnest_by_empty_text;
use crate::{Error, check};

form! {
    /// Changes to a tag. Fields that are not set here stay unchanged.
    ///
    /// To change the name and label, use [`TagManager::rename`](crate::tag::TagManager::rename).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// use ticktick::tag::TagPatch;
    ///
    /// let tag = client.tag().patch("deep", TagPatch::new().color("#FFD324").clear_parent()).await?;
    /// assert_eq!(tag.color, "#FFD324");
    /// # Ok(())
    /// # });
    /// ```
    #[must_use = "a patch does nothing until it is passed to `patch`"]
    pub struct TagPatch {
        color: Change<String>,
        parent: Change<TagName>,
        sort_order: Change<i64>,
    }
}

impl TagPatch {
    setters! {
        /// Sets the color, as `#RRGGBB`.
        into color: String;

        /// Removes the color.
        clear clear_color: color;
    }

    /// Sets the parent.
    pub fn parent(mut self, parent: impl AsId<TagName>) -> Self {
        self.parent = Change::Set(name::same(parent.as_id().as_str()));
        self
    }

    setters! {
        /// Removes the tag from its parent.
        clear clear_parent: parent;

        /// Sets the position. Smaller is higher.
        set sort_order: i64;
    }

    /// Rejects invalid colors.
    pub(super) fn check(&self) -> Result<(), Error> {
        match &self.color {
            Change::Set(color) => check::color(color),
            _ => Ok(()),
        }
    }

    /// Rejects a parent that does not exist, or that is below the tag itself.
    pub(super) fn check_parent(&self, tag: &TagName, all: &[Tag]) -> Result<(), Error> {
        let Change::Set(parent) = &self.parent else { return Ok(()) };
        let mut above = Some(resource::find(all, parent).ok_or_else(|| Error::not_found(Tag::WHAT, parent))?);
        // The stored parents may already form a cycle, but no path is longer than the number of tags.
        for _ in all {
            let Some(one) = above else { break };
            if one.name == *tag {
                return Err(Error::invalid_input(format!(
                    "`{parent}` is `{tag}` or below it\nhint: use another parent"
                )));
            }
            above = tag_unnest_by_empty_text::parent(one).and_then(|name| resource::find(all, name));
        }
        Ok(())
    }

    /// Writes the key of the parent as it is stored.
    pub(super) fn below_stored(mut self, all: &[Tag]) -> Self {
        if let Change::Set(parent) = &mut self.parent
            && let Some(stored) = resource::find(all, parent)
        {
            *parent = stored.name.clone();
        }
        self
    }

    /// Applies the changes to a tag.
    pub(super) fn apply(self, tag: &mut Tag) {
        self.color.apply(&mut tag.color);
        self.sort_order.apply(&mut tag.sort_order);
        // The service stores an empty string for no parent in some cases.
        if self.parent != Change::Clear || tag_unnest_by_empty_text::parent(tag).is_some() {
            self.parent.apply(&mut tag.parent);
        }
    }
}
