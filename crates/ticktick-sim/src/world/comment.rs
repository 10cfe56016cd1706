//! Comments on tasks.

use jiff::Timestamp;
use serde_json::{Value, json};
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::denial::Denial;
use crate::world::fields::{Fields, canonical, wire};
use crate::world::readings::Other;

impl Account {
    /// Returns the id of a task, which must be in the project.
    pub(crate) fn named_task(&self, project: &str, task: &str) -> Result<String, Denial> {
        let project = self.project_id(project);
        let row = self.tasks.row(task).filter(|row| *row.head.project == *project);
        row.map(|row| row.id.to_string()).ok_or(Denial::NoTask)
    }

    /// Stores a comment on a task and returns it.
    pub(crate) fn write_comment(&mut self, project: &str, task: &str, sent: Object, now: Timestamp) -> Object {
        let mut comment = sent;
        let id = self.kept_id(&comment);
        canonical(&mut comment, &["createdTime"]);
        comment.put("id", &id);
        comment.put("taskId", task);
        comment.put("projectId", self.project_id(project));
        comment.fill("createdTime", wire(now));
        comment.put("userProfile", json!({ "isMyself": true }));
        comment.fill("mentions", json!([]));
        comment.put("attachments", self.files_of_comment(&comment));
        comment.put("isNew", false);
        self.put_comment(&comment, now);
        self.count_comments(task, now);
        comment
    }

    /// Changes the title of a comment and returns the comment.
    pub(crate) fn edit_comment(
        &mut self,
        id: &str,
        task: &str,
        sent: &Object,
        now: Timestamp,
    ) -> Result<Object, Denial> {
        let found = self.comments.row(id).filter(|row| *row.head.0 == *task);
        let mut comment = found.ok_or(Denial::Senseless)?.object();
        let is_own = comment.read::<Value>("userProfile").is_some_and(|author| author["isMyself"] == true);
        if !is_own {
            return Err(Denial::NotTheAuthor);
        }
        let title = sent.word("title").ok_or(Denial::Senseless)?;
        if sent.word("id").is_none() && self.readings.has(Other::CommentTitleRefused) {
            return Err(Denial::Senseless);
        }
        // By default, a body with only a title is accepted and ignored.
        if sent.word("id").is_some() || self.readings.has(Other::CommentTitleAlone) {
            comment.put("title", title);
            self.put_comment(&comment, now);
        }
        Ok(comment)
    }

    /// Deletes a comment of a task. A comment that does not exist is not an error.
    pub(crate) fn delete_comment(&mut self, id: &str, task: &str, now: Timestamp) {
        if self.comments.row(id).is_some_and(|row| *row.head.0 == *task) {
            self.remove_comment(id, now);
            self.count_comments(task, now);
        }
    }

    /// Replaces ids of files by the descriptions of the files. Unknown files are stored as sent.
    fn files_of_comment(&self, comment: &Object) -> Vec<Object> {
        let sent: Vec<Object> = comment.read("attachments").unwrap_or_default();
        let known = |file: &Object| self.files.describe(&file.text("id")?);
        sent.into_iter().map(|file| known(&file).unwrap_or(file)).collect()
    }

    /// Updates the number of comments on a task.
    fn count_comments(&mut self, task: &str, now: Timestamp) {
        if let Some(mut stored) = self.tasks.get(task) {
            stored.put("commentCount", self.comments.count(task));
            self.save_task(stored, now);
        }
    }

    /// Stores a comment.
    pub(crate) fn put_comment(&mut self, comment: &Object, now: Timestamp) {
        let id = comment.text("id").unwrap_or_default();
        self.search.remember(&id, self.comments.row(&id).map(|row| &*row.text), now);
        let stamp = self.stamp(now);
        self.comments.put(comment, stamp);
    }

    /// Deletes a comment without updating its task.
    pub(crate) fn remove_comment(&mut self, id: &str, now: Timestamp) {
        self.search.remember(id, self.comments.row(id).map(|row| &*row.text), now);
        let stamp = self.stamp(now);
        self.comments.remove(id, stamp);
    }

    /// Deletes the comments of a permanently deleted task.
    pub(crate) fn purge_comments(&mut self, task: &str, now: Timestamp) {
        for id in self.comments.ids(|row| *row.head.0 == *task) {
            self.remove_comment(&id, now);
        }
    }
}
