//! Projects, which the app calls lists: contents, appearance and sharing.
//!
//! All calls start at [`Client::project`](crate::Client::project). The id `inbox` names the inbox of any account. See
//! [`error`](crate::error) for the errors that all calls share.
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! use ticktick::project::{ProjectDraft, ProjectPatch, ViewMode};
//!
//! let home = client.project().create(ProjectDraft::new("Home").color("#FFD324")).await?;
//! let home = client.project().patch(&home, ProjectPatch::new().view_mode(ViewMode::Kanban)).await?;
//! assert_eq!(home.view_mode, ViewMode::Kanban);
//! assert!(client.project().list().await?.iter().any(|project| project.id == home.id));
//! # Ok(())
//! # });
//! ```

// Public methods by topic, and the types that they take and return.
mod draft;
mod order;
mod patch;
mod share;
mod template;

// What the methods call.
mod change;
mod reorder;
pub(crate) mod resource;

use ticktick_models::{Answer, AsId};
use ticktick_raw as raw;

pub use self::draft::ProjectDraft;
pub use self::patch::ProjectPatch;
use crate::manager::manager;
use crate::workaround::{sync_leaves_out_the_inbox, unarchived_is_null};
use crate::write::Newer;
use crate::{Error, id, write};
#[doc(inline)]
pub use ticktick_models::{
    InviteId, Permission, Project, ProjectId, ProjectKind, ProjectMember, ProjectTemplate, ShareQuota, SortDirection,
    SortKey, SortOption, TeamId, Timeline, ViewMode,
};

manager! {
    /// Manages projects. Returned by [`Client::project`](crate::Client::project).
    ///
    /// The inbox can be read like a project but not changed.
    ProjectManager
}

