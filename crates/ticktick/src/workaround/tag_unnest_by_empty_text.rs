//! Null leaves a tag below its parent; only the empty string removes it.

use ticktick_models::{Tag, TagName};

/// Returns the parent of a tag, if it has one.
pub(crate) fn parent(tag: &Tag) -> Option<&TagName> {
    tag.parent.get().filter(|parent| !parent.as_str().is_empty())
}

/// Writes no parent in the form that works.
pub(crate) fn write(tag: &mut Tag) {
    if tag.parent.is_null() {
        tag.parent = TagName::from("").into();
    }
}
