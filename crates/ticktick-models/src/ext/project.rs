//! Methods of [`Project`].

use crate::{FolderId, Permission, Project, ProjectKind, ViewMode};

/// The text stored as the folder of a project that is in no folder.
const NO_FOLDER: &str = "NONE";

/// Plain values of members. A member that is absent or null reads as the default that the app shows.
///
/// ```
/// use ticktick_models::{Project, ViewMode};
///
/// let project: Project = serde_json::from_str(r#"{"id":"a","name":"Home","groupId":"NONE","viewMode":"kanban"}"#)?;
/// assert_eq!((project.name(), project.view_mode()), ("Home", ViewMode::Kanban));
/// assert_eq!((project.folder(), project.is_archived()), (None, false));
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Project {
    /// Returns the name, or an empty text.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    /// Returns the color as `#RRGGBB`, if the project has one.
    #[must_use]
    pub fn color(&self) -> Option<&str> {
        self.color.as_deref().filter(|color| !color.is_empty())
    }

    /// Returns the folder that contains the project, if it is in one.
    #[must_use]
    pub fn folder(&self) -> Option<&FolderId> {
        self.group_id.get().filter(|id| !id.as_str().is_empty() && **id != NO_FOLDER)
    }

    /// Returns how the app shows the project. Defaults to [`ViewMode::List`].
    #[must_use]
    pub fn view_mode(&self) -> ViewMode {
        self.view_mode.get().cloned().unwrap_or(ViewMode::List)
    }

    /// Returns whether the project contains tasks or notes. Defaults to [`ProjectKind::Task`].
    #[must_use]
    pub fn kind(&self) -> ProjectKind {
        self.kind.get().cloned().unwrap_or(ProjectKind::Task)
    }

    /// Returns whether the project is archived.
    #[must_use]
    pub fn is_archived(&self) -> bool {
        self.closed == true
    }

    /// Returns whether this is the inbox.
    #[must_use]
    pub fn is_inbox(&self) -> bool {
        self.id.is_inbox()
    }

    /// Returns whether the project is shared with others.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.user_count > 1
    }

    /// Returns whether the user may change tasks of the project.
    #[must_use]
    pub fn is_writable(&self) -> bool {
        !matches!(self.permission.get(), Some(Permission::Read | Permission::Comment))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_that_are_absent_or_null_read_as_defaults() {
        let null = r#"{"id":"a","name":null,"color":null,"groupId":null,"viewMode":null,"kind":null,"closed":null}"#;
        for json in [r#"{"id":"a"}"#, null] {
            let project: Project = serde_json::from_str(json).unwrap();
            assert_eq!(project.name(), "");
            assert_eq!(project.color(), None);
            assert_eq!(project.folder(), None);
            assert_eq!(project.view_mode(), ViewMode::List);
            assert_eq!(project.kind(), ProjectKind::Task);
            assert!(!project.is_archived() && !project.is_shared() && !project.is_inbox() && project.is_writable());
        }
    }

    #[test]
    fn an_empty_folder_and_the_word_none_are_no_folder() {
        for (id, folder) in [("", None), ("NONE", None), ("f", Some("f"))] {
            let mut project = Project::new("a");
            project.group_id.set(id);
            assert_eq!(project.folder().map(FolderId::as_str), folder);
        }
    }
}
