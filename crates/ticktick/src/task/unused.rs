//! Finds ids under which the service stores nothing, without reading each of them.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use ticktick_models::{DeletedTask, SyncTasks, TaskId};

use crate::arrival::{self, Read, ReadTask, first};
use crate::{Client, Error};

/// Maximum number of tasks that are read one by one; a sync reads more of them.
pub(super) const FEW: usize = 3;

/// How far the clocks of this client, of the service and of whoever made an id may differ.
const MARGIN: SignedDuration = SignedDuration::from_hours(24);

/// Returns those of the ids of new tasks under which nothing is stored, according to one delta.
///
/// An id contains the time at which it was made. A task was stored after that, so a delta that begins there names every
/// task that was stored under one of the ids, even if it was closed, deleted or purged since. Returns nothing, and
/// sends nothing, for a few ids and for ids that were not made recently.
pub(super) async fn among(client: &Client, ids: &BTreeSet<TaskId>) -> Result<BTreeSet<TaskId>, Error> {
    let now = client.now();
    let recent: BTreeSet<&TaskId> = ids.iter().filter(|id| is_recent(id, now)).collect();
    let first = recent.iter().filter_map(|id| made(id)).min();
    let Some(first) = first.filter(|_| recent.len() > FEW) else { return Ok(BTreeSet::new()) };
    let since = (first - MARGIN).as_millisecond();
    let (ids, _, answer) = arrival::read(client, since, Ids).await?;
    client.remember_inbox(answer.inbox_id.get());
    let lanes = answer.sync_task_bean.into_option().unwrap_or_default();
    let mut named = named(&lanes);
    named.extend(&ids);
    Ok(recent.into_iter().filter(|id| !named.contains(id)).cloned().collect())
}

/// Reads only the ids of tasks.
struct Ids;

#[derive(Deserialize)]
struct Key {
    id: TaskId,
}

impl ReadTask for Ids {
    type Task = TaskId;

    fn read(&mut self, text: &str) -> Read<TaskId> {
        first::<Key>(text).map(|(key, length)| (Some(key.id), length))
    }
}

/// Returns when an id was made, if it has the form of the ids of this client and the service's own clients.
fn made(id: &TaskId) -> Option<Timestamp> {
    let id = id.as_str();
    let is_usual = id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let seconds = i64::from_str_radix(id.get(..8).filter(|_| is_usual)?, 16).ok()?;
    Timestamp::from_second(seconds).ok()
}

/// Returns whether an id was made within the last day, so that it is neither old nor a hash of something.
fn is_recent(id: &TaskId, now: Timestamp) -> bool {
    made(id).is_some_and(|made| made.duration_since(now).abs() <= MARGIN)
}

/// Returns the ids of all tasks that a delta names.
fn named(lanes: &SyncTasks) -> BTreeSet<&TaskId> {
    let stored = lanes.update.iter().chain(&lanes.add).map(|task| &task.id);
    let deleted = [&lanes.delete, &lanes.deleted_in_trash, &lanes.deleted_forever];
    stored.chain(deleted.into_iter().flat_map(|lane| lane.iter()).filter_map(deleted_id)).collect()
}

fn deleted_id(deleted: &DeletedTask) -> Option<&TaskId> {
    match deleted {
        DeletedTask::Key(key) => Some(&key.task_id),
        DeletedTask::Id(id) => Some(id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ids_of_the_last_day_are_recent() {
        let now: Timestamp = "2026-03-01T00:00:00Z".parse().unwrap();
        let recent = |id: &str| is_recent(&TaskId::from(id), now);
        assert!(recent("69a381800102030405000009"), "made now");
        assert!(recent("69a230010102030405000009"), "made a day ago");
        assert!(!recent("69a22fff0102030405000009"), "older than a day");
        assert!(!recent("f9a381800102030405000009"), "in the future");
        for other in ["69a38180", "inbox", "69a38180010203040500000g", "69a3818001020304050000099"] {
            assert!(!recent(other), "{other}");
        }
    }
}
