//! [`ProjectPatch`]: changes to single fields of a project.

use ticktick_models::{AsId, FolderId, Project, ProjectKind, ViewMode};

use crate::change::Change;
use crate::workaround::leave_folder_by_none;
use crate::{Error, check, id};

/// Changes to a project. Fields that are not set here stay unchanged.
///
/// # Examples
///
/// ```
/// use ticktick::{ProjectPatch, ViewMode};
///
/// let patch = ProjectPatch::new().name("🏡 Home").clear_color().view_mode(ViewMode::Kanban);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "a patch does nothing until it is passed to `patch`"]
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
    /// Creates an empty patch.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Change::Set(name.into());
        self
    }

    /// Sets the color, as `#RRGGBB`.
    pub fn color(mut self, color: impl Into<String>) -> Self {
        self.color = Change::Set(color.into());
        self
    }

    /// Removes the color.
    pub fn clear_color(mut self) -> Self {
        self.color = Change::Clear;
        self
    }

    /// Sets the view: list, board or timeline.
    pub fn view_mode(mut self, view_mode: ViewMode) -> Self {
        self.view_mode = Change::Set(view_mode);
        self
    }

    /// Sets whether the project contains tasks or notes.
    pub fn kind(mut self, kind: ProjectKind) -> Self {
        self.kind = Change::Set(kind);
        self
    }

    /// Sets the folder.
    pub fn folder(mut self, folder: impl AsId<FolderId>) -> Self {
        self.folder = Change::Set(folder.as_id());
        self
    }

    /// Removes the project from its folder.
    pub fn clear_folder(mut self) -> Self {
        self.folder = Change::Clear;
        self
    }

    /// Sets whether smart lists such as All and Today show its tasks.
    pub fn in_all(mut self, in_all: bool) -> Self {
        self.in_all = Change::Set(in_all);
        self
    }

    /// Sets whether notifications about changes by other members are muted.
    pub fn muted(mut self, muted: bool) -> Self {
        self.muted = Change::Set(muted);
        self
    }

    /// Sets the position; smaller is higher.
    pub fn sort_order(mut self, sort_order: i64) -> Self {
        self.sort_order = Change::Set(sort_order);
        self
    }

    /// Rejects invalid names and colors.
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

    /// Applies the changes to a project.
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
