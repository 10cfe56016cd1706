//! The checklist of a task, which the service replaces as a whole.

use ticktick_models::{ChecklistItem, ChecklistItemId, ChecklistStatus, Task, TaskId, TaskKind, Timestamp};

use super::{body, change};
use crate::change::Change;
use crate::{Client, Error, order};

/// Changes one item of a stored task.
pub(super) async fn change(
    client: &Client,
    task: &TaskId,
    item: &ChecklistItemId,
    change: impl FnOnce(&mut ChecklistItem),
) -> Result<Task, Error> {
    change::change(client, task, |task| {
        let item = find(task, item)?;
        change(&mut task.items[item]);
        Ok(())
    })
    .await
}

fn find(task: &Task, item: &ChecklistItemId) -> Result<usize, Error> {
    let found = task.items.iter().position(|one| one.id == *item);
    found.ok_or_else(|| Error::not_found("checklist item", item))
}

/// Marks an open item as done: status 1, with the client's time.
pub(super) fn complete(item: &mut ChecklistItem, now: jiff::Timestamp) {
    if !item.is_done() {
        item.status = ChecklistStatus::Done.into();
        item.completed_time = Timestamp::from(now).into();
    }
}

/// Marks a done item as open.
pub(super) fn reopen(item: &mut ChecklistItem) {
    if item.is_done() {
        item.status = ChecklistStatus::Open.into();
        Change::Clear.apply(&mut item.completed_time);
    }
}

/// Adds an item to the end of a checklist, or of a plain task, which becomes one.
pub(super) fn add(task: &mut Task, item: ChecklistItem) -> Result<(), Error> {
    match task.kind.get() {
        Some(TaskKind::Checklist) => {}
        None | Some(TaskKind::Text) => body::make_checklist(task),
        Some(_) => {
            return Err(Error::invalid_input(
                "the task is neither text nor a checklist\nhint: convert it to a checklist first",
            ));
        }
    }
    append(task, item);
    Ok(())
}

/// Adds an item to the end.
pub(super) fn append(task: &mut Task, item: ChecklistItem) {
    task.items.push(item);
    let last = task.items.len() - 1;
    put_at(&mut task.items, last, last);
}

/// Moves an item to an index, or to the end if the index lies beyond it.
pub(super) fn move_to(task: &mut Task, item: &ChecklistItemId, at: usize) -> Result<(), Error> {
    let item = find(task, item)?;
    put_at(&mut task.items, item, at);
    Ok(())
}

/// Returns the items from top to bottom.
pub(super) fn in_order(items: &[ChecklistItem]) -> Vec<&ChecklistItem> {
    let mut order: Vec<_> = items.iter().collect();
    order.sort_by_key(|item| order::rank(*item));
    order
}

/// Gives an item the position for an index of the checklist, unless it is already there.
fn put_at(items: &mut [ChecklistItem], item: usize, at: usize) {
    let (above, rest) = items.split_at_mut(item);
    let Some((moved, below)) = rest.split_first_mut() else { return };
    let mut others: Vec<_> = above.iter_mut().chain(below).collect();
    order::sort(&mut others);
    let at = at.min(others.len());
    order::put(moved, &mut others, at);
}
