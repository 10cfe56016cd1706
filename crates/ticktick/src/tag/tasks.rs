//! Operations that affect all tasks with a tag.

use ticktick_models::{AsId, BatchAnswer, MergeTags, RenameTag, Tag, TagName, Task};
use ticktick_raw::{self as raw, op};

use super::{TagManager, history, name, resource};
use crate::resource::take;
use crate::turn::Claim;
use crate::workaround::tag_merge_may_leave_source;
use crate::{Error, check, write};

impl TagManager<'_> {
    /// Renames a tag, also on all its tasks, and returns the updated tag.
    ///
    /// The label is the displayed name; the key is the same in lower case. If nothing differs, nothing is sent.
    ///
    /// `GET /api/v2/tags`, `PUT /api/v2/tag/rename`, then `GET /api/v2/tags`: first because renaming to the name of
    /// another tag would replace that tag, last because the answer is empty.
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
        let tag = tag.as_id();
        let label = label.into();
        let new = name::key(&label)?;
        let _turn = self.client.turn(Claim::all::<Tag>().and_all::<Task>()).await;
        let mut all = raw::tag::list(self.client.wire()).await?;
        let old = resource::resolve(&all, &tag)?.name.clone();
        if new != old && resource::find(&all, &new).is_some() {
            return Err(Error::invalid_input(format!(
                "tag `{new}` already exists; use `merge` to merge `{old}` into it"
            )));
        }
        let tag = take(&mut all, &old)?;
        if new == old && tag.label == label {
            return Ok(tag);
        }
        let body = RenameTag::new(old, label.clone());
        let renamed = || async {
            let found = take(&mut raw::tag::list(self.client.wire()).await?.into_inner(), &new);
            Ok::<_, Error>(found.ok().filter(|tag| tag.label == label))
        };
        let answer = write::perform(
            self.client,
            || async { raw::tag::rename(self.client.wire(), &body).await.map(|()| None) },
            || async { Ok(renamed().await?.map(Some)) },
        );
        let confirmed = match answer.await? {
            Some(tag) => Some(tag),
            None => renamed().await?,
        };
        confirmed.ok_or_else(|| Error::NotApplied { operation: op::TAG_RENAME.id, id: new.to_string() })
    }

    /// Replaces a tag by another one on all tasks, deletes it, and returns the other one.
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
    /// assert!(client.task().list_by_tag("errands").await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn merge(self, source: impl AsId<TagName>, target: impl AsId<TagName>) -> Result<Tag, Error> {
        let source = source.as_id();
        let target = target.as_id();
        if name::same(source.as_str()) == name::same(target.as_str()) {
            return Err(Error::invalid_input(format!("`{}` cannot be merged into itself; use another tag", source)));
        }
        let _turn = self.client.turn(Claim::all::<Tag>().and_all::<Task>()).await;
        let before = raw::tag::list(self.client.wire()).await?;
        let source = resource::resolve(&before, &source)?.name.clone();
        let target = resource::resolve(&before, &target)?.name.clone();
        let body = MergeTags::new(source.clone(), target.clone());
        write::perform(
            self.client,
            || raw::tag::merge(self.client.wire(), &body),
            || async {
                let all = raw::tag::list(self.client.wire()).await?;
                Ok(resource::find(&all, &source).is_none().then_some(()))
            },
        )
        .await?;
        let mut after = raw::tag::list(self.client.wire()).await?;
        let is_left = resource::find(&after, &source).is_some();
        let target = take(&mut after, &target)?;
        if is_left {
            tag_merge_may_leave_source::clean_up(self.client, &source).await?;
        }
        Ok(target)
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
    /// assert!(client.task().list_by_tag("errands").await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn delete(self, tag: impl AsId<TagName>) -> Result<(), Error> {
        let tag = tag.as_id();
        check::name("tag", tag.as_str())?;
        let _turn = self.client.turn(Claim::all::<Tag>().and_all::<Task>()).await;
        let all = raw::tag::list(self.client.wire()).await?;
        let name = &resource::resolve(&all, &tag)?.name;
        let find = || async {
            let all = raw::tag::list(self.client.wire()).await?;
            resource::find(&all, name).map(drop).ok_or_else(|| Error::not_found("tag", name))
        };
        // The answer is empty.
        let send = || async { raw::tag::delete(self.client.wire(), name).await.map(|()| BatchAnswer::default()) };
        write::delete_found(self.client, name.as_str(), &op::TAG_DELETE, find, send).await
    }

    /// Lists at most `limit` completed tasks that have any of the tags.
    ///
    /// `POST /api/v2/tag/completedTask`, once for each 50 tasks; nothing without tags
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] if the answer has an unknown form; this call has been reported but not observed.
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
        let tags = tags.into_iter().map(|tag| name::same(tag.as_id().as_str())).collect();
        history::completed(self.client, tags, limit).await
    }
}
