//! Templates of tasks and projects, which are read only.

use ticktick_models::{EpochMillis, ProjectTemplate, TaskTemplate};
use ticktick_raw as raw;

use super::ProjectManager;
use crate::Error;

/// The moment since which all templates are asked for.
const START: EpochMillis = EpochMillis(0);

impl ProjectManager<'_> {
    /// Lists the account's templates of tasks.
    ///
    /// `GET /api/v2/templates`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// for template in client.project().templates().await? {
    ///     println!("{}: {:?}", template.title, template.items);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn templates(self) -> Result<Vec<TaskTemplate>, Error> {
        Ok(raw::template::list(self.client.wire()).await?.task_templates.into_vec())
    }

    /// Lists the account's templates of whole projects.
    ///
    /// Only their ids are known; everything else is in `extra`.
    ///
    /// `GET /api/v2/projectTemplates/all`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// for template in client.project().project_templates().await? {
    ///     println!("{} {:?}", template.id, template.extra.get("name"));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn project_templates(self) -> Result<Vec<ProjectTemplate>, Error> {
        let answer = raw::template::list_project_templates(self.client.wire(), &START).await?;
        Ok(answer.project_templates.into_vec())
    }
}
