//! What reaches the tasks that carry a tag.

use ticktick_models::{MergeTags, RenameTag, Tag, TagName, Task};
use ticktick_raw::{self as raw, op};

use super::{TagManager, history, name, resource};
use crate::resource::take;
use crate::workaround::tag_merge_may_leave_source;
use crate::{Error, check, write};

impl TagManager<'_> {
    /// Renames a tag, on every task that carries it too, and returns it as it is now.
    ///
    /// The label is what people see; the key is the same in lower case. If nothing differs, nothing is written.
    ///
    /// `GET /api/v2/tags`, `PUT /api/v2/tag/rename`, then `GET /api/v2/tags`: the first because a rename onto another
    /// tag would take that one's place, the last because the answer is empty.
    ///
    /// # Errors
    ///
    /// [`Error::Build`] if the label cannot be a tag's, or there is another tag of that name; [`Error::NotFound`] if
    /// the tag is gone; [`Error::NotApplied`] if it has its old name afterwards.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// let tag = client.tag().rename(ticktick::TagName::from("errand"), "Errands").await?;
    /// assert_eq!(tag.name, "errands");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn rename(self, tag: impl AsRef<TagName>, label: impl Into<String>) -> Result<Tag, Error> {
        let (old, label) = (name::same(tag.as_ref().as_str()), label.into());
        let new = name::key(&label)?;
        let mut all = raw::tag::list(self.client.wire()).await?;
        if new != old && resource::find(&all, &new).is_some() {
            return Err(Error::build(format!("there is a tag `{new}` already; merge `{old}` into it instead.")));
        }
        let tag = take(&mut all, &old)?;
        if new == old && tag.label == label {
            return Ok(tag);
        }
        let body = RenameTag::new(old, label.clone());
        let renamed = || async {
            let found = take(&mut raw::tag::list(self.client.wire()).await?, &new);
            Ok::<_, Error>(found.ok().filter(|tag| tag.label == label))
        };
        let settled = write::perform(
            self.client,
            || async { raw::tag::rename(self.client.wire(), &body).await.map(|()| None) },
            || async { Ok(renamed().await?.map(Some)) },
        );
        let settled = match settled.await? {
            Some(tag) => Some(tag),
            None => renamed().await?,
        };
        settled.ok_or_else(|| Error::NotApplied { operation: op::TAG_RENAME.id, id: new.to_string() })
    }

    /// Puts a tag in the place of another one on every task, removes the other, and returns the one that stays.
    ///
    /// Where the service leaves the source, it is deleted, unless a task still carries it.
    ///
    /// `GET /api/v2/tags`, `PUT /api/v2/tag/merge`, `GET /api/v2/tags`; where the source stayed,
    /// `GET /api/v3/batch/check/0`, `POST /api/v2/tag/completedTask` and `DELETE /api/v2/tag` as well
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if either is gone; [`Error::Build`] if both are the same; [`Error::NotApplied`] if tasks
    /// still carry the source.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// use ticktick::TagName;
    ///
    /// client.tag().merge(TagName::from("errand"), TagName::from("errands")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn merge(self, source: impl AsRef<TagName>, target: impl AsRef<TagName>) -> Result<Tag, Error> {
        let (source, target) = (name::same(source.as_ref().as_str()), name::same(target.as_ref().as_str()));
        if source == target {
            return Err(Error::build(format!("`{source}` cannot be merged into itself; name another tag.")));
        }
        let before = raw::tag::list(self.client.wire()).await?;
        for tag in [&source, &target] {
            resource::find(&before, tag).ok_or_else(|| Error::not_found("tag", tag))?;
        }
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

    /// Deletes a tag and takes it off every task; tags below it stay and lose their parent.
    ///
    /// A tag that is gone already counts as deleted.
    ///
    /// `DELETE /api/v2/tag`
    ///
    /// # Errors
    ///
    /// [`Error::Build`] if the name is empty; otherwise [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// client.tag().delete(ticktick::TagName::from("errands")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn delete(self, tag: impl AsRef<TagName>) -> Result<(), Error> {
        let name = name::same(tag.as_ref().as_str());
        check::name("tag", name.as_str())?;
        Ok(raw::tag::delete(self.client.wire(), &name).await?)
    }

    /// Lists completed tasks that carry any of the tags, at most `limit` of them.
    ///
    /// `POST /api/v2/tag/completedTask`, once for each 50 tasks; nothing without tags
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] if the service answers in a form that nobody has seen: the call is reported only.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// use ticktick::TagName;
    ///
    /// let tags = [TagName::from("work"), TagName::from("urgent")];
    /// for task in client.tag().completed_tasks(tags, 50).await? {
    ///     println!("{}", task.title);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn completed_tasks<T: AsRef<TagName>>(
        self,
        tags: impl IntoIterator<Item = T>,
        limit: usize,
    ) -> Result<Vec<Task>, Error> {
        let tags = tags.into_iter().map(|tag| name::same(tag.as_ref().as_str())).collect();
        history::completed(self.client, tags, limit).await
    }
}
