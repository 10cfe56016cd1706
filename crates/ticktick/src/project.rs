//! Projects, which the app calls lists.

use ticktick_models::{Project, ProjectId};
use ticktick_raw as raw;

use crate::workaround::sync_leaves_out_the_inbox;
use crate::{Client, Error};

/// Works with projects. From [`Client::project`].
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct ProjectManager<'a> {
    client: &'a Client,
}

impl<'a> ProjectManager<'a> {
    pub(crate) fn new(client: &'a Client) -> Self {
        Self { client }
    }

    /// Lists the projects in use: the inbox, then those that are not archived.
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
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// # let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
    /// # client.login("me@example.com", &"secret".into()).await?;
    /// let projects = client.project().list().await?;
    /// assert_eq!(projects[0].name, "Inbox");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn list(self) -> Result<Vec<Project>, Error> {
        let mut projects = self.list_with_archived().await?;
        // An open one has null or nothing there.
        projects.retain(|project| project.closed.get() != Some(&true));
        Ok(projects)
    }

    /// Lists every project: the inbox, then the others, archived ones included.
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
    /// let projects = client.project().list_with_archived().await?;
    /// let archived = projects.iter().filter(|project| project.closed == true).count();
    /// # Ok(())
    /// # }
    /// ```
    pub async fn list_with_archived(self) -> Result<Vec<Project>, Error> {
        let inbox = self.inbox().await?;
        let others = raw::project::list(self.client.wire()).await?;
        let others = others.into_iter().filter(|project| project.id != inbox.id);
        Ok(std::iter::once(inbox.clone()).chain(others).collect())
    }

    /// Returns the inbox, as a project like the others.
    ///
    /// Its id is asked for once: `GET /api/v2/user/status`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let inbox = client.project().inbox().await?;
    /// let tasks = client.task().list_by_project(&inbox.id).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn inbox(self) -> Result<Project, Error> {
        Ok(sync_leaves_out_the_inbox::project(self.client.inbox_id().await?))
    }

    /// Returns a project; the id `inbox` is the inbox of any account.
    ///
    /// The service has no call for a single one, so all are read.
    ///
    /// `GET /api/v2/projects`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is none of this id.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let project = client.project().get(&"65f0a1b2c3d4e5f6a7b8c9d0".into()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn get(self, id: &ProjectId) -> Result<Project, Error> {
        let id = self.client.real_id(id).await?;
        let mut projects = self.list_with_archived().await?.into_iter();
        projects.find(|project| project.id == id).ok_or_else(|| Error::not_found("project", &id))
    }
}
