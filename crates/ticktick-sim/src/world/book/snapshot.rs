//! The full sync, rendered once per state of an account.

use std::fmt::Write as _;

use bytes::{Bytes, BytesMut};

/// Capacity for a checkpoint and the members whose size does not depend on the account.
const SLACK: usize = 1024;

/// The last response to a full sync.
///
/// While nothing changes, responses differ only in the checkpoint at the end, so a large account is neither
/// rendered nor copied again.
#[derive(Default)]
pub(crate) struct Snapshot {
    /// Checkpoint of the last change that it contains.
    pub(crate) of: i64,
    pub(crate) text: Bytes,
    /// Offset of its checkpoint.
    pub(crate) end: usize,
}

impl Snapshot {
    /// Returns the response with a checkpoint.
    pub(crate) fn ending(&mut self, next: i64) -> Bytes {
        let mut text = match std::mem::take(&mut self.text).try_into_mut() {
            Ok(text) => text,
            // A previous response with this text is still being sent.
            Err(shared) => {
                let mut copy = BytesMut::with_capacity(self.end + SLACK);
                copy.extend_from_slice(&shared[..self.end]);
                copy
            }
        };
        text.truncate(self.end);
        // Writing to memory cannot fail.
        let _ = write!(text, "{next}}}");
        self.text = text.freeze();
        self.text.clone()
    }
}
