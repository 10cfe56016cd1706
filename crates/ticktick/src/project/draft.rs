//! [`ProjectDraft`]: a project to create.

use ticktick_models::{Field, FolderId, IdSource, Project, ProjectId, ProjectKind, ViewMode};

use crate::form::{form, setters};
use crate::{Error, check, id};

form! {
    /// A project to create.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::ProjectDraft;
    /// use ticktick::project::ViewMode;
    ///
    /// let draft = ProjectDraft::new("🚀 Launch").color("#FFD324").view_mode(ViewMode::Kanban);
    /// let project = client.project().create(draft).await?;
    /// assert_eq!(project.view_mode(), ViewMode::Kanban);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use = "a draft does nothing until it is passed to `create`"]
    pub struct ProjectDraft {
        name: String;
        id: Option<ProjectId>,
        color: Option<String>,
        view_mode: Option<ViewMode>,
        kind: Option<ProjectKind>,
        folder: Option<FolderId>,
        in_all: Option<bool>,
        muted: bool,
        sort_order: Option<i64>,
    }
}

impl ProjectDraft {
    /// Creates a draft of a task list without a color. An emoji at the start of the name becomes its icon.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            id: None,
            name: name.into(),
            color: None,
            view_mode: None,
            kind: None,
            folder: None,
            in_all: None,
            muted: false,
            sort_order: None,
        }
    }

    setters! {
        /// Sets the id under which the project is stored. By default, each create generates a new one.
        ///
        /// With an id, you can safely repeat a create: if an earlier attempt succeeded, the call returns the stored
        /// project unchanged. This takes one more read.
        id id: ProjectId;
    }

    /// Returns whether the caller chose the id.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some()
    }

    setters! {
        /// Sets the color, as `#RRGGBB`.
        into color: String;

        /// Sets the view: list, board or timeline. Defaults to the list.
        set view_mode: ViewMode;

        /// Sets whether the project contains tasks or notes. Defaults to tasks.
        set kind: ProjectKind;

        /// Sets the folder.
        id folder: FolderId;

        /// Sets whether smart lists such as All and Today show the tasks. Enabled by default.
        set in_all: bool;

        /// Mutes notifications about changes by others. Disabled by default.
        set muted: bool;

        /// Sets the position. Smaller is higher, and neighbors are usually 2^40 apart.
        set sort_order: i64;
    }

    /// Builds the project, with a new id.
    pub(super) fn into_project(self, ids: &mut IdSource) -> Result<Project, Error> {
        self.id.as_ref().map_or(Ok(()), id::check)?;
        self.folder.as_ref().map_or(Ok(()), id::check)?;
        check::name("project", &self.name)?;
        self.color.as_deref().map_or(Ok(()), check::color)?;
        let mut project = Project::new(self.id.unwrap_or_else(|| ProjectId::new_with(ids)));
        project.name = self.name.into();
        project.color = Field::or_absent(self.color);
        project.view_mode = self.view_mode.unwrap_or(ViewMode::List).into();
        project.kind = self.kind.unwrap_or(ProjectKind::Task).into();
        project.group_id = Field::or_absent(self.folder);
        project.in_all = self.in_all.unwrap_or(true).into();
        project.muted = self.muted.into();
        project.sort_order = Field::or_absent(self.sort_order);
        Ok(project)
    }
}
