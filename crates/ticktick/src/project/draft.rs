//! [`ProjectDraft`]: a project to create.

use ticktick_models::{AsId, Field, FolderId, IdSource, Project, ProjectId, ProjectKind, ViewMode};

use crate::{Error, check, id};

/// A project to create.
///
/// # Examples
///
/// ```
/// use ticktick::{ProjectDraft, ViewMode};
///
/// let draft = ProjectDraft::new("🚀 Launch").color("#FFD324").view_mode(ViewMode::Kanban);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a draft does nothing until it is passed to `create`"]
pub struct ProjectDraft {
    id: Option<ProjectId>,
    name: String,
    color: Option<String>,
    view_mode: ViewMode,
    kind: ProjectKind,
    folder: Option<FolderId>,
    in_all: bool,
    muted: bool,
    sort_order: Option<i64>,
}

impl ProjectDraft {
    /// Creates a draft of a task list without a color. An emoji at the start of the name becomes its icon.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            id: None,
            name: name.into(),
            color: None,
            view_mode: ViewMode::List,
            kind: ProjectKind::Task,
            folder: None,
            in_all: true,
            muted: false,
            sort_order: None,
        }
    }

    /// Sets the id under which the project is stored. By default each create uses a new one.
    ///
    /// With an id, a create can be repeated safely, at the cost of one more read: if an earlier attempt was applied,
    /// the stored project is returned unchanged.
    pub fn id(mut self, id: impl AsId<ProjectId>) -> Self {
        self.id = Some(id.as_id());
        self
    }

    /// Returns whether the caller chose the id.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some()
    }

    /// Sets the color, as `#RRGGBB`.
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.color = Some(color.into());
        self
    }

    /// Sets the view: list, board or timeline.
    pub fn view_mode(mut self, view_mode: ViewMode) -> Self {
        self.view_mode = view_mode;
        self
    }

    /// Sets whether the project contains tasks or notes.
    pub fn kind(mut self, kind: ProjectKind) -> Self {
        self.kind = kind;
        self
    }

    /// Sets the folder.
    pub fn folder(mut self, folder: impl AsId<FolderId>) -> Self {
        self.folder = Some(folder.as_id());
        self
    }

    /// Sets whether smart lists such as All and Today show its tasks. Enabled by default.
    pub fn in_all(mut self, in_all: bool) -> Self {
        self.in_all = in_all;
        self
    }

    /// Sets whether notifications about changes by other members are muted. Disabled by default.
    pub fn muted(mut self, muted: bool) -> Self {
        self.muted = muted;
        self
    }

    /// Sets the position; smaller is higher. Neighbors are usually 2^40 apart.
    pub fn sort_order(mut self, sort_order: i64) -> Self {
        self.sort_order = Some(sort_order);
        self
    }

    /// Builds the project, with a new id.
    pub(super) fn into_project(self, ids: &mut IdSource) -> Result<Project, Error> {
        check::name("project", &self.name)?;
        self.color.as_deref().map_or(Ok(()), check::color)?;
        self.id.as_ref().map_or(Ok(()), id::check)?;
        self.folder.as_ref().map_or(Ok(()), id::check)?;
        let mut project = Project::new(self.id.unwrap_or_else(|| ProjectId::new_with(ids)));
        project.name = self.name.into();
        project.color = Field::or_absent(self.color);
        project.view_mode = self.view_mode.into();
        project.kind = self.kind.into();
        project.group_id = Field::or_absent(self.folder);
        project.in_all = self.in_all.into();
        project.muted = self.muted.into();
        project.sort_order = Field::or_absent(self.sort_order);
        Ok(project)
    }
}
