//! [`ProjectPatch`]: changes to single fields of a project.

use ticktick_models::{FolderId, Project, ProjectKind, ViewMode};

use crate::change::Change;
use crate::form::{form, setters};
use crate::workaround::leave_folder_by_none;
use crate::{Error, check, id};

form! {
    /// Changes to a project. Fields that are not set here stay unchanged.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let project = client.project().create(ticktick::ProjectDraft::new("Home")).await?;
    /// use ticktick::ProjectPatch;
    /// use ticktick::project::ViewMode;
    ///
    /// let patch = ProjectPatch::new().name("🏡 Home").clear_color().view_mode(ViewMode::Kanban);
    /// let project = client.project().patch(&project, patch).await?;
    /// assert_eq!(project.name, "🏡 Home");
    /// # Ok(())
    /// # });
    /// ```
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
}

impl ProjectPatch {
    setters! {
        /// Sets the name.
        into name: String;

        /// Sets the colour, as `#RRGGBB`.
        into color: String;

        /// Removes the colour.
        clear clear_color: color;

        /// Sets the view: list, board or timeline.
        set view_mode: ViewMode;

        /// Sets whether the project contains tasks or notes.
        set kind: ProjectKind;

        /// Sets the folder.
        id folder: FolderId;

        /// Removes the project from its folder.
        clear clear_folder: folder;

        /// Sets whether smart lists such as All and Today show the tasks.
        set in_all: bool;

        /// Sets whether notifications about changes by others are muted.
        set muted: bool;

        /// Sets the position. Smaller is higher.
        set sort_order: i64;
    }

    /// Rejects invalid names and colors.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.folder.set_value().map_or(Ok(()), id::check)?;
        if let Change::Set(name) = &self.name {
            check::name("project", name)?;
        }
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
