//! Reads many tasks in a few calls.

use jiff::Timestamp as Instant;
use ticktick_models::{ClosedStatus, QueryTime, Task, TaskStatus};
use ticktick_raw as raw;

use crate::resource::{Found, by_key};
use crate::workaround::{delta_add_lane_is_empty, trash_shapes};
use crate::{Client, Error};

/// Reads tasks by one sync. Closed and deleted tasks, which a sync does not contain, take one more call each.
///
/// Tasks that none of these calls returns are left out.
pub(super) async fn read(client: &Client, tasks: &[&Task]) -> Result<Found<Task>, Error> {
    let mut lanes = client.sync().everything().await?.sync_task_bean.into_option().unwrap_or_default();
    let mut found = by_key(delta_add_lane_is_empty::take(&mut lanes));
    for status in [TaskStatus::Completed, TaskStatus::WontDo] {
        let missing: Vec<_> = missing(tasks, &found).filter(|task| task.status == status).collect();
        if missing.len() > 1 {
            found.extend(by_key(closed(client, status, &missing).await?));
        }
    }
    let missing = missing(tasks, &found).count();
    if missing > 1 {
        found.extend(trash(client, missing).await?);
    }
    Ok(found)
}

fn missing<'a>(tasks: &'a [&'a Task], found: &'a Found<Task>) -> impl Iterator<Item = &'a Task> {
    tasks.iter().copied().filter(|task| !found.contains_key(task.id.as_str()))
}

/// Reads the tasks that were closed in the same period as the given ones.
async fn closed(client: &Client, status: TaskStatus, tasks: &[&Task]) -> Result<Vec<Task>, Error> {
    let status = match status {
        TaskStatus::WontDo => ClosedStatus::Abandoned,
        _ => ClosedStatus::Completed,
    };
    let times = || tasks.iter().filter_map(|task| task.completed_time.get()?.instant());
    let bound = |at: Option<Instant>, more: i64| {
        at.and_then(|at| Instant::from_second(at.as_second() + more).ok()).map(QueryTime::from)
    };
    let mut options = raw::task::ClosedOptions::default();
    // Adds a second on both sides, because the service truncates times to seconds.
    (options.from, options.to) = (bound(times().min(), -1), bound(times().max(), 1));
    options.limit = i64::try_from(tasks.len()).ok();
    Ok(raw::task::closed(client.wire(), &status, &options).await?.into_inner())
}

/// Returns the ids of the most recently deleted tasks.
async fn trash(client: &Client, count: usize) -> Result<Found<Task>, Error> {
    let mut options = raw::task::TrashOptions::default();
    options.limit = i64::try_from(count).ok();
    let page = raw::task::trash(client.wire(), &options).await?;
    // A trash of unknown form contains no task.
    let page = trash_shapes::read(page).unwrap_or_default();
    Ok(page.tasks.into_iter().map(|task| (task.id.to_string(), None)).collect())
}
