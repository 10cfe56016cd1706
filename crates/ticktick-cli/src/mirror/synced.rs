//! [`Synced`]: the age of the data of a mirror.

use jiff::Timestamp;
use ticktick::date::{Clock, SystemClock};

use crate::generated::cli::Meta;
use crate::text::ago;

/// How old the data of a mirror is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Synced {
    pub(super) at: Timestamp,
    pub(super) stale: bool,
}

impl Synced {
    /// Adds the age to a document.
    pub(crate) fn add_to(self, meta: &mut Meta) {
        (meta.synced_at, meta.stale) = (Some(self.at), Some(self.stale));
    }

    /// Returns the age of an old mirror, to end a summary with.
    pub(crate) fn age(self) -> String {
        if self.stale {
            format!(" · synced {}", ago(SystemClock.now().duration_since(self.at)))
        } else {
            String::new()
        }
    }
}
