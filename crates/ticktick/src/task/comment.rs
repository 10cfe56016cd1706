//! [`TaskComments`]: the comments on a task.

mod stored;

use ticktick_models::{Answer, AsId, Comment, CommentId, ProjectId, TaskId};
use ticktick_raw::{self as raw, op};

use super::TaskManager;
use crate::{Client, Error, id, write};

/// Manages the comments on one task. Returned by [`TaskManager::comments`].
#[derive(Clone, Debug)]
#[must_use = "managers are lazy: call a method and `.await` it"]
pub struct TaskComments<'a> {
    client: &'a Client,
    task: TaskId,
    project: Option<ProjectId>,
}

impl<'a> TaskManager<'a> {
    /// Returns the manager of a task's comments.
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create(ticktick::TaskDraft::new("Report")).await?;
    /// let comments = client.task().comments(&task);
    /// let comment = comments.add("Done by noon").await?;
    /// comments.edit(&comment, "Done by one").await?;
    /// assert_eq!(comments.list().await?[0].title, "Done by one");
    /// # Ok(())
    /// # });
    /// ```
    pub fn comments(self, task: impl AsId<TaskId>) -> TaskComments<'a> {
        TaskComments { client: self.client, task: task.as_id(), project: task.known_project() }
    }
}

impl TaskComments<'_> {
    /// Lists the comments.
    ///
    /// `GET /api/v2/project/{projectId}/task/{taskId}/comments`
    ///
    /// Returns [`Error::NotFound`] if the task does not exist or was moved.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Report".into()).await?;
    /// let comments = client.task().comments(&task);
    /// comments.add("Done by noon").await?;
    /// assert_eq!(comments.list().await?[0].title, "Done by noon");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn list(&self) -> Result<Answer<Vec<Comment>>, Error> {
        let answer = raw::comment::list(self.client.wire(), &self.project().await?, &self.task).await;
        answer.map_err(|error| Error::missing(error, "task", &self.task))
    }

    /// Adds a comment and returns it.
    ///
    /// The client chooses the id. If the response does not contain the comment, the client reads the comments.
    ///
    /// `POST /api/v2/project/{projectId}/task/{taskId}/comment`
    ///
    /// Returns [`Error::InvalidInput`] if the text is empty.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Report".into()).await?;
    /// let comment = client.task().comments(&task).add("Done by noon").await?;
    /// assert_eq!(comment.title, "Done by noon");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn add(&self, text: impl Into<String>) -> Result<Comment, Error> {
        let text = written(text)?;
        let project = self.project().await?;
        let id = CommentId::new_with(&mut self.client.ids());
        let body = self.new_comment(&project, &id, &text);
        let send = || raw::comment::create(self.client.wire(), &project, &self.task, &body);
        let answer = write::perform(self.client, send, || self.lost(&id, &text)).await?;
        self.stored(&op::COMMENT_CREATE, answer, &id, &text).await
    }

    /// Replaces the text of a comment and returns it.
    ///
    /// The client reads the comment first and sends all of it, because the service has been observed to ignore requests
    /// that contain only the text. If the response does not contain the comment, the client reads the comments again.
    ///
    /// `GET /api/v2/project/{projectId}/task/{taskId}/comments`, then
    /// `PUT /api/v2/project/{projectId}/task/{taskId}/comment/{commentId}`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the text is empty, and [`Error::Raw`] if the service refuses the change, for
    /// example because the comment belongs to another user.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Report".into()).await?;
    /// let comments = client.task().comments(&task);
    /// let comment = comments.add("Done by noon").await?;
    /// comments.edit(&comment, "Done by one").await?;
    /// assert_eq!(comments.list().await?[0].title, "Done by one");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn edit(&self, comment: impl AsId<CommentId>, text: impl Into<String>) -> Result<Comment, Error> {
        let comment = id::of(comment)?;
        let text = written(text)?;
        let (project, id) = (self.project().await?, &comment);
        let body = self.edited(id, &text).await?;
        let send = || raw::comment::update(self.client.wire(), &project, &self.task, id, &body);
        let answer = write::perform(self.client, send, || self.lost(id, &text)).await?;
        self.stored(&op::COMMENT_UPDATE, answer, id, &text).await
    }

    /// Deletes a comment.
    ///
    /// `GET /api/v2/project/{projectId}/task/{taskId}/comments`, then
    /// `DELETE /api/v2/project/{projectId}/task/{taskId}/comment/{commentId}`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// # let task = client.task().create("Report".into()).await?;
    /// let comments = client.task().comments(&task);
    /// let comment = comments.add("Done by noon").await?;
    /// comments.delete(&comment).await?;
    /// assert!(comments.list().await?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn delete(&self, comment: impl AsId<CommentId>) -> Result<(), Error> {
        let comment = id::of(comment)?;
        let (project, id) = (self.project().await?, &comment);
        // The service accepts a delete of any id.
        self.get(id).await?;
        let send = || raw::comment::delete(self.client.wire(), &project, &self.task, id);
        let is_done = || async { Ok(self.find(id).await?.is_none().then_some(())) };
        write::perform(self.client, send, is_done).await
    }
}

/// Rejects an empty comment.
fn written(text: impl Into<String>) -> Result<String, Error> {
    let text = text.into();
    if text.trim().is_empty() {
        Err(Error::invalid_input("a comment needs a text, but the given one is empty"))
    } else {
        Ok(text)
    }
}
