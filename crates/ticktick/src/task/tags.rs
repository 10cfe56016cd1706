//! The tags of a task.

use ticktick_models::{AsId, TagName, Task, TaskId};

use super::change::change;
use super::{TaskManager, tag_list};
use crate::{Error, id};

impl TaskManager<'_> {
    /// Adds tags to a task, by their names in any case, and returns the updated task.
    ///
    /// Tags that the task already has keep their place. If a tag does not exist yet, it is created with the given
    /// capitalization.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`. For tags with capital letters, first
    /// `GET /api/v2/tags`, and `POST /api/v2/batch/tag` if any of them is new
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`], and sends nothing, if a name contains an invalid character.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Buy milk".into()).await?;
    /// let task = client.task().add_tags(&task, ["errands", "Urgent"]).await?;
    /// assert_eq!(task.tags.len(), 2);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn add_tags<T: AsId<TagName>>(
        self,
        task: impl AsId<TaskId>,
        tags: impl IntoIterator<Item = T>,
    ) -> Result<Task, Error> {
        let task = id::of(task)?;
        let tags = tag_list::declared(self.client, tags).await?;
        change(self.client, &task, |task| {
            tag_list::add(task, tags);
            Ok(())
        })
        .await
    }

    /// Removes tags from a task, by their names in any case, and returns the updated task.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// for task in client.task().list_by_tag("errands").await? {
    ///     client.task().remove_tags(&task, ["errands"]).await?;
    /// }
    /// assert!(client.task().list_by_tag("errands").await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn remove_tags<T: AsId<TagName>>(
        self,
        task: impl AsId<TaskId>,
        tags: impl IntoIterator<Item = T>,
    ) -> Result<Task, Error> {
        let task = id::of(task)?;
        let tags: Vec<String> = tags.into_iter().map(|tag| tag.as_id().as_str().to_owned()).collect();
        change(self.client, &task, |task| {
            tag_list::remove(task, &tags);
            Ok(())
        })
        .await
    }

    /// Replaces the tags of a task, by their names in any case, and returns the updated task.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`add_tags`](Self::add_tags).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Buy milk".into()).await?;
    /// # client.task().add_tags(&task, ["urgent", "home"]).await?;
    /// let task = client.task().set_tags(&task, ["errands"]).await?;
    /// assert_eq!(task.tags[0], "errands");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn set_tags<T: AsId<TagName>>(
        self,
        task: impl AsId<TaskId>,
        tags: impl IntoIterator<Item = T>,
    ) -> Result<Task, Error> {
        let task = id::of(task)?;
        let tags = tag_list::declared(self.client, tags).await?;
        change(self.client, &task, |task| {
            tag_list::set(task, tags);
            Ok(())
        })
        .await
    }
}
