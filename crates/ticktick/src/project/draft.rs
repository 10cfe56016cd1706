//! A project that is to be created.

use ticktick_models::{AsId, Field, FolderId, IdSource, Project, ProjectId, ProjectKind, ViewMode};

use crate::{Error, check, id};

/// A project that is to be created.
///
/// # Examples
///
/// ```
/// use ticktick::{ProjectDraft, ViewMode};
///
/// let draft = ProjectDraft::new("🚀 Launch").color("#FFD324").view_mode(ViewMode::Kanban);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a draft does nothing until it is created"]
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
    /// Begins a list of tasks without a colour; an emoji in front of the name is its icon.
    ///
    /// ```
    /// let draft = ticktick::ProjectDraft::new("🚀 Launch");
    /// ```
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

    /// Sets the id under which it is stored. By default each create makes a new one.
    ///
    /// With an id, a create can be repeated safely: if an earlier try was carried out, the project that is stored under the
    /// id is returned as it is, for one read more.
    ///
    /// ```
    /// use ticktick::{ProjectDraft, ProjectId};
    ///
    /// let draft = ProjectDraft::new("Home").id(ProjectId::new());
    /// ```
    pub fn id(mut self, id: impl AsId<ProjectId>) -> Self {
        self.id = Some(id.as_id());
        self
    }

    /// Tells whether the caller chose the id.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some()
    }

    /// Sets its colour, as `#RRGGBB`.
    ///
    /// ```
    /// let draft = ticktick::ProjectDraft::new("Launch").color("#FFD324");
    /// ```
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.color = Some(color.into());
        self
    }

    /// Sets how it is shown: as a list, a board or along a time axis.
    ///
    /// ```
    /// use ticktick::{ProjectDraft, ViewMode};
    ///
    /// let draft = ProjectDraft::new("Launch").view_mode(ViewMode::Kanban);
    /// ```
    pub fn view_mode(mut self, view_mode: ViewMode) -> Self {
        self.view_mode = view_mode;
        self
    }

    /// Sets whether it holds tasks or notes.
    ///
    /// ```
    /// use ticktick::{ProjectDraft, ProjectKind};
    ///
    /// let draft = ProjectDraft::new("Launch").kind(ProjectKind::Note);
    /// ```
    pub fn kind(mut self, kind: ProjectKind) -> Self {
        self.kind = kind;
        self
    }

    /// Puts it into a folder.
    ///
    /// ```
    /// # fn example(folder: &ticktick::Folder) {
    /// let draft = ticktick::ProjectDraft::new("Launch").folder(folder.id.clone());
    /// # }
    /// ```
    pub fn folder(mut self, folder: impl AsId<FolderId>) -> Self {
        self.folder = Some(folder.as_id());
        self
    }

    /// Sets whether smart lists such as All and Today show its tasks; they do without.
    ///
    /// ```
    /// let draft = ticktick::ProjectDraft::new("Launch").in_all(false);
    /// ```
    pub fn in_all(mut self, in_all: bool) -> Self {
        self.in_all = in_all;
        self
    }

    /// Sets whether it is silent when others change it; it is not without.
    ///
    /// ```
    /// let draft = ticktick::ProjectDraft::new("Launch").muted(true);
    /// ```
    pub fn muted(mut self, muted: bool) -> Self {
        self.muted = muted;
        self
    }

    /// Sets its position; smaller is higher, and neighbours are mostly 2^40 apart.
    ///
    /// ```
    /// let draft = ticktick::ProjectDraft::new("Launch").sort_order(-(1 << 40));
    /// ```
    pub fn sort_order(mut self, sort_order: i64) -> Self {
        self.sort_order = Some(sort_order);
        self
    }

    /// Makes the project, with an id of ours.
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
