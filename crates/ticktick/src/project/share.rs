//! The members of shared projects.

use ticktick_models::{Answer, AsId, Json, Project, ProjectId, ProjectMember, ShareQuota};
use ticktick_raw as raw;

use super::{ProjectManager, resource};
use crate::resource::Resource;
use crate::workaround::unshared_project_members;
use crate::{Error, id};

const SHARING: &str = "sharing the inbox";

impl ProjectManager<'_> {
    /// Lists the members of a shared project, including its owner. Returns an empty list for a project that is not
    /// shared.
    ///
    /// If the project's `user_count` is one, the project is not shared and nothing is sent, because the service may
    /// answer with an error.
    ///
    /// `GET /api/v2/project/{projectId}/users`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] for the inbox.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let projects = client.project().list().await?;
    /// # let family = projects.iter().find(|project| project.name == "Family").expect("part of the demo");
    /// let members = client.project().members(family).await?;
    /// assert_eq!(members.len(), 2);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn members(self, project: &Project) -> Result<Answer<Vec<ProjectMember>>, Error> {
        resource::refuse_inbox(SHARING, &project.id)?;
        if unshared_project_members::is_unshared(project) {
            return Ok(Answer::default());
        }
        found(raw::project::users(self.client.wire(), &project.id).await, &project.id)
    }

    /// Lists the members of a shared project, without its owner.
    ///
    /// The fields of an entry are undocumented. Those known from [`members`](Self::members) are decoded, all others are
    /// kept.
    ///
    /// `GET /api/v2/project/{projectId}/shares`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] for the inbox.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let projects = client.project().list().await?;
    /// # let family = projects.iter().find(|project| project.name == "Family").expect("part of the demo");
    /// let shares = client.project().shares(family).await?;
    /// assert!(!shares.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn shares(self, project: impl AsId<ProjectId>) -> Result<Answer<Vec<ProjectMember>>, Error> {
        let id = &id::of(project)?;
        resource::refuse_inbox(SHARING, id)?;
        found(raw::project::shares(self.client.wire(), id).await, id)
    }

    /// Returns whether a project can be shared, or with how many more people.
    ///
    /// The service sends a number or a flag. What the number counts is unknown, so it is returned unchanged.
    ///
    /// `GET /api/v2/project/{projectId}/share/check-quota`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] for the inbox.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let projects = client.project().list().await?;
    /// # let family = projects.iter().find(|project| project.name == "Family").expect("part of the demo");
    /// use ticktick::project::ShareQuota;
    ///
    /// let quota = client.project().share_quota(family).await?;
    /// assert!(matches!(quota, ShareQuota::Allowed(true) | ShareQuota::Count(1..)));
    /// # Ok(())
    /// # });
    /// ```
    pub async fn share_quota(self, project: impl AsId<ProjectId>) -> Result<ShareQuota, Error> {
        let id = &id::of(project)?;
        resource::refuse_inbox(SHARING, id)?;
        found(raw::project::check_share_quota(self.client.wire(), id).await, id)
    }

    /// Returns the link that invites people to a project.
    ///
    /// Its fields are undocumented, so the JSON is returned unchanged, or `None` if the project has no link. Anyone with it
    /// can join: treat it as a secret. Only the routes for creating and revoking it are known;
    /// [`raw::project::create_invite`] and [`raw::project::revoke_invite`] call them.
    ///
    /// `GET /api/v2/project/{projectId}/collaboration/invite-url`
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] for the inbox.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let projects = client.project().list().await?;
    /// # let family = projects.iter().find(|project| project.name == "Family").expect("part of the demo");
    /// let link = client.project().invite_url(family).await?;
    /// assert!(link.is_some());
    /// # Ok(())
    /// # });
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
