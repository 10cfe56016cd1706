//! [`Archive`]: everything in an account, as the service sent it.

mod files;
mod manifest;
mod text;

pub use self::files::write_private;
pub use self::manifest::{FileEntry, Manifest};

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::FormatError;

/// A kind of object in an archive. Each has one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// Folders.
    Groups,
    /// Projects.
    Projects,
    /// Columns.
    Columns,
    /// Tags.
    Tags,
    /// Saved filters.
    Filters,
    /// Open tasks and notes.
    Tasks,
    /// Completed and abandoned tasks.
    Completed,
    /// Comments on tasks.
    Comments,
    /// Sections of habits.
    HabitSections,
    /// Habits.
    Habits,
    /// Check-ins of habits.
    CheckIns,
    /// Focus sessions.
    Focus,
    /// Countdowns.
    Countdowns,
    /// Tasks in the trash, which are never restored.
    Trash,
}

impl Entity {
    /// All kinds, in the order in which they are restored.
    pub const ALL: [Self; 14] = [
        Self::Groups,
        Self::Projects,
        Self::Columns,
        Self::Tags,
        Self::Filters,
        Self::Tasks,
        Self::Completed,
        Self::Comments,
        Self::HabitSections,
        Self::Habits,
        Self::CheckIns,
        Self::Focus,
        Self::Countdowns,
        Self::Trash,
    ];

    /// Returns the name, which is also that of the file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Groups => "groups",
            Self::Projects => "projects",
            Self::Columns => "columns",
            Self::Tags => "tags",
            Self::Filters => "filters",
            Self::Tasks => "tasks",
            Self::Completed => "completed",
            Self::Comments => "comments",
            Self::HabitSections => "habit-sections",
            Self::Habits => "habits",
            Self::CheckIns => "check-ins",
            Self::Focus => "focus",
            Self::Countdowns => "countdowns",
            Self::Trash => "trash",
        }
    }

    pub(crate) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|entity| entity.name() == name)
    }
}

/// Everything in an account, as the service sent it.
///
/// Objects are kept as text, so that no member is lost, even if this version does not know it.
#[derive(Clone, Debug)]
pub struct Archive {
    /// When, from where and with which options it was written.
    pub manifest: Manifest,
    objects: BTreeMap<Entity, Vec<Box<RawValue>>>,
    /// Attached files, by their path in the archive.
    pub attachments: BTreeMap<String, Vec<u8>>,
}

impl Archive {
    /// Creates an empty archive.
    #[must_use]
    pub const fn new(manifest: Manifest) -> Self {
        Self { manifest, objects: BTreeMap::new(), attachments: BTreeMap::new() }
    }

    /// Returns the objects of a kind, sorted by their keys.
    #[must_use]
    pub fn objects(&self, entity: Entity) -> &[Box<RawValue>] {
        self.objects.get(&entity).map_or(&[], Vec::as_slice)
    }

    /// Returns the objects of a kind that can be read as a type, and the number of those that cannot.
    #[must_use]
    pub fn decoded<T: serde::de::DeserializeOwned>(&self, entity: Entity) -> (Vec<T>, usize) {
        let objects = self.objects(entity);
        let read: Vec<T> = objects
            .iter()
            .filter_map(|json| ticktick::models::decode_lenient(json.get().as_bytes()).ok())
            .map(|lenient| lenient.value)
            .collect();
        let bad = objects.len() - read.len();
        (read, bad)
    }

    /// Adds objects of a kind and sorts them, so that two archives of the same account are equal.
    pub fn add(&mut self, entity: Entity, objects: impl IntoIterator<Item = Box<RawValue>>) {
        let all = self.objects.entry(entity).or_default();
        all.extend(objects);
        all.sort_by_cached_key(|json| (key(json), json.get().to_owned()));
    }

    /// Returns the number of objects in the archive.
    #[must_use]
    pub fn len(&self) -> usize {
        self.objects.values().map(Vec::len).sum()
    }

    /// Returns whether the archive contains no objects.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn entities(&self) -> impl Iterator<Item = (Entity, &[Box<RawValue>])> {
        Entity::ALL.into_iter().map(|entity| (entity, self.objects(entity)))
    }
}

/// Returns the member by which an object is sorted.
fn key(json: &RawValue) -> String {
    #[derive(serde::Deserialize)]
    struct Key {
        id: Option<String>,
        name: Option<String>,
    }
    serde_json::from_str::<Key>(json.get()).ok().and_then(|key| key.id.or(key.name)).unwrap_or_default()
}

/// Refuses a path that would leave the archive.
fn safe(path: &str) -> Result<&str, FormatError> {
    let is_inside =
        !path.is_empty() && !path.contains(['\\', ':']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    if is_inside {
        Ok(path)
    } else {
        Err(FormatError::new(format!("the manifest names a path outside the archive: {path}")))
    }
}
