//! What a written comment answers was not recorded, so it counts only where it is the comment.

use ticktick_models::{Comment, CommentId, Json};

/// Returns the comment that an answer holds, if it is the one with this id and text.
pub(crate) fn stored(answer: Option<Json>, id: &CommentId, text: &str) -> Option<Comment> {
    let comment: Comment = answer?.decode_lenient().ok()?;
    Some(comment).filter(|comment| comment.id == *id && comment.title == text)
}
