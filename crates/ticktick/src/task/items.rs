//! The checklist of a task, which the service replaces as a whole.

use jiff::tz::TimeZone;
use ticktick_models::{AsId, ChecklistItem, ChecklistItemId, ChecklistStatus, Task, TaskId, TaskKind, Timestamp};

use super::{ItemDraft, TaskManager, kind};
use crate::change::Change;
use crate::order;
use crate::{Error, id};

impl TaskManager<'_> {
    /// Adds an item to the end of a task's checklist and returns the updated task; the new item is the last one.
    ///
    /// A plain task becomes a checklist and keeps its text.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the task is a note or of an unknown kind, or if the item's date has an end or
    /// is floating.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Shopping".into()).await?;
    /// let task = client.task().add_item(&task, "Milk").await?;
    /// assert_eq!(task.items[0].title, "Milk");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn add_item(self, task: impl AsId<TaskId>, item: impl Into<ItemDraft>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let item = item.into();
        item.check()?;
        let zone = if item.needs_zone() { self.client.time_zone().await? } else { TimeZone::UTC };
        let item = item.into_item(&zone, &mut self.client.ids(), self.client.now())?;
        self.change(&task, |task| {
            match task.kind.get() {
                Some(TaskKind::Checklist) => {}
                None | Some(TaskKind::Text) => kind::make_checklist(task),
                Some(_) => {
                    return Err(Error::invalid_input(
                        "the task is neither text nor a checklist\nhint: convert it to a checklist first",
                    ));
                }
            }
            append(task, item);
            Ok(())
        })
        .await
    }

    /// Renames a checklist item and returns the updated task.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create(ticktick::TaskDraft::new("Shopping").item("Milk")).await?;
    /// let task = client.task().rename_item(&task, &task.items[0], "Oat milk").await?;
    /// assert_eq!(task.items[0].title, "Oat milk");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn rename_item(
        self,
        task: impl AsId<TaskId>,
        item: impl AsId<ChecklistItemId>,
        title: impl Into<String>,
    ) -> Result<Task, Error> {
        let task = id::of(task)?;
        let item = id::of(item)?;
        let title = title.into();
        self.change_item(&task, &item, |item| item.title.set(title)).await
    }

    /// Completes a checklist item and returns the updated task.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create(ticktick::TaskDraft::new("Shopping").item("Milk").item("Bread")).await?;
    /// let task = client.task().complete_item(&task, &task.items[0]).await?;
    /// assert!(task.items[0].is_done());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn complete_item(self, task: impl AsId<TaskId>, item: impl AsId<ChecklistItemId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let item = id::of(item)?;
        let now = self.client.now();
        self.change_item(&task, &item, |item| {
            if !item.is_done() {
                complete(item, now);
            }
        })
        .await
    }

    /// Reopens a checklist item and returns the updated task.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create(ticktick::TaskDraft::new("Shopping").item("Milk").item("Bread")).await?;
    /// let task = client.task().complete_item(&task, &task.items[0]).await?;
    /// let task = client.task().reopen_item(&task, &task.items[0]).await?;
    /// assert!(!task.items[0].is_done());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn reopen_item(self, task: impl AsId<TaskId>, item: impl AsId<ChecklistItemId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let item = id::of(item)?;
        self.change_item(&task, &item, |item| {
            if item.is_done() {
                item.status = ChecklistStatus::Open.into();
                Change::Clear.apply(&mut item.completed_time);
            }
        })
        .await
    }

    /// Moves a checklist item to an index, counted from 0, and returns the updated task.
    ///
    /// An index beyond the end means the end.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # use ticktick::TaskDraft;
    /// # let task = client.task().create(TaskDraft::new("Shopping").item("Milk").item("Bread").item("Tea")).await?;
    /// let task = client.task().move_item(&task, &task.items[2], 0).await?;
    /// assert!(task.items[2].sort_order < task.items[0].sort_order);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn move_item(
        self,
        task: impl AsId<TaskId>,
        item: impl AsId<ChecklistItemId>,
        place: usize,
    ) -> Result<Task, Error> {
        let task = id::of(task)?;
        let item = id::of(item)?;
        self.change(&task, |task| {
            let item = find(task, &item)?;
            put_at(&mut task.items, item, place);
            Ok(())
        })
        .await
    }

    /// Removes a checklist item and returns the updated task. Does nothing if the item does not exist.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create(ticktick::TaskDraft::new("Shopping").item("Milk").item("Bread")).await?;
    /// let task = client.task().remove_item(&task, &task.items[0]).await?;
    /// assert_eq!(task.items[0].title, "Bread");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn remove_item(self, task: impl AsId<TaskId>, item: impl AsId<ChecklistItemId>) -> Result<Task, Error> {
        let task = id::of(task)?;
        let item = id::of(item)?;
        self.change(&task, |task| {
            task.items.retain(|one| one.id != item);
            Ok(())
        })
        .await
    }

    async fn change_item(
        self,
        task: &TaskId,
        item: &ChecklistItemId,
        change: impl FnOnce(&mut ChecklistItem),
    ) -> Result<Task, Error> {
        self.change(task, |task| {
            let item = find(task, item)?;
            change(&mut task.items[item]);
            Ok(())
        })
        .await
    }
}

fn find(task: &Task, item: &ChecklistItemId) -> Result<usize, Error> {
    let found = task.items.iter().position(|one| one.id == *item);
    found.ok_or_else(|| Error::not_found("checklist item", item))
}

/// Marks an item as done: status 1, with the client's time.
pub(super) fn complete(item: &mut ChecklistItem, now: jiff::Timestamp) {
    item.status = ChecklistStatus::Done.into();
    item.completed_time = Timestamp::from(now).into();
}

/// Adds an item to the end.
pub(super) fn append(task: &mut Task, item: ChecklistItem) {
    task.items.push(item);
    let last = task.items.len() - 1;
    put_at(&mut task.items, last, last);
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
