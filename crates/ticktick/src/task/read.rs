//! Reads the open tasks of a project, or of a filter.

use ticktick_models::{Answer, AsId, Filter, FilterId, ProjectId, TagName, Task};
use ticktick_raw as raw;

use crate::project::resource::check_empty;
use crate::resource::Resource;
use crate::tag::{name, resource::resolve};
use crate::{Account, Client, Error};

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

/// Lists the open tasks with a tag that exists, or that a task names.
pub(super) async fn list_by_tag(client: &Client, tag: &TagName) -> Result<Vec<Task>, Error> {
    let name = name::same(tag.as_str());
    let account = client.sync().everything().await?;
    let mut tasks = account.sync_task_bean.into_option().unwrap_or_default().update.into_vec();
    tasks.retain(|task| task.is_open() && task.has_tag(&name));
    if tasks.is_empty() {
        resolve(&account.tags, tag)?;
    }
    Ok(tasks)
}

/// Lists the open tasks that match a saved filter.
pub(super) async fn list_by_filter(client: &Client, id: &FilterId) -> Result<Vec<Task>, Error> {
    let days = client.days().await?;
    let account = Account::with_days(client.sync().everything().await?, days);
    let filter = account.filter(id).ok_or_else(|| Error::not_found(Filter::WHAT, id))?;
    Ok(account.matching(filter)?.into_iter().cloned().collect())
}
