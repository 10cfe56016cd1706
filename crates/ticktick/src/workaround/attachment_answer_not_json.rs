//! The response to an upload may not be JSON, so the file is identified by the id that the client chose.

use ticktick_models::{Attachment, AttachmentId, Json};

/// Returns the file that a response describes, if it has the given id.
pub(crate) fn stored(answer: &str, id: &AttachmentId) -> Option<Attachment> {
    let json: Json = answer.parse().ok()?;
    let file: Attachment = json.decode_lenient().ok()?;
    is(&file, id).then_some(file)
}

/// Returns whether a file is the one that was uploaded with this id.
pub(crate) fn is(file: &Attachment, id: &AttachmentId) -> bool {
    file.id == *id || file.ref_id == *id
}
