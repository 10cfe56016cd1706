//! The order of projects in the sidebar.

use ticktick_models::{AsId, Project, ProjectId};

use super::{ProjectManager, reorder};
use crate::order::Place;
use crate::{Error, id};

impl ProjectManager<'_> {
    /// Moves a project directly above another one, into the same folder, and returns the updated project.
    ///
    /// If no position is free between the neighbors, they get new positions in the same call. Folders are ignored, so
    /// one of them may still appear between the two projects.
    ///
    /// `GET /api/v2/projects`, then `POST /api/v2/batch/project`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] for the inbox, whose position is fixed, and [`Error::InvalidInput`] if both are
    /// the same project.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let projects = client.project().list().await?;
    /// let project = client.project().move_before(&projects[3], &projects[1]).await?;
    /// assert!(project.sort_order < projects[1].sort_order);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_before(
        self,
        project: impl AsId<ProjectId>,
        neighbor: impl AsId<ProjectId>,
    ) -> Result<Project, Error> {
        let project = id::of(project)?;
        let neighbor = id::of(neighbor)?;
        reorder::move_to(self.client, &project, Place::Before(&neighbor)).await
    }

    /// Moves a project directly below another one, into the same folder, and returns the updated project.
    ///
    /// Otherwise like [`move_before`](Self::move_before).
    ///
    /// `GET /api/v2/projects`, then `POST /api/v2/batch/project`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`move_before`](Self::move_before).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let projects = client.project().list().await?;
    /// let project = client.project().move_after(&projects[1], &projects[2]).await?;
    /// assert!(project.sort_order > projects[2].sort_order);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_after(
        self,
        project: impl AsId<ProjectId>,
        neighbor: impl AsId<ProjectId>,
    ) -> Result<Project, Error> {
        let project = id::of(project)?;
        let neighbor = id::of(neighbor)?;
        reorder::move_to(self.client, &project, Place::After(&neighbor)).await
    }

    /// Moves a project above all others of its folder, or of those without a folder, and returns the updated project.
    ///
    /// `GET /api/v2/projects`, then `POST /api/v2/batch/project`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] for the inbox.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let projects = client.project().list().await?;
    /// let project = client.project().move_to_top(&projects[2]).await?;
    /// assert!(project.sort_order < projects[1].sort_order);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_to_top(self, project: impl AsId<ProjectId>) -> Result<Project, Error> {
        let project = id::of(project)?;
        reorder::move_to(self.client, &project, Place::Top).await
    }

    /// Moves a project below all others of its folder, or of those without a folder, and returns the updated project.
    ///
    /// `GET /api/v2/projects`, then `POST /api/v2/batch/project`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] for the inbox.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let projects = client.project().list().await?;
    /// let project = client.project().move_to_bottom(&projects[1]).await?;
    /// assert!(project.sort_order > projects[2].sort_order);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_to_bottom(self, project: impl AsId<ProjectId>) -> Result<Project, Error> {
        let project = id::of(project)?;
        reorder::move_to(self.client, &project, Place::Bottom).await
    }
}
