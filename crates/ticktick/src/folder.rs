//! Folders, which group projects.
//!
//! All calls start at [`Client::folder`](crate::Client::folder). The service's API calls folders project groups. See
//! [`error`](crate::error) for the errors that all calls share.
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! let folder = client.folder().create("Private").await?;
//! let home = client.project().create(ticktick::ProjectDraft::new("Home").folder(&folder.id)).await?;
//! assert_eq!(client.folder().projects(&folder.id).await?[0].id, home.id);
//! # Ok(())
//! # });
//! ```

pub(crate) mod resource;

use ticktick_models::{AsId, Project, ProjectId};
use ticktick_raw as raw;

use crate::manager::manager;
use crate::project::resource::refuse_inbox;
use crate::resource::Listed;
use crate::turn::Claim;
use crate::workaround::{deleted_folder_dangles, leave_folder_by_none, unarchived_is_null};
use crate::write::Newer;
use crate::{Error, ProjectPatch, check, id, order, write};
#[doc(inline)]
pub use ticktick_models::{Folder, FolderId};

manager! {
    /// Manages folders. Returned by [`Client::folder`](crate::Client::folder).
    ///
    /// The service lists folders only in a full sync, so reading one is expensive. A project that refers to a missing
    /// folder counts as a project without a folder.
    FolderManager
}

