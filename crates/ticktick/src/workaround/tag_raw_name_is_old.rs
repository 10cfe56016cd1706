//! `rawName` is the name before the last rename, but an update interprets it as the current one.

use ticktick_models::Tag;

/// Sets the current name of the tag.
pub(crate) fn write(tag: &mut Tag) {
    if !tag.raw_name.is_absent() {
        tag.raw_name = tag.name.as_str().into();
    }
}
