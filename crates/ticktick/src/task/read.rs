//! Reads the open tasks of a project.

use ticktick_models::{Answer, AsId, ProjectId, Task};
use ticktick_raw as raw;

use crate::project::resource::check_empty;
use crate::{Client, Error};

/// Lists the open tasks of a project that exists.
pub(super) async fn list_by_project(
    client: &Client,
    project: impl AsId<ProjectId>,
) -> Result<Answer<Vec<Task>>, Error> {
    let project = client.project_id(project).await?;
    let tasks = list_in(client, &project).await?;
    check_empty(client, &project, &tasks).await?;
    Ok(tasks)
}

/// Lists what a project holds, or nothing if the project does not exist.
pub(super) async fn list_in(client: &Client, project: &ProjectId) -> Result<Answer<Vec<Task>>, Error> {
    let answer = raw::task::list_by_project(client.wire(), project).await;
    answer.map_err(|error| Error::missing(error, "project", project))
}