impl FolderManager<'_> {
    /// Lists the folders.
    ///
    /// `GET /api/v3/batch/check/0`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let folders = client.folder().list().await?;
    /// let names = folders.iter().filter_map(|folder| folder.name.as_deref());
    /// assert_eq!(names.collect::<Vec<_>>(), ["Office", "Private"]);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(self) -> Result<Vec<Folder>, Error> {
        Folder::list(self.client).await
    }

    /// Returns a folder.
    ///
    /// `GET /api/v3/batch/check/0`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let projects = client.project().list().await?;
    /// # let work = projects.iter().find(|project| project.name == "💼 Work").expect("part of the demo");
    /// let id = work.folder().expect("the project is in a folder");
    /// assert_eq!(client.folder().get(id).await?.name, "Office");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get(self, folder: impl AsId<FolderId>) -> Result<Folder, Error> {
        let folder = id::of(folder)?;
        crate::resource::get::<Folder>(self.client, &folder).await
    }

    /// Lists the active projects of a folder, in the order of the sidebar.
    ///
    /// If there are none, a full sync checks that the folder exists.
    ///
    /// `GET /api/v2/projects`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let folders = client.folder().list().await?;
    /// let projects = client.folder().projects(&folders[0]).await?;
    /// assert!(projects.iter().any(|project| project.name == "💼 Work"));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn projects(self, folder: impl AsId<FolderId>) -> Result<Vec<Project>, Error> {
        let folder = id::of(folder)?;
        let mut projects = raw::project::list(self.client.wire()).await?.into_inner();
        projects.retain(|project| project.group_id == folder && !unarchived_is_null::is_archived(project));
        if projects.is_empty() {
            self.get(&folder).await?;
        }
        order::sort(&mut projects);
        Ok(projects)
    }

    /// Creates an empty folder and returns it.
    ///
    /// The client chooses the id, so that a retry after a lost response never stores the folder twice. If the call
    /// fails, look for the error's [`id`](Error::id) before you repeat it.
    ///
    /// `POST /api/v2/batch/projectGroup`
    ///
    /// Returns [`Error::InvalidInput`] if the name is blank.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let project = client.project().create(ticktick::ProjectDraft::new("Reports")).await?;
    /// let folder = client.folder().create("Office").await?;
    /// client.folder().add_project(&folder, &project).await?;
    /// assert_eq!(client.folder().projects(&folder).await?.len(), 1);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn create(self, name: impl Into<String>) -> Result<Folder, Error> {
        let name = name.into();
        check::name("folder", &name)?;
        let mut folder = Folder::new(FolderId::new_with(&mut self.client.ids()));
        folder.name = name.into();
        folder.show_all = true.into();
        folder.open = true.into();
        folder.sort_order = 0.into();
        write::create(self.client, folder).await
    }

    /// Replaces the stored folder with the given one and returns it with its new etag.
    ///
    /// The stored folder is read first, so that changes made elsewhere are not overwritten.
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/projectGroup`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Conflict`] with both versions if the stored folder has changed since the given one was read,
    /// and [`Error::InvalidInput`] if its name is blank.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let mut folder = client.folder().create("Office").await?;
    /// use ticktick::project::ViewMode;
    ///
    /// folder.view_mode = ViewMode::Kanban.into();
    /// let folder = client.folder().update(&folder).await?;
    /// assert_eq!(folder.view_mode, ViewMode::Kanban);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn update(self, folder: &Folder) -> Result<Folder, Error> {
        write::replace(self.client, folder.clone(), Newer::Refuse).await
    }

    /// Replaces the stored folder with the given one, even if it has changed elsewhere since it was read.
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/projectGroup`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`update`](Self::update) except [`Error::Conflict`].
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let mut mine = client.folder().create("Office").await?;
    /// client.folder().rename(&mine, "Work").await?;
    ///
    /// mine.name = "Company".into();
    /// let folder = client.folder().overwrite(&mine).await?;
    /// assert_eq!(folder.name, "Company");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn overwrite(self, folder: &Folder) -> Result<Folder, Error> {
        write::replace(self.client, folder.clone(), Newer::Overwrite).await
    }

    /// Renames a folder and returns the updated folder.
    ///
    /// The folder is read first, so that changes made elsewhere are not undone.
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/projectGroup`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the name is blank.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let folder = client.folder().create("Office").await?;
    /// let folder = client.folder().rename(&folder, "Work").await?;
    /// assert_eq!(folder.name, "Work");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn rename(self, folder: impl AsId<FolderId>, name: impl Into<String>) -> Result<Folder, Error> {
        let folder = id::of(folder)?;
        let name = name.into();
        check::name("folder", &name)?;
        write::change_listed(self.client, &folder, |folder: &mut Folder| folder.name = name.into()).await
    }

    /// Deletes a folder and keeps its projects, which are then in no folder.
    ///
    /// The client first removes the projects from the folder, including archived ones, because the service would leave
    /// the id of the deleted folder in them.
    ///
    /// `GET /api/v3/batch/check/0`, `POST /api/v2/batch/project` if it is not empty, then `POST /api/v2/batch/projectGroup`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Batch`], and does not delete the folder, if a project cannot be removed from it.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let project = client.project().create(ticktick::ProjectDraft::new("Reports")).await?;
    /// # let folder = client.folder().create("Office").await?;
    /// # client.folder().add_project(&folder, &project).await?;
    /// client.folder().delete(&folder).await?;
    /// assert!(client.project().get(&project).await?.folder().is_none());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn delete(self, folder: impl AsId<FolderId>) -> Result<(), Error> {
        let id = &id::of(folder)?;
        let _turn = self.client.turn(Claim::one::<Folder>(id).and_all::<Project>()).await;
        let projects = resource::with_projects(self.client, id).await?;
        write::update_all(self.client, deleted_folder_dangles::released(projects, id)).await?;
        write::delete_listed::<Folder>(self.client, id).await
    }

    /// Moves a project into a folder, and out of its current folder, and returns the updated project.
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/project`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] for the inbox, and [`Error::InvalidInput`] if the folder's id is the one with
    /// which the service marks projects without a folder.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let project = client.project().create(ticktick::ProjectDraft::new("Reports")).await?;
    /// # let folder = client.folder().create("Office").await?;
    /// let project = client.folder().add_project(&folder, &project).await?;
    /// assert_eq!(project.folder(), Some(&folder.id));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn add_project(
        self,
        folder: impl AsId<FolderId>,
        project: impl AsId<ProjectId>,
    ) -> Result<Project, Error> {
        let folder = id::of(folder)?;
        let project = id::of(project)?;
        let folder = &folder;
        if leave_folder_by_none::is_none(folder) {
            return Err(Error::invalid_input(format!(
                "`{folder}` means no folder\nhint: use `remove_project` to remove a project from its folder"
            )));
        }
        refuse_inbox("changing the inbox", &project)?;
        resource::add_project(self.client, folder, &project).await
    }

    /// Removes a project from its folder and returns the updated project.
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
    /// # ticktick_tests::example(async |client| {
    /// # let project = client.project().create(ticktick::ProjectDraft::new("Reports")).await?;
    /// # let folder = client.folder().create("Office").await?;
    /// # client.folder().add_project(&folder, &project).await?;
    /// let project = client.folder().remove_project(&project).await?;
    /// assert!(project.folder().is_none());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn remove_project(self, project: impl AsId<ProjectId>) -> Result<Project, Error> {
        let project = id::of(project)?;
        self.client.project().patch(project, ProjectPatch::new().clear_folder()).await
    }
}
