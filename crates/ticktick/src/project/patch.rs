//! What is to change in a project.

use ticktick_models::{AsId, FolderId, Project, ProjectKind, ViewMode};

use crate::change::Change;
use crate::workaround::leave_folder_by_none;
use crate::{Error, check, id};

/// What is to change in a project; everything else stays as it is.
///
/// # Examples
///
/// ```
/// use ticktick::{ProjectPatch, ViewMode};
///
/// let patch = ProjectPatch::new().name("🏡 Home").clear_color().view_mode(ViewMode::Kanban);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "a patch does nothing until it is given to `patch`"]
pub struct ProjectPatch {
    name: Change<String>,
    color: Change<String>,
    view_mode: Change<ViewMode>,
    kind: Change<ProjectKind>,
    folder: Change<FolderId>,
    in_all: Change<bool>,
    muted: Change<bool>,
    sort_order: Change<i64>,
}

impl ProjectPatch {
    /// Begins with no change.
    ///
    /// ```
    /// assert_eq!(ticktick::ProjectPatch::new(), ticktick::ProjectPatch::default());
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives it another name.
    ///
    /// ```
    /// let patch = ticktick::ProjectPatch::new().name("🏡 Home");
    /// ```
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Change::Set(name.into());
        self
    }

    /// Gives it a colour, as `#RRGGBB`.
    ///
    /// ```
    /// let patch = ticktick::ProjectPatch::new().color("#FFD324");
    /// ```
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.color = Change::Set(color.into());
        self
    }

    /// Takes its colour away.
    ///
    /// ```
    /// let patch = ticktick::ProjectPatch::new().clear_color();
    /// ```
    pub fn clear_color(mut self) -> Self {
        self.color = Change::Clear;
        self
    }

    /// Shows it as a list, a board or along a time axis.
    ///
    /// ```
    /// use ticktick::{ProjectPatch, ViewMode};
    ///
    /// let patch = ProjectPatch::new().view_mode(ViewMode::Kanban);
    /// ```
    pub fn view_mode(mut self, view_mode: ViewMode) -> Self {
        self.view_mode = Change::Set(view_mode);
        self
    }

    /// Sets whether it holds tasks or notes.
    ///
    /// ```
    /// use ticktick::{ProjectKind, ProjectPatch};
    ///
    /// let patch = ProjectPatch::new().kind(ProjectKind::Note);
    /// ```
    pub fn kind(mut self, kind: ProjectKind) -> Self {
        self.kind = Change::Set(kind);
        self
    }

    /// Puts it into a folder.
    ///
    /// ```
    /// # fn example(folder: &ticktick::Folder) {
    /// let patch = ticktick::ProjectPatch::new().folder(folder.id.clone());
    /// # }
    /// ```
    pub fn folder(mut self, folder: impl AsId<FolderId>) -> Self {
        self.folder = Change::Set(folder.as_id());
        self
    }

    /// Takes it out of its folder.
    ///
    /// ```
    /// let patch = ticktick::ProjectPatch::new().clear_folder();
    /// ```
    pub fn clear_folder(mut self) -> Self {
        self.folder = Change::Clear;
        self
    }

    /// Sets whether smart lists such as All and Today show its tasks.
    ///
    /// ```
    /// let patch = ticktick::ProjectPatch::new().in_all(false);
    /// ```
    pub fn in_all(mut self, in_all: bool) -> Self {
        self.in_all = Change::Set(in_all);
        self
    }

    /// Sets whether it is silent when others change it.
    ///
    /// ```
    /// let patch = ticktick::ProjectPatch::new().muted(true);
    /// ```
    pub fn muted(mut self, muted: bool) -> Self {
        self.muted = Change::Set(muted);
        self
    }

    /// Sets its position; smaller is higher.
    ///
    /// ```
    /// let patch = ticktick::ProjectPatch::new().sort_order(-(1 << 40));
    /// ```
    pub fn sort_order(mut self, sort_order: i64) -> Self {
        self.sort_order = Change::Set(sort_order);
        self
    }

    /// Refuses what no project can have.
    pub(super) fn check(&self) -> Result<(), Error> {
        if let Change::Set(name) = &self.name {
            check::name("project", name)?;
        }
        self.folder.set_value().map_or(Ok(()), id::check)?;
        match &self.color {
            Change::Set(color) => check::color(color),
            _ => Ok(()),
        }
    }

    /// Changes a project.
    pub(super) fn apply(self, project: &mut Project) {
        self.name.apply(&mut project.name);
        self.color.apply(&mut project.color);
        self.view_mode.apply(&mut project.view_mode);
        self.kind.apply(&mut project.kind);
        self.folder.apply(&mut project.group_id);
        self.in_all.apply(&mut project.in_all);
        self.muted.apply(&mut project.muted);
        self.sort_order.apply(&mut project.sort_order);
        leave_folder_by_none::read(project);
    }
}
