//! A tag that is to be created.

use ticktick_models::{AsId, Field, Tag, TagName};

use super::{name, resource};
use crate::form::{form, setters};
use crate::order::{self, Ordered};
use crate::{Error, check};

form! {
    /// A tag that is to be created.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick::TagDraft;
    ///
    /// let draft = TagDraft::new("Urgent").parent("Work").color("#FF6161");
    /// let same = TagDraft::new("Work/Urgent").color("#FF6161");
    /// ```
    #[must_use = "a draft does nothing until it is created"]
    pub struct TagDraft {
        label: String;
        parent: Option<String>,
        color: Option<String>,
    }
}

impl TagDraft {
    /// Begins a tag without a colour, by the text that people see; its key is the same in lower case.
    ///
    /// `Work/Urgent` is a tag `Urgent` below `Work`: the slash itself is in no name.
    ///
    /// ```
    /// use ticktick::TagDraft;
    ///
    /// assert_eq!(TagDraft::new("Work/Urgent"), TagDraft::new("Urgent").parent("Work"));
    /// ```
    pub fn new(label: impl Into<String>) -> Self {
        let label = label.into();
        match label.split_once('/') {
            Some((parent, label)) => Self { label: label.into(), parent: Some(parent.into()), color: None },
            None => Self { label, parent: None, color: None },
        }
    }

    /// Puts it below another tag, which is created along with it if it is not there.
    pub fn parent(mut self, parent: impl AsId<TagName>) -> Self {
        self.parent = Some(parent.as_id().as_str().into());
        self
    }

    setters! {
        /// Sets the colour, as `#RRGGBB`.
        into color: String;
    }

    /// Refuses what no tag can have.
    pub(super) fn check(&self) -> Result<(), Error> {
        let key = name::key(&self.label)?;
        if let Some(parent) = &self.parent
            && name::key(parent)? == key
        {
            return Err(Error::invalid_input(format!("the tag `{key}` cannot be below itself; name another parent.")));
        }
        self.color.as_deref().map_or(Ok(()), check::color)
    }

    /// Makes the tag last, below all tags that there are, and its parent before it if that is not among them.
    pub(super) fn into_tags(self, all: &[Tag]) -> Result<Vec<Tag>, Error> {
        let mut tag = tag(&self.label)?;
        if resource::find(all, &tag.name).is_some() {
            return Err(Error::invalid_input(format!(
                "there is a tag `{}` already; change that one, for creating it again would reset it.",
                tag.name
            )));
        }
        tag.color = Field::or_absent(self.color);
        let mut made = Vec::new();
        if let Some(parent) = &self.parent {
            let parent = self::tag(parent)?;
            tag.parent = parent.name.clone().into();
            if resource::find(all, &parent.name).is_none() {
                made.push(parent);
            }
        }
        made.push(tag);
        let mut last = all.iter().map(order::rank).max();
        for tag in &mut made {
            let position = order::below(last);
            tag.set_position(position);
            last = Some(position);
        }
        Ok(made)
    }
}

fn tag(label: &str) -> Result<Tag, Error> {
    let mut tag = Tag::new(name::key(label)?);
    tag.label = label.into();
    Ok(tag)
}
