//! [`UndoConflict`]: the object has changed since the write that should be undone.

use std::fmt;

use ticktick_models::{Json, Object};

use super::journal::SERVER;

/// The three versions of an object whose write could not be undone, because the object has changed since.
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

/// The three values of a member that could not be restored. A value is `None` if that version lacks the member.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UndoMember {
    /// Name of the member.
    pub name: String,
    /// The value before the write.
    pub before: Option<Json>,
    /// The value after the write.
    pub after: Option<Json>,
    /// The value now.
    pub current: Option<Json>,
}

impl UndoConflict {
    /// Returns the members that the write changed and that have changed since.
    #[must_use]
    pub fn members(&self) -> Vec<UndoMember> {
        let object =
            |json: &Option<Json>| json.as_ref().and_then(|json| json.decode::<Object>().ok()).unwrap_or_default();
        let (before, after, current) = (object(&self.before), object(&self.after), object(&self.current));
        let mut members: Vec<UndoMember> = Vec::new();
        for (name, _) in before.iter().chain(after.iter()) {
            let [was, became, is] = [&before, &after, &current].map(|version| version.get(name));
            let is_known = SERVER.contains(&name) || members.iter().any(|member| member.name == name);
            if !is_known && !same(was, became) && !same(is, became) {
                let [before, after, current] = [was, became, is].map(Option::<&Json>::cloned);
                members.push(UndoMember { name: name.to_owned(), before, after, current });
            }
        }
        members
    }
}

impl fmt::Display for UndoConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "write {} was not undone, because {} {} has changed since\nhint: compare the three versions and change it by hand",
            self.entry, self.kind, self.id
        )
    }
}

/// Omits the values, because they are private.
impl fmt::Debug for UndoMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UndoMember").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Omits the versions, because they are private.
impl fmt::Debug for UndoConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("UndoConflict");
        shown.field("entry", &self.entry).field("kind", &self.kind).field("id", &self.id).finish_non_exhaustive()
    }
}

/// Returns whether two values mean the same. Null, false, empty texts and empty lists count as absent.
pub(super) fn same(one: Option<&Json>, other: Option<&Json>) -> bool {
    let is_nothing = |json: &Json| matches!(json.as_str(), "null" | "false" | "\"\"" | "[]");
    let value = |json: Option<&Json>| json.filter(|json| !is_nothing(json)).cloned();
    match (value(one), value(other)) {
        (None, None) => true,
        (Some(one), Some(other)) => one.means(&other),
        _ => false,
    }
}
