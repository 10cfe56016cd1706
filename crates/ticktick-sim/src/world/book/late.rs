//! Deltas that omit recent writes.

use crate::world::part::Part;

/// A switch, and what a sync may show while it is on.
#[derive(Default)]
pub(crate) struct LateSync {
    pub(crate) is_on: bool,
    /// The last change before the last sync.
    known: i64,
}

impl LateSync {
    /// Names what a dump carries; the switch is the simulator's.
    pub(crate) fn parts(&mut self) -> Vec<(&'static str, &mut dyn Part)> {
        let Self { is_on: _, known } = self;
        vec![("lateSyncKnown", known)]
    }

    /// Returns the checkpoint up to which a sync shows changes; from there the next one goes on.
    pub(crate) fn shown(&mut self, since: i64, present: i64) -> i64 {
        let known = std::mem::replace(&mut self.known, present);
        // What was asked for from the start is complete; and nobody is sent back.
        if !self.is_on || since <= 0 { present } else { known.clamp(since.min(present), present) }
    }
}
