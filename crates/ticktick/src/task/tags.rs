//! The tags of a task, as a set.

use ticktick_models::{AsId, TagName, Task, TaskId};

use super::TaskManager;
use crate::tag::{self, name};
use crate::{Error, id};

impl TaskManager<'_> {
    /// Adds tags to a task, by their names in any case, and returns it as it is now.
    ///
    /// Tags that it carries already stay where they are. A tag that does not exist yet is created as it is written.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`. For tags with capital letters, first
    /// `GET /api/v2/tags`, and `POST /api/v2/batch/tag` if any of them is new
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if a name holds what no tag may hold, and nothing is sent; [`Error::NotFound`] if the task is
    /// gone.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// client.task().add_tags(&task, ["errands", "Urgent"]).await?;
    /// client.task().remove_tags(&task, ["urgent"]).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn add_tags<T: AsId<TagName>>(
        self,
        task: impl AsId<TaskId>,
        tags: impl IntoIterator<Item = T>,
    ) -> Result<Task, Error> {
        let task = id::of(task)?;
        let tags = self.declared(tags).await?;
        self.change(&task, |task| {
            add(task, tags);
            Ok(())
        })
        .await
    }

    /// Takes tags off a task, by their names in any case, and returns it as it is now.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if the task is gone.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, tag: ticktick::tag::TagName) -> Result<(), ticktick::Error> {
    /// for task in client.task().list_by_tag(&tag).await? {
    ///     client.task().remove_tags(&task, [&tag]).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn remove_tags<T: AsId<TagName>>(
        self,
        task: impl AsId<TaskId>,
        tags: impl IntoIterator<Item = T>,
    ) -> Result<Task, Error> {
        let task = id::of(task)?;
        let tags: Vec<TagName> = tags.into_iter().map(|tag| name::same(tag.as_id().as_str())).collect();
        self.change(&task, |task| {
            task.tags.retain(|tag| !tags.contains(&name::same(tag.as_str())));
            Ok(())
        })
        .await
    }

    /// Gives a task these tags and no others, by their names in any case, and returns it as it is now.
    ///
    /// `GET /api/v2/task/{taskId}`, then `POST /api/v2/batch/task`
    ///
    /// # Errors
    ///
    /// Those of [`add_tags`](Self::add_tags).
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client, task: ticktick::Task) -> Result<(), ticktick::Error> {
    /// client.task().set_tags(&task, ["errands"]).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn set_tags<T: AsId<TagName>>(
        self,
        task: impl AsId<TaskId>,
        tags: impl IntoIterator<Item = T>,
    ) -> Result<Task, Error> {
        let task = id::of(task)?;
        let tags = self.declared(tags).await?;
        self.change(&task, |task| {
            set(task, tags);
            Ok(())
        })
        .await
    }

    /// Turns names into keys, refuses names that are not allowed, and creates new tags that have capital letters.
    async fn declared<T: AsId<TagName>>(self, names: impl IntoIterator<Item = T>) -> Result<Vec<TagName>, Error> {
        let labels: Vec<String> = names.into_iter().map(|name| name.as_id().as_str().to_owned()).collect();
        let keys = labels.iter().map(|label| name::named(label)).collect::<Result<Vec<_>, _>>()?;
        tag::declare(self.client, &labels).await?;
        Ok(keys)
    }
}

fn add(task: &mut Task, tags: Vec<TagName>) {
    for tag in tags {
        if !task.tags.contains(&tag) {
            task.tags.push(tag);
        }
    }
}

/// Gives a task exactly these tags; those that stay keep their order.
pub(super) fn set(task: &mut Task, tags: Vec<TagName>) {
    task.tags.retain(|tag| tags.contains(tag));
    add(task, tags);
}
