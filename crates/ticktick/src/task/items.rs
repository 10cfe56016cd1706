//! The checklist of a task, and converting a task into a checklist, text or a note.

use jiff::tz::TimeZone;
use ticktick_models::{AsId, ChecklistItemId, Task, TaskId, TaskKind};

use super::change::change;
use super::item_draft::ItemDraft;
use super::{TaskManager, convert, item_list};
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
        change(self.client, &task, |task| item_list::add(task, item)).await
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
        item_list::change(self.client, &task, &item, |item| item.title.set(title)).await
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
        item_list::change(self.client, &task, &item, |item| item_list::complete(item, now)).await
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
        item_list::change(self.client, &task, &item, item_list::reopen).await
    }

    /// Moves a checklist item to an index, counted from 0, and returns the updated task.
    ///
    /// An index beyond the end moves the item to the end.
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
        change(self.client, &task, |task| item_list::move_to(task, &item, place)).await
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
        change(self.client, &task, |task| {
            task.items.retain(|one| one.id != item);
            Ok(())
        })
        .await
    }

    /// Converts a task to text, a checklist or a note and returns the updated task.
    ///
    /// The text is kept: a checklist stores it under another key than the other kinds. The items of a checklist become
    /// lines at the end of the text, such as `- [x] Milk`, and such lines become items. The dates of single items are
    /// lost, because a line cannot express them.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// Returns [`Error::InvalidInput`] if this version does not know the kind.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Ideas".into()).await?;
    /// use ticktick::task::TaskKind;
    ///
    /// let note = client.task().convert(&task, TaskKind::Note).await?;
    /// assert!(note.is_note());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn convert(self, task: impl AsId<TaskId>, kind: TaskKind) -> Result<Task, Error> {
        let task = id::of(task)?;
        if matches!(kind, TaskKind::Unknown(_)) {
            return Err(Error::invalid_input("unknown kind of task\nhint: convert to text, a checklist or a note"));
        }
        change(self.client, &task, |task| {
            convert::convert(task, kind, &mut self.client.ids());
            Ok(())
        })
        .await
    }
}
