//! Folders, which group projects.
//!
//! All calls start at [`Client::folder`](crate::Client::folder). The service calls a folder a project group, and so do the
//! models. Calls fail as [`error`](crate::error) describes.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
//! # let me = ticktick::session::Credentials::new("me@example.com", "secret");
//! # let client = ticktick::Client::builder().base_url(sim.base_url()).credentials(me).build()?;
//! let folder = client.folder().create("Private").await?;
//! let home = client.project().create(ticktick::ProjectDraft::new("Home").folder(&folder.id)).await?;
//! assert_eq!(client.folder().projects(&folder.id).await?[0].id, home.id);
//! # Ok(())
//! # }
//! ```

pub(crate) mod resource;

use ticktick_models::{AsId, BatchFolders, Project, ProjectId};
use ticktick_raw::{self as raw, op};

use crate::manager::manager;
use crate::project::resource::refuse_inbox;
use crate::resource::take;
use crate::turn::Claim;
use crate::workaround::{deleted_folder_dangles, leave_folder_by_none, unarchived_is_null};
use crate::write::Newer;
use crate::{Error, ProjectPatch, check, id, order, write};
#[doc(inline)]
pub use ticktick_models::{Folder, FolderId};

manager! {
    /// Works with folders of projects. From [`Client::folder`](crate::Client::folder).
    ///
    /// The service lists folders in a full sync alone, so reading one is not cheap. A project whose folder is not
    /// among them is in none.
    FolderManager
}

