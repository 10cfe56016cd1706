//! What is to change in a tag.

use ticktick_models::{AsId, Tag, TagName};

use super::{name, resource};
use crate::change::Change;
use crate::resource::Resource;
use crate::workaround::tag_unnest_by_empty_text;
use crate::{Error, check};

/// What is to change in a tag; everything else stays as it is.
///
/// Its name and label are changed by [`TagManager::rename`](crate::TagManager::rename).
///
/// # Examples
///
/// ```
/// use ticktick::TagPatch;
///
/// let patch = TagPatch::new().color("#FFD324").clear_parent();
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "a patch does nothing until it is given to `patch`"]
pub struct TagPatch {
    color: Change<String>,
    parent: Change<TagName>,
    sort_order: Change<i64>,
}

impl TagPatch {
    /// Begins with no change.
    ///
    /// ```
    /// assert_eq!(ticktick::TagPatch::new(), ticktick::TagPatch::default());
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives it a colour, as `#RRGGBB`.
    ///
    /// ```
    /// let patch = ticktick::TagPatch::new().color("#FFD324");
    /// ```
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.color = Change::Set(color.into());
        self
    }

    /// Takes its colour away.
    ///
    /// ```
    /// let patch = ticktick::TagPatch::new().clear_color();
    /// ```
    pub fn clear_color(mut self) -> Self {
        self.color = Change::Clear;
        self
    }

    /// Puts it below another tag.
    ///
    /// ```
    /// let patch = ticktick::TagPatch::new().parent("Work");
    /// ```
    pub fn parent(mut self, parent: impl AsId<TagName>) -> Self {
        self.parent = Change::Set(name::same(parent.as_id().as_str()));
        self
    }

    /// Takes it out from below its parent.
    ///
    /// ```
    /// let patch = ticktick::TagPatch::new().clear_parent();
    /// ```
    pub fn clear_parent(mut self) -> Self {
        self.parent = Change::Clear;
        self
    }

    /// Sets its position; smaller is higher.
    ///
    /// ```
    /// let patch = ticktick::TagPatch::new().sort_order(-(1 << 40));
    /// ```
    pub fn sort_order(mut self, sort_order: i64) -> Self {
        self.sort_order = Change::Set(sort_order);
        self
    }

    /// Refuses what no tag can have.
    pub(super) fn check(&self) -> Result<(), Error> {
        match &self.color {
            Change::Set(color) => check::color(color),
            _ => Ok(()),
        }
    }

    /// Refuses a parent that is not there, or that is below the tag itself.
    pub(super) fn check_parent(&self, tag: &TagName, all: &[Tag]) -> Result<(), Error> {
        let Change::Set(parent) = &self.parent else { return Ok(()) };
        let mut above = Some(resource::find(all, parent).ok_or_else(|| Error::not_found(Tag::WHAT, parent))?);
        // What is stored may be a circle already; no way up is longer than there are tags.
        for _ in all {
            let Some(one) = above else { break };
            if one.name == *tag {
                return Err(Error::invalid_input(format!("`{parent}` is `{tag}`, or below it; name another parent.")));
            }
            above = tag_unnest_by_empty_text::parent(one).and_then(|name| resource::find(all, name));
        }
        Ok(())
    }

    /// Changes a tag.
    pub(super) fn apply(self, tag: &mut Tag) {
        self.color.apply(&mut tag.color);
        self.sort_order.apply(&mut tag.sort_order);
        // Empty text is stored for no parent here and there.
        if self.parent != Change::Clear || tag_unnest_by_empty_text::parent(tag).is_some() {
            self.parent.apply(&mut tag.parent);
        }
    }
}
