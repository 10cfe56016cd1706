//! `rawName` tells the name from before the last rename, but an update takes it for the present one.

use ticktick_models::Tag;

/// Names the tag that is meant by its present name.
pub(crate) fn write(tag: &mut Tag) {
    if !tag.raw_name.is_absent() {
        tag.raw_name = tag.name.as_str().into();
    }
}
