//! The full sync, rendered once per state of an account.

use std::fmt::Write as _;

use bytes::{Bytes, BytesMut};

/// Room for a checkpoint and for the members that do not grow with the account.
const SLACK: usize = 1024;

/// The answer that was sent last.
///
/// Only its end differs from one answer to the next while nothing changes, so a large account is
/// neither rendered nor copied again.
#[derive(Default)]
pub(crate) struct Snapshot {
    /// The last change that it contains.
    pub(crate) of: i64,
    pub(crate) text: Bytes,
    /// Offset of its checkpoint.
    pub(crate) end: usize,
}

impl Snapshot {
    pub(crate) fn ending(&mut self, next: i64) -> Bytes {
        let mut text = match std::mem::take(&mut self.text).try_into_mut() {
            Ok(text) => text,
            // It is still on its way to somebody.
            Err(shared) => {
                let mut copy = BytesMut::with_capacity(self.end + SLACK);
                copy.extend_from_slice(&shared[..self.end]);
                copy
            }
        };
        text.truncate(self.end);
        // Writing into memory does not fail.
        let _ = write!(text, "{next}}}");
        self.text = text.freeze();
        self.text.clone()
    }
}
