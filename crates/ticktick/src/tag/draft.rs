//! [`TagDraft`]: a tag to create.

use ticktick_models::{AsId, Field, Tag, TagName};

use super::{name, resource};
use crate::form::{form, setters};
use crate::order::{self, Ordered};
use crate::{Error, check};

form! {
    /// A tag to create.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::TagDraft;
    ///
    /// client.tag().create(TagDraft::new("Work")).await?;
    /// let urgent = client.tag().create(TagDraft::new("Urgent").parent("Work").color("#FF6161")).await?;
    /// let later = client.tag().create(TagDraft::new("Work/Later")).await?;
    /// assert_eq!(urgent.parent, later.parent);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use = "a draft does nothing until it is passed to `create`"]
    pub struct TagDraft {
        label: String;
        parent: Option<String>,
        color: Option<String>,
    }
}

impl TagDraft {
    /// Creates a draft of a tag without a color. The key is the label in lower case.
    ///
    /// `Work/Urgent` means the tag `Urgent` below `Work`; a name cannot contain a slash.
    pub fn new(label: impl Into<String>) -> Self {
        let label = label.into();
        match label.split_once('/') {
            Some((parent, label)) => Self { label: label.into(), parent: Some(parent.into()), color: None },
            None => Self { label, parent: None, color: None },
        }
    }

    /// Sets the parent, which is created too if it does not exist.
    pub fn parent(mut self, parent: impl AsId<TagName>) -> Self {
        self.parent = Some(parent.as_id().as_str().into());
        self
    }

    setters! {
        /// Sets the color, as `#RRGGBB`.
        into color: String;
    }

    /// Rejects invalid names and colors.
    pub(super) fn check(&self) -> Result<(), Error> {
        let key = name::key(&self.label)?;
        if let Some(parent) = &self.parent
            && name::key(parent)? == key
        {
            return Err(Error::invalid_input(format!(
                "the tag `{key}` cannot be its own parent\nhint: use another parent"
            )));
        }
        self.color.as_deref().map_or(Ok(()), check::color)
    }

    /// Builds the tag, positioned below all others, preceded by its parent if that does not exist.
    pub(super) fn into_tags(self, all: &[Tag]) -> Result<Vec<Tag>, Error> {
        let mut tag = tag(&self.label)?;
        if resource::find(all, &tag.name).is_some() {
            return Err(Error::invalid_input(format!(
                "tag `{}` already exists, and creating it again would reset it\nhint: use `patch`",
                tag.name
            )));
        }
        tag.color = Field::or_absent(self.color);
        let mut made = Vec::new();
        if let Some(parent) = &self.parent {
            let parent = self::tag(parent)?;
            match resource::find(all, &parent.name) {
                Some(stored) => tag.parent = stored.name.clone().into(),
                None => {
                    tag.parent = parent.name.clone().into();
                    made.push(parent);
                }
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
