//! Null leaves a tag under its parent; only the empty text takes it out.

use ticktick_models::{Tag, TagName};

/// Returns the tag above, if there is one.
pub(crate) fn parent(tag: &Tag) -> Option<&TagName> {
    tag.parent.get().filter(|parent| !parent.as_str().is_empty())
}

/// Writes no parent in the way that works.
pub(crate) fn write(tag: &mut Tag) {
    if tag.parent.is_null() {
        tag.parent = TagName::from("").into();
    }
}
