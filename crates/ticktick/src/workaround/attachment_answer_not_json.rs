//! An upload may answer without JSON, so the file is known by the id that we made.

use ticktick_models::{Attachment, AttachmentId, Json};

/// Returns the file that an answer describes, if it is the one with our id.
pub(crate) fn stored(answer: &str, id: &AttachmentId) -> Option<Attachment> {
    let json: Json = answer.parse().ok()?;
    let file: Attachment = json.decode_lenient().ok()?;
    is(&file, id).then_some(file)
}

/// Tells whether a file is the one that was uploaded with this id.
pub(crate) fn is(file: &Attachment, id: &AttachmentId) -> bool {
    file.id == *id || file.ref_id == *id
}
