//! [`ChangeAction`]: whether a write creates, changes or deletes an object.

/// What a write does to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChangeAction {
    /// The object is new, or comes back from the trash.
    Create,
    /// The object is changed.
    Update,
    /// The object is deleted.
    Delete,
}

impl ChangeAction {
    /// The name in the file.
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
