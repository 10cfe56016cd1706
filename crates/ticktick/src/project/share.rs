//! The people a project is shared with.

use ticktick_models::{Answer, AsId, Json, Project, ProjectId, ProjectMember, ShareQuota};
use ticktick_raw as raw;

use super::{ProjectManager, resource};
use crate::resource::Resource;
use crate::workaround::unshared_list_members;
use crate::{Error, id};

/// What is asked of a project that is shared.
const SHARING: &str = "sharing the inbox";

impl ProjectManager<'_> {
    /// Lists the people who share a project, its owner included; nobody where it is not shared.
    ///
    /// The project's `user_count` tells whether it is; where it says one, nothing is asked, for the service may answer
    /// with an error then.
    ///
    /// `GET /api/v2/project/{projectId}/users`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the project is gone; [`Error::Unsupported`] for the inbox.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, project: ticktick::Project) -> Result<(), ticktick::Error> {
    /// for member in client.project().members(&project).await? {
    ///     println!("{}", member.display_name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn members(self, project: &Project) -> Result<Answer<Vec<ProjectMember>>, Error> {
        resource::refuse_inbox(SHARING, &project.id)?;
        if unshared_list_members::is_unshared(project) {
            return Ok(Answer::default());
        }
        found(raw::project::users(self.client.wire(), &project.id).await, &project.id)
    }

    /// Lists the people a project is shared with, its owner not included.
    ///
    /// The members of an entry are not published; those that are known from [`members`](Self::members) are read and
    /// all others kept.
    ///
    /// `GET /api/v2/project/{projectId}/shares`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the project is gone; [`Error::Unsupported`] for the inbox.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, project: ticktick::Project) -> Result<(), ticktick::Error> {
    /// println!("shared with {}", client.project().shares(&project).await?.len());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn shares(self, project: impl AsId<ProjectId>) -> Result<Answer<Vec<ProjectMember>>, Error> {
        let id = &id::of(project)?;
        resource::refuse_inbox(SHARING, id)?;
        found(raw::project::shares(self.client.wire(), id).await, id)
    }

    /// Tells whether, or with how many more people, a project may be shared.
    ///
    /// It is a number or a flag, and what the number counts is not settled, so it is handed on as it comes.
    ///
    /// `GET /api/v2/project/{projectId}/share/check-quota`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the project is gone; [`Error::Unsupported`] for the inbox.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, project: ticktick::Project) -> Result<(), ticktick::Error> {
    /// use ticktick::project::ShareQuota;
    ///
    /// let more = client.project().share_quota(&project).await?;
    /// let may_share = matches!(more, ShareQuota::Allowed(true) | ShareQuota::Count(1..));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn share_quota(self, project: impl AsId<ProjectId>) -> Result<ShareQuota, Error> {
        let id = &id::of(project)?;
        resource::refuse_inbox(SHARING, id)?;
        found(raw::project::check_share_quota(self.client.wire(), id).await, id)
    }

    /// Returns the state of the link that invites people to a project.
    ///
    /// Its members are not published, so it is the JSON that comes, or nothing where none comes. Whoever has the link
    /// can join: treat it as a secret. Making and revoking it are known by their routes alone;
    /// [`raw::project::create_invite`] and [`raw::project::revoke_invite`] send them.
    ///
    /// `GET /api/v2/project/{projectId}/collaboration/invite-url`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the project is gone; [`Error::Unsupported`] for the inbox.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, project: ticktick::Project) -> Result<(), ticktick::Error> {
    /// let link = client.project().invite_url(&project).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn invite_url(self, project: impl AsId<ProjectId>) -> Result<Option<Json>, Error> {
        let id = &id::of(project)?;
        resource::refuse_inbox(SHARING, id)?;
        found(raw::project::invite_url(self.client.wire(), id).await, id)
    }
}

fn found<T>(answer: Result<T, raw::Error>, id: &ProjectId) -> Result<T, Error> {
    answer.map_err(|error| Error::missing(error, Project::WHAT, id))
}
