//! Builds comments, and finds out whether they were stored.

use ticktick_models::{
    Comment, CommentAuthor, CommentId, EditComment, Field, Json, List, NewComment, Object, ProjectId, Timestamp,
};
use ticktick_raw::Operation;

use super::TaskComments;
use crate::task::resource;
use crate::workaround::comment_answer_unknown;
use crate::{Error, id};

impl TaskComments<'_> {
    /// Builds a new comment as the web app sends it.
    pub(super) fn new_comment(&self, project: &ProjectId, id: &CommentId, text: &str) -> NewComment {
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
    pub(super) async fn edited(&self, id: &CommentId, text: &str) -> Result<EditComment, Error> {
        let mut comment = self.get(id).await?;
        comment.title = text.into();
        let whole = Object::encode(&comment).and_then(|comment| comment.decode());
        // Both types have a title, so decoding the text alone cannot fail.
        Ok(whole.unwrap_or_else(|_| EditComment::new(text)))
    }

    /// Returns the project's id, because these calls may not accept the word `inbox`.
    pub(super) async fn project(&self) -> Result<ProjectId, Error> {
        id::check(&self.task)?;
        resource::project_of(self.client, &self.task, self.project.clone()).await
    }

    /// Returns a comment that the task must have.
    pub(super) async fn get(&self, id: &CommentId) -> Result<Comment, Error> {
        self.find(id).await?.ok_or_else(|| Error::not_found("comment", id))
    }

    /// Returns a comment, if the task has it.
    pub(super) async fn find(&self, id: &CommentId) -> Result<Option<Comment>, Error> {
        Ok(self.list().await?.into_iter().find(|comment| comment.id == *id))
    }

    /// Returns whether a write was applied whose response was lost; the content of the response does not matter.
    pub(super) async fn lost(&self, id: &CommentId, text: &str) -> Result<Option<Option<Json>>, Error> {
        Ok(self.find(id).await?.filter(|comment| comment.title == text).map(|_| None))
    }

    /// Returns the written comment, from the response or by reading it.
    pub(super) async fn stored(
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
