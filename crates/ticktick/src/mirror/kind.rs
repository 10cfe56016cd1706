//! [`Kind`]: the kinds of objects that a mirror holds.

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    Task,
    Project,
    Folder,
    Tag,
    Filter,
    Column,
    Habit,
    Section,
    Checkin,
    Focus,
    Countdown,
    Comment,
}

impl Kind {
    pub(super) const ALL: [Self; 12] = [
        Self::Task,
        Self::Project,
        Self::Folder,
        Self::Tag,
        Self::Filter,
        Self::Column,
        Self::Habit,
        Self::Section,
        Self::Checkin,
        Self::Focus,
        Self::Countdown,
        Self::Comment,
    ];

    /// Returns the name used in the file.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Project => "project",
            Self::Folder => "folder",
            Self::Tag => "tag",
            Self::Filter => "filter",
            Self::Column => "column",
            Self::Habit => "habit",
            Self::Section => "section",
            Self::Checkin => "checkin",
            Self::Focus => "focus",
            Self::Countdown => "countdown",
            Self::Comment => "comment",
        }
    }

    pub(super) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns the name of the member that identifies an object.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Tag => "name",
            _ => "id",
        }
    }
}
