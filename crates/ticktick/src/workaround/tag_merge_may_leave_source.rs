//! A tag may still exist after it was merged into another one.

use ticktick_models::{TagName, Task};
use ticktick_raw::{self as raw, op};

use crate::tag::history;
use crate::{Client, Error};

/// Deletes a tag that a merge left behind, unless a task still has it, because then nothing was merged.
pub(crate) async fn clean_up(client: &Client, source: &TagName) -> Result<(), Error> {
    let carries = |task: &Task| task.tags.contains(source);
    let open = client.sync().everything().await?.sync_task_bean.unwrap_or_default();
    if open.update.iter().any(carries) || !history::completed(client, vec![source.clone()], 1).await?.is_empty() {
        return Err(Error::NotApplied { operation: op::TAG_MERGE.id, id: source.to_string() });
    }
    Ok(raw::tag::delete(client.wire(), source).await?)
}
