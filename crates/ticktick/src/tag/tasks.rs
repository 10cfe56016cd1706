//! Operations that affect all tasks with a tag.

use ticktick_models::{AsId, Tag, TagName, Task};

use super::{TagManager, change, history};
use crate::Error;

impl TagManager<'_> {
    /// Renames a tag, also on all its tasks, and returns the updated tag.
    ///
    /// The label is the displayed name; the key is the same in lower case. If nothing differs, nothing is sent.
    ///
    /// `GET /api/v2/tags`, `PUT /api/v2/tag/rename`, then `GET /api/v2/tags`. The first read checks that no other tag
    /// has the new name, because the rename would replace it; the second one checks the result, because the response is
    /// empty.
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the label is invalid or another tag has this name, and [`Error::NotApplied`]
    /// if the tag has its old name afterwards.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let tag = client.tag().rename("errands", "Shopping").await?;
    /// assert_eq!(tag.name, "shopping");
    /// assert!(!client.task().list_by_tag(&tag).await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn rename(self, tag: impl AsId<TagName>, label: impl Into<String>) -> Result<Tag, Error> {
        change::rename(self.client, &tag.as_id(), label.into()).await
    }

    /// Replaces a tag with another one on all tasks, deletes it, and returns the other one.
    ///
    /// If the service keeps the source tag, the client deletes it, unless a task still has it.
    ///
    /// `GET /api/v2/tags`, `PUT /api/v2/tag/merge`, `GET /api/v2/tags`; if the source was kept, also `GET
    /// /api/v3/batch/check/0`, `POST /api/v2/tag/completedTask` and `DELETE /api/v2/tag`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if both are the same tag, and [`Error::NotApplied`] if tasks still have the
    /// source tag.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let tag = client.tag().merge("errands", "money").await?;
    /// assert_eq!(tag.name, "money");
    /// assert!(client.task().list_by_tag("errands").await.unwrap_err().is_not_found());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn merge(self, source: impl AsId<TagName>, target: impl AsId<TagName>) -> Result<Tag, Error> {
        change::merge(self.client, &source.as_id(), &target.as_id()).await
    }

    /// Deletes a tag and removes it from all tasks. Tags nested below it are kept and lose their parent.
    ///
    /// The name `work/urgent` means the tag `urgent` below `work`.
    ///
    /// `GET /api/v2/tags`, then `DELETE /api/v2/tag`
    ///
    /// Returns [`Error::InvalidInput`] if the name is empty.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// client.tag().delete("errands").await?;
    /// assert!(client.task().list_by_tag("errands").await.unwrap_err().is_not_found());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn delete(self, tag: impl AsId<TagName>) -> Result<(), Error> {
        change::delete(self.client, &tag.as_id()).await
    }

    /// Lists at most `limit` completed tasks that have any of the tags.
    ///
    /// `POST /api/v2/tag/completedTask`, once for each 50 tasks; then `GET /api/v2/tags` if there are none. Nothing without
    /// tags
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotFound`] if there are no such tasks and one of the tags does not exist, and
    /// [`Error::Unsupported`] if the response has an unknown form. This call has been reported, but no response has been
    /// observed.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let tasks = client.tag().completed_tasks(["focus", "money"], 50).await?;
    /// assert_eq!(tasks[0].title, "Interview questions");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn completed_tasks<T: AsId<TagName>>(
        self,
        tags: impl IntoIterator<Item = T>,
        limit: usize,
    ) -> Result<Vec<Task>, Error> {
        let tags = tags.into_iter().map(|tag| tag.as_id()).collect();
        history::completed_of(self.client, tags, limit).await
    }
}
