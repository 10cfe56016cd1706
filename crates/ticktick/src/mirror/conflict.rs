//! [`UndoConflict`]: somebody has changed what should be undone.

use std::fmt;

use ticktick_models::Json;

/// The three versions of an object that could not be undone, because it has changed since.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UndoConflict {
    /// Number of the journal entry.
    pub entry: i64,
    /// Kind of object, such as `task`.
    pub kind: String,
    /// Id of the object.
    pub id: String,
    /// The object before the write.
    pub before: Option<Json>,
    /// The object after the write.
    pub after: Option<Json>,
    /// The object as it is now.
    pub current: Option<Json>,
}

impl fmt::Display for UndoConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "write {} was not undone, because {} {} has changed since; compare the three versions and change it by hand",
            self.entry, self.kind, self.id
        )
    }
}

/// Does not show the versions, which are private.
impl fmt::Debug for UndoConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("UndoConflict");
        shown.field("entry", &self.entry).field("kind", &self.kind).field("id", &self.id).finish_non_exhaustive()
    }
}
