//! Deltas that omit recent writes.

use crate::world::part::Part;

/// Delays writes in deltas while it is enabled.
#[derive(Default)]
pub(crate) struct LateSync {
    pub(crate) is_on: bool,
    /// The last change before the last sync.
    known: i64,
}

impl LateSync {
    /// Lists the parts of a dump. The switch belongs to the simulator.
    pub(crate) fn parts(&mut self) -> Vec<(&'static str, &mut dyn Part)> {
        let Self { is_on: _, known } = self;
        vec![("lateSyncKnown", known)]
    }

    /// Returns the checkpoint up to which a sync contains changes. The next sync continues from there.
    pub(crate) fn shown(&mut self, since: i64, present: i64) -> i64 {
        let known = std::mem::replace(&mut self.known, present);
        // A full sync is complete, and the checkpoint never moves back.
        if !self.is_on || since <= 0 { present } else { known.clamp(since.min(present), present) }
    }
}
