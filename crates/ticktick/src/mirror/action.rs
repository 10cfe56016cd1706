//! [`ChangeAction`]: whether a write creates, changes or deletes an object.

/// What a write does to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChangeAction {
    /// The write creates the object or restores it from the trash.
    Create,
    /// The write changes the object.
    Update,
    /// The write deletes the object.
    Delete,
}

impl ChangeAction {
    /// Returns the name used in the file.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }

    pub(super) fn of(name: &str) -> Self {
        let all = [Self::Create, Self::Delete];
        all.into_iter().find(|action| action.name() == name).unwrap_or(Self::Update)
    }
}
