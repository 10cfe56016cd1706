// A stand-in until `cargo xtask codegen` writes this folder.
use crate::*;

/// Lists the tags.
///
/// # Errors
///
/// If the call is refused or gets no answer.
pub async fn list(transport: &impl Transport) -> Result<serde_json::Value, Error> {
    Call::new(&op::TAG_LIST).decode(transport).await
}

/// Renames a tag.
///
/// # Errors
///
/// If the call is refused or gets no answer.
pub async fn rename(transport: &impl Transport, body: &serde_json::Value) -> Result<(), Error> {
    Call::new(&op::TAG_RENAME).json(body).nothing(transport).await
}