impl ProjectManager<'_> {
    /// Lists the inbox and all projects that are not archived, with the inbox first.
    ///
    /// `GET /api/v2/projects`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let projects = client.project().list().await?;
    /// assert_eq!(projects[0].name, "Inbox");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(self) -> Result<Answer<Vec<Project>>, Error> {
        let mut projects = self.list_with_archived().await?;
        projects.retain(|project| !unarchived_is_null::is_archived(project));
        Ok(projects)
    }

    /// Lists the inbox and all projects, including archived ones, with the inbox first.
    ///
    /// `GET /api/v2/projects`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let projects = client.project().list_with_archived().await?;
    /// let archived = projects.iter().find(|project| project.is_archived());
    /// assert!(archived.is_some_and(|project| project.name == "Old flat"));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list_with_archived(self) -> Result<Answer<Vec<Project>>, Error> {
        let inbox = self.inbox().await?;
        let mut projects = raw::project::list(self.client.wire()).await?;
        projects.retain(|project| project.id != inbox.id);
        projects.insert(0, inbox.clone());
        Ok(projects)
    }

    /// Returns the inbox as a project.
    ///
    /// Its id is read once and cached: `GET /api/v2/user/status`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let inbox = client.project().inbox().await?;
    /// client.task().create("Call Ada".into()).await?;
    /// assert_eq!(client.task().list_by_project(&inbox).await?.len(), 1);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn inbox(self) -> Result<Project, Error> {
        Ok(sync_leaves_out_the_inbox::project(self.client.inbox_id().await?))
    }

    /// Returns a project. The id `inbox` names the inbox of any account.
    ///
    /// The service has no call for a single project, so the client reads all of them. For the inbox, it only reads the
    /// id, once.
    ///
    /// `GET /api/v2/projects`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::ProjectDraft;
    ///
    /// let home = client.project().create(ProjectDraft::new("Home")).await?;
    /// assert_eq!(client.project().get(&home.id).await?.name, "Home");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn get(self, project: impl AsId<ProjectId>) -> Result<Project, Error> {
        let id = &id::of(project)?;
        if !sync_leaves_out_the_inbox::is_inbox(id) {
            return crate::resource::get::<Project>(self.client, id).await;
        }
        let inbox = self.inbox().await?;
        if sync_leaves_out_the_inbox::is_word(id) || inbox.id == *id {
            Ok(inbox)
        } else {
            Err(Error::not_found("project", id))
        }
    }

    /// Creates a project and returns it as stored, including its id.
    ///
    /// The client chooses the id, so that a retry after a lost response never stores the project twice. To repeat the
    /// call yourself after an error, first set the draft's [`id`](ProjectDraft::id).
    ///
    /// A new board has no columns; create them with [`ColumnManager::create`](crate::column::ColumnManager::create).
    ///
    /// `POST /api/v2/batch/project`; before it `GET /api/v3/batch/check/0` if the draft names a folder
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the name is blank or the color is invalid, [`Error::NotFound`] if the folder
    /// does not exist, and [`Error::Batch`] if the service refuses the project, for example because the account has
    /// reached its limit.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::ProjectDraft;
    /// use ticktick::project::ViewMode;
    ///
    /// let board = client.project().create(ProjectDraft::new("🚀 Launch").view_mode(ViewMode::Kanban)).await?;
    /// client.column().create(&board, "To do").await?;
    /// assert_eq!(client.project().list().await?.len(), 2);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn create(self, draft: ProjectDraft) -> Result<Project, Error> {
        let has_id = draft.has_id();
        let project = draft.into_project(&mut self.client.ids())?;
        write::create_drafted(self.client, project, has_id).await
    }

    /// Replaces the stored project with the given one and returns it with its new etag.
    ///
    /// The stored project is read first, so that changes made elsewhere are not overwritten. To change single fields
    /// regardless of the version, use [`patch`](Self::patch).
    ///
    /// A null `group_id` means no folder; a null or false `closed` means that the project is not archived.
    ///
    /// `GET /api/v2/projects`, then `POST /api/v2/batch/project`; between them `GET /api/v3/batch/check/0` if the
    /// folder changes
    ///
    /// # Errors
    ///
    /// Returns [`Error::Conflict`] with both versions if the stored project has changed since the given one was read,
    /// [`Error::Unsupported`] for the inbox, and [`Error::InvalidInput`] if the name is blank or the color is invalid.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let mut project = client.project().create(ticktick::ProjectDraft::new("Home")).await?;
    /// project.muted = true.into();
    /// let project = client.project().update(&project).await?;
    /// assert_eq!(project.muted, true);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn update(self, project: &Project) -> Result<Project, Error> {
        change::replace(self.client, project, Newer::Refuse).await
    }

    /// Replaces the stored project with the given one, even if it has changed elsewhere since it was read.
    ///
    /// `GET /api/v2/projects`, then `POST /api/v2/batch/project`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`update`](Self::update) except [`Error::Conflict`].
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::ProjectDraft;
    ///
    /// let mut mine = client.project().create(ProjectDraft::new("Home")).await?;
    /// client.project().rename(&mine, "House").await?;
    ///
    /// mine.name = "Flat".into();
    /// let project = client.project().overwrite(&mine).await?;
    /// assert_eq!(project.name, "Flat");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn overwrite(self, project: &Project) -> Result<Project, Error> {
        change::replace(self.client, project, Newer::Overwrite).await
    }

    /// Changes single fields of a project and returns the updated project.
    ///
    /// The project is read first, so that changes made elsewhere are not undone. If nothing differs, nothing is sent.
    ///
    /// `GET /api/v2/projects`, then `POST /api/v2/batch/project`; between them `GET /api/v3/batch/check/0` if the
    /// folder changes
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the name is blank or the color is invalid, and [`Error::Unsupported`] for the
    /// inbox.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let project = client.project().create(ticktick::ProjectDraft::new("Home")).await?;
    /// use ticktick::ProjectPatch;
    ///
    /// let project = client.project().patch(&project, ProjectPatch::new().color("#35D870").clear_folder()).await?;
    /// assert_eq!(project.color(), Some("#35D870"));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn patch(self, project: impl AsId<ProjectId>, patch: ProjectPatch) -> Result<Project, Error> {
        let project = id::of(project)?;
        patch.check()?;
        change::change(self.client, &project, |project| patch.apply(project)).await
    }

    /// Renames a project and returns the updated project.
    ///
    /// `GET /api/v2/projects`, then `POST /api/v2/batch/project`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the name is blank, and [`Error::Unsupported`] for the inbox.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let project = client.project().create(ticktick::ProjectDraft::new("Home")).await?;
    /// let project = client.project().rename(&project, "🏡 Home").await?;
    /// assert_eq!(project.name, "🏡 Home");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn rename(self, project: impl AsId<ProjectId>, name: impl Into<String>) -> Result<Project, Error> {
        let project = id::of(project)?;
        self.patch(project, ProjectPatch::new().name(name)).await
    }

    /// Archives a project with everything in it and returns the updated project.
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
    /// # let project = client.project().create(ticktick::ProjectDraft::new("Home")).await?;
    /// let project = client.project().archive(&project).await?;
    /// assert!(project.is_archived());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn archive(self, project: impl AsId<ProjectId>) -> Result<Project, Error> {
        let project = id::of(project)?;
        change::change(self.client, &project, |project| project.closed = true.into()).await
    }

    /// Restores a project from the archive and returns the updated project.
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
    /// # let project = client.project().create(ticktick::ProjectDraft::new("Home")).await?;
    /// # client.project().archive(&project).await?;
    /// let project = client.project().unarchive(&project).await?;
    /// assert!(!project.is_archived());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn unarchive(self, project: impl AsId<ProjectId>) -> Result<Project, Error> {
        let project = id::of(project)?;
        let reopen = |project: &mut Project| {
            if unarchived_is_null::is_archived(project) {
                project.closed.clear();
            }
        };
        change::change(self.client, &project, reopen).await
    }

    /// Deletes a project together with its tasks and columns.
    ///
    /// It is not known whether the service moves the tasks to the trash, so first move the tasks that you want to keep
    /// to another project.
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
    /// # let project = client.project().create(ticktick::ProjectDraft::new("Home")).await?;
    /// client.project().delete(&project).await?;
    /// assert!(client.project().get(&project).await.is_err_and(|error| error.is_not_found()));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn delete(self, project: impl AsId<ProjectId>) -> Result<(), Error> {
        let id = &id::of(project)?;
        resource::refuse_inbox("deleting the inbox", id)?;
        write::delete::<Project>(self.client, id).await
    }
}
