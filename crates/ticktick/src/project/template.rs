//! Templates of tasks and projects, which are read-only.

use ticktick_models::{EpochMillis, ProjectTemplate, TaskTemplate};
use ticktick_raw as raw;

use super::ProjectManager;
use crate::Error;

/// Start time of a request for all templates.
const START: EpochMillis = EpochMillis(0);

impl ProjectManager<'_> {
    /// Lists the account's task templates.
    ///
    /// `GET /api/v2/templates`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let templates = client.project().templates().await?;
    /// assert!(!templates.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn templates(self) -> Result<Vec<TaskTemplate>, Error> {
        Ok(raw::template::list(self.client.wire()).await?.task_templates.into_vec())
    }

    /// Lists the account's project templates.
    ///
    /// Only their ids are known; all other fields are in `extra`.
    ///
    /// `GET /api/v2/projectTemplates/all`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let templates = client.project().project_templates().await?;
    /// assert!(!templates.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn project_templates(self) -> Result<Vec<ProjectTemplate>, Error> {
        let answer = raw::template::list_project_templates(self.client.wire(), &START).await?;
        Ok(answer.project_templates.into_vec())
    }
}
