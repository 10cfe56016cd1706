//! The response to a written comment is undocumented, so it is used only if it is the comment.

use ticktick_models::{Comment, CommentId, Json};

/// Returns the comment in a response, if it has this id and text.
pub(crate) fn stored(answer: Option<Json>, id: &CommentId, text: &str) -> Option<Comment> {
    let comment: Comment = answer?.decode_lenient().ok()?;
    Some(comment).filter(|comment| comment.id == *id && comment.title == text)
}
