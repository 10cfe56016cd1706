//! What a delta changed.

use serde::{Deserialize, Serialize};
use ticktick_models::{FilterId, FolderId, ProjectId, TagName, TaskId};

/// What a delta changed in a snapshot.
///
/// In serde, this is an object with the members below, each of them an object of the lists `added`, `changed` and `removed`.
///
/// # Examples
///
/// ```
/// # async fn example(client: ticktick::Client, mut account: ticktick::Account) -> Result<(), ticktick::Error> {
/// let changes = client.sync().refresh(&mut account).await?;
/// for task in changes.tasks.added.iter().filter_map(|id| account.task(id)) {
///     println!("new: {}", task.title);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Changes {
    /// Open tasks and notes. One that was completed, abandoned or put into the trash is removed.
    pub tasks: Changed<TaskId>,
    /// Projects. One that was archived is changed.
    pub projects: Changed<ProjectId>,
    /// Folders.
    pub groups: Changed<FolderId>,
    /// Tags. One that was renamed is removed and added.
    pub tags: Changed<TagName>,
    /// Saved filters.
    pub filters: Changed<FilterId>,
}

impl Changes {
    /// Whether nothing changed.
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

/// Keys of what was added, changed and removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Changed<K> {
    /// What was not there before.
    pub added: Vec<K>,
    /// What is not as it was.
    pub changed: Vec<K>,
    /// What is there no longer.
    pub removed: Vec<K>,
}

// Not derived, for keys need no default.
impl<K> Default for Changed<K> {
    fn default() -> Self {
        Self { added: Vec::new(), changed: Vec::new(), removed: Vec::new() }
    }
}
