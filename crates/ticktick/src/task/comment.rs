//! [`TaskComments`]: the comments on a task.

use ticktick_models::{
    Answer, AsId, Comment, CommentAuthor, CommentId, EditComment, Field, Json, List, NewComment, Object, ProjectId,
    TaskId, Timestamp,
};
use ticktick_raw::{self as raw, Operation, op};

use super::{TaskManager, resource};
use crate::workaround::comment_answer_unknown;
use crate::{Client, Error, id, write};

/// Kind of object in errors.
const WHAT: &str = "comment";

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
    /// The client chooses the id. If the answer does not contain the comment, the comments are read.
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
    /// The comment is read first and sent whole, because the service was seen to ignore a request that contains only
    /// the text. If the answer does not contain the comment, the comments are read again.
    ///
    /// `GET /api/v2/project/{projectId}/task/{taskId}/comments`, then
    /// `PUT /api/v2/project/{projectId}/task/{taskId}/comment/{commentId}`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the text is empty, and [`Error::Raw`] if the service refuses the change, for
    /// example because the comment is another user's.
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
        self.find(id).await?.ok_or_else(|| Error::not_found(WHAT, id))?;
        let send = || raw::comment::delete(self.client.wire(), &project, &self.task, id);
        let is_done = || async { Ok(self.find(id).await?.is_none().then_some(())) };
        write::perform(self.client, send, is_done).await
    }

    fn new_comment(&self, project: &ProjectId, id: &CommentId, text: &str) -> NewComment {
        let mut body = NewComment::new(text);
        body.id = id.clone().into();
        body.created_time = Timestamp::from(self.client.now()).into();
        body.task_id = self.task.clone().into();
        body.project_id = project.clone().into();
        let mut author = CommentAuthor::default();
        author.is_myself = true.into();
        body.user_profile = author.into();
        body.mentions = List::from(Vec::new());
        body.is_new = Field::Value(true);
        body
    }

    /// Returns the complete comment with another text.
    async fn edited(&self, id: &CommentId, text: &str) -> Result<EditComment, Error> {
        let mut comment = self.find(id).await?.ok_or_else(|| Error::not_found(WHAT, id))?;
        comment.title = text.into();
        let whole = Object::encode(&comment).and_then(|comment| comment.decode());
        // Both types have a title, so decoding the text alone cannot fail.
        Ok(whole.unwrap_or_else(|_| EditComment::new(text)))
    }

    /// Returns the project's id, because these calls may not accept the word `inbox`.
    async fn project(&self) -> Result<ProjectId, Error> {
        id::check(&self.task)?;
        resource::project_of(self.client, &self.task, self.project.clone()).await
    }

    async fn find(&self, id: &CommentId) -> Result<Option<Comment>, Error> {
        Ok(self.list().await?.into_iter().find(|comment| comment.id == *id))
    }

    /// Returns whether a write was applied whose answer was lost; the content of the answer does not matter.
    async fn lost(&self, id: &CommentId, text: &str) -> Result<Option<Option<Json>>, Error> {
        Ok(self.find(id).await?.filter(|comment| comment.title == text).map(|_| None))
    }

    /// Returns the written comment, from the answer or by reading it.
    async fn stored(
        &self,
        operation: &Operation,
        answer: Option<Json>,
        id: &CommentId,
        text: &str,
    ) -> Result<Comment, Error> {
        if let Some(comment) = comment_answer_unknown::stored(answer, id, text) {
            return Ok(comment);
        }
        let found = self.find(id).await?.filter(|comment| comment.title == text);
        found.ok_or_else(|| Error::NotApplied { operation: operation.id, id: id.to_string() })
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
