//! Converting between text, checklist and note.

use ticktick_models::{AsId, Task, TaskId, TaskKind};

use super::change::change;
use super::{TaskManager, convert};
use crate::{Error, id};

impl TaskManager<'_> {
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