impl FolderManager<'_> {
    /// Lists the folders.
    ///
    /// `GET /api/v3/batch/check/0`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// for folder in client.folder().list().await? {
    ///     println!("{}", folder.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn list(self) -> Result<Vec<Folder>, Error> {
        resource::list(self.client).await
    }

    /// Returns a folder.
    ///
    /// `GET /api/v3/batch/check/0`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is none of this id.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, project: ticktick::Project) -> Result<(), ticktick::Error> {
    /// if let Some(folder) = project.group_id.get() {
    ///     println!("in {}", client.folder().get(folder).await?.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn get(self, folder: impl AsId<FolderId>) -> Result<Folder, Error> {
        let folder = id::of(folder)?;
        resource::get(self.client, &folder).await
    }

    /// Lists the projects in a folder that are in use, in the order of the side bar.
    ///
    /// `GET /api/v2/projects`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// for folder in client.folder().list().await? {
    ///     println!("{}: {}", folder.name, client.folder().projects(&folder).await?.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn projects(self, folder: impl AsId<FolderId>) -> Result<Vec<Project>, Error> {
        let folder = id::of(folder)?;
        let mut projects = raw::project::list(self.client.wire()).await?.into_inner();
        projects.retain(|project| project.group_id == folder && !unarchived_is_null::is_archived(project));
        order::sort(&mut projects);
        Ok(projects)
    }

    /// Creates an empty folder and returns it.
    ///
    /// The client chooses its id, so that a retry after a lost answer never stores it twice. If no answer comes, the
    /// error's [`id`](Error::id) tells what to look for before the call is repeated.
    ///
    /// `POST /api/v2/batch/projectGroup`
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the name is blank; [`Error::Batch`] if it is refused; [`Error::NotApplied`] if the service
    /// took the call and stored nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, project: ticktick::Project) -> Result<(), ticktick::Error> {
    /// let folder = client.folder().create("Office").await?;
    /// client.folder().add_project(&folder, &project).await?;
    /// # Ok(())
    /// # }
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
    /// It is read first, so that nothing is lost that was changed elsewhere since the given one was read.
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/projectGroup`
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] with both versions if it was changed since the given one was read; [`Error::NotFound`] if it
    /// does not exist; [`Error::InvalidInput`] if its name is blank.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, mut folder: ticktick::folder::Folder) -> Result<(), ticktick::Error> {
    /// folder.view_mode = ticktick::project::ViewMode::Kanban.into();
    /// client.folder().update(&folder).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn update(self, folder: &Folder) -> Result<Folder, Error> {
        write::replace(self.client, folder.clone(), Newer::Refuse).await
    }

    /// Replaces the stored folder with the given one, also if it was changed elsewhere since it was read.
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/projectGroup`
    ///
    /// # Errors
    ///
    /// Those of [`update`](Self::update), except for [`Error::Conflict`].
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, folder: ticktick::folder::Folder) -> Result<(), ticktick::Error> {
    /// let folder = client.folder().overwrite(&folder).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn overwrite(self, folder: &Folder) -> Result<Folder, Error> {
        write::replace(self.client, folder.clone(), Newer::Overwrite).await
    }

    /// Gives a folder another name and returns it as it is now.
    ///
    /// It is read anew first, so that no change made elsewhere is undone.
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/projectGroup`
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the name is blank; [`Error::NotFound`] if it is gone.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, folder: ticktick::folder::Folder) -> Result<(), ticktick::Error> {
    /// client.folder().rename(&folder, "Work").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn rename(self, folder: impl AsId<FolderId>, name: impl Into<String>) -> Result<Folder, Error> {
        let folder = id::of(folder)?;
        let name = name.into();
        check::name("folder", &name)?;
        let rename = |folder: &mut Folder| {
            folder.name = name.into();
            Ok(())
        };
        write::change(self.client, &folder, self.get(&folder), rename).await
    }

    /// Deletes a folder; its projects stay, in no folder.
    ///
    /// They are taken out first, archived ones included, because the service leaves them with the id of a folder that
    /// is gone.
    ///
    /// `GET /api/v3/batch/check/0`, `POST /api/v2/batch/project` if it is not empty, then `POST /api/v2/batch/projectGroup`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the folder does not exist; [`Error::Batch`] if a project cannot be taken out, so that the
    /// folder is not deleted.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, folder: ticktick::folder::Folder) -> Result<(), ticktick::Error> {
    /// client.folder().delete(&folder).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn delete(self, folder: impl AsId<FolderId>) -> Result<(), Error> {
        let id = &id::of(folder)?;
        let mut batch = BatchFolders::default();
        batch.delete.push(id.clone());
        let _turn = self.client.turn(Claim::one::<Folder>(id).and_all::<Project>()).await;
        let projects = resource::with_projects(self.client, id).await?;
        write::update_all(self.client, deleted_folder_dangles::released(projects, id)).await?;
        write::delete_found(
            self.client,
            id.as_str(),
            &op::PROJECT_GROUP_BATCH,
            || resource::get(self.client, id),
            || raw::project_group::batch(self.client.wire(), &batch),
        )
        .await
    }

    /// Puts a project into a folder, out of the one it was in, and returns the project as it is now.
    ///
    /// `GET /api/v3/batch/check/0`, then `POST /api/v2/batch/project`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the project or the folder does not exist; [`Error::Unsupported`] for the inbox;
    /// [`Error::InvalidInput`] if the folder's id is the word for none.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(
    /// #     client: ticktick::Client, folder: ticktick::folder::Folder, project: ticktick::Project,
    /// # ) -> Result<(), ticktick::Error> {
    /// let project = client.folder().add_project(&folder, &project).await?;
    /// assert_eq!(project.group_id, folder.id);
    /// # Ok(())
    /// # }
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
                "`{folder}` is no folder; `remove_project` takes a project out of its own."
            )));
        }
        let id = &project;
        refuse_inbox("changing the inbox", id)?;
        let read = async { take(&mut resource::with_projects(self.client, folder).await?, id) };
        let into = |project: &mut Project| {
            project.group_id = folder.clone().into();
            Ok(())
        };
        write::change(self.client, id, read, into).await
    }

    /// Takes a project out of its folder and returns the project as it is now.
    ///
    /// `GET /api/v2/projects`, then `POST /api/v2/batch/project`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the project is gone; [`Error::Unsupported`] for the inbox.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, project: ticktick::Project) -> Result<(), ticktick::Error> {
    /// client.folder().remove_project(&project).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn remove_project(self, project: impl AsId<ProjectId>) -> Result<Project, Error> {
        let project = id::of(project)?;
        self.client.project().patch(project, ProjectPatch::new().clear_folder()).await
    }
}
