//! [`Changes`]: what a delta changed.

use serde::{Deserialize, Serialize};
use ticktick_models::{FilterId, FolderId, ProjectId, TagName, TaskId};

/// The objects that a delta changed in a snapshot.
///
/// Serialized as an object with the members below; each is an object with the lists `added`, `changed` and `removed`.
///
/// # Examples
///
/// ```
/// # ticktick_tests::example(async |client| {
/// let mut account = client.sync().full().await?;
/// client.task().create("Call Ada".into()).await?;
/// let changes = client.sync().refresh(&mut account).await?;
/// for task in changes.tasks.added.iter().filter_map(|id| account.task(id)) {
///     assert_eq!(task.title, "Call Ada");
/// }
/// assert!(changes.tasks.removed.is_empty());
/// # Ok(())
/// # });
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Changes {
    /// Open tasks and notes. A task that was completed, abandoned or deleted counts as removed.
    pub tasks: Changed<TaskId>,
    /// Projects. An archived project counts as changed.
    pub projects: Changed<ProjectId>,
    /// Folders.
    pub groups: Changed<FolderId>,
    /// Tags. A renamed tag counts as removed and added.
    pub tags: Changed<TagName>,
    /// Saved filters.
    pub filters: Changed<FilterId>,
}

impl Changes {
    /// Returns whether nothing changed.
    ///
    /// # Examples
    ///
    /// ```
    /// assert!(ticktick::Changes::default().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Keys of added, changed and removed objects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Changed<K> {
    /// Keys of new objects.
    pub added: Vec<K>,
    /// Keys of changed objects.
    pub changed: Vec<K>,
    /// Keys of removed objects.
    pub removed: Vec<K>,
}

// Not derived, because that would require keys to have a default.
impl<K> Default for Changed<K> {
    fn default() -> Self {
        Self { added: Vec::new(), changed: Vec::new(), removed: Vec::new() }
    }
}
