//! Comments on tasks.

use serde_json::{Value, json};
use ticktick_models::Object;

use crate::account::Account;
use crate::call::Call;
use crate::fields::{Fields, canonical, wire};
use crate::generated::CommentHandlers;
use crate::readings::Other;
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::state::State;
use crate::store::Head;
use crate::wire::array;

/// Task that a comment, a file or the like is on.
pub(crate) struct OnTask(Box<str>);

impl Head for OnTask {
    fn of(object: &Object) -> Self {
        Self(object.text("taskId").unwrap_or_default().into())
    }

    fn group(&self) -> Option<&str> {
        Some(&self.0)
    }
}

impl CommentHandlers for State {
    fn comment_list(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let task = account.named_task(call)?;
            let rows = account.comments.live().filter(|row| *row.head.0 == *task);
            Ok(Reply::json_text(array(rows.map(|row| &*row.text))))
        })
    }

    fn comment_create(&self, call: &Call) -> Reply {
        self.with(call, |account| account.write_comment(call))
    }

    fn comment_update(&self, call: &Call) -> Reply {
        self.with(call, |account| account.edit_comment(call))
    }

    fn comment_delete(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let task = account.named_task(call)?;
            let id = call.path("commentId");
            // One that does not exist is no error, as with other deletes.
            if account.comments.row(id).is_some_and(|row| *row.head.0 == *task) {
                account.remove_comment(id, call.now);
                account.count_comments(&task, call.now);
            }
            Ok(Reply::empty())
        })
    }
}

/// Reads a text that has to be there.
fn title(sent: &Object) -> Result<String, Refusal> {
    sent.word("title").ok_or_else(Refusal::senseless)
}

impl Account {
    /// Returns the task that a path names by itself and its list.
    pub(crate) fn named_task(&self, call: &Call) -> Result<String, Refusal> {
        let (project, task) = (self.project_id(call.path("projectId")), call.path("taskId"));
        let row = self.tasks.row(task).filter(|row| *row.head.project == *project);
        row.map(|row| row.id.to_string()).ok_or_else(Refusal::no_task)
    }

    fn write_comment(&mut self, call: &Call) -> Answer {
        let task = self.named_task(call)?;
        self.may_comment(&self.project_id(call.path("projectId")))?;
        let mut comment: Object = call.json()?;
        title(&comment)?;
        let id = self.kept_id(&comment);
        canonical(&mut comment, &["createdTime"]);
        comment.put("id", &id);
        comment.put("taskId", &task);
        comment.put("projectId", self.project_id(call.path("projectId")));
        comment.fill("createdTime", wire(call.now));
        comment.put("userProfile", json!({ "isMyself": true }));
        comment.fill("mentions", json!([]));
        comment.put("attachments", self.files_of_comment(&comment));
        comment.put("isNew", false);
        self.put_comment(&comment, call.now);
        self.count_comments(&task, call.now);
        Ok(Reply::json(&comment))
    }

    fn edit_comment(&mut self, call: &Call) -> Answer {
        let task = self.named_task(call)?;
        let sent: Object = call.json()?;
        let found = self.comments.row(call.path("commentId")).filter(|row| *row.head.0 == *task);
        let mut comment = found.ok_or_else(Refusal::senseless)?.object();
        let is_own = comment.read::<Value>("userProfile").is_some_and(|author| author["isMyself"] == true);
        if !is_own {
            return Err(Refusal::new(500, "access_forbidden"));
        }
        let title = title(&sent)?;
        if sent.word("id").is_none() && self.readings.has(Other::CommentTitleRefused) {
            return Err(Refusal::senseless());
        }
        // A title alone is taken and ignored.
        if sent.word("id").is_some() || self.readings.has(Other::CommentTitleAlone) {
            comment.put("title", title);
            self.put_comment(&comment, call.now);
        }
        Ok(Reply::json(&comment))
    }

    /// Puts the descriptions of files in the place of their bare ids; unknown ones stay as they came.
    fn files_of_comment(&self, comment: &Object) -> Vec<Object> {
        let sent: Vec<Object> = comment.read("attachments").unwrap_or_default();
        let known = |file: &Object| self.files.describe(&file.text("id")?);
        sent.into_iter().map(|file| known(&file).unwrap_or(file)).collect()
    }

    /// Updates the number of comments on a task.
    pub(crate) fn count_comments(&mut self, task: &str, now: jiff::Timestamp) {
        if let Some(mut stored) = self.tasks.get(task) {
            stored.put("commentCount", self.comments.count(task));
            self.save_task(stored, now);
        }
    }

    pub(crate) fn put_comment(&mut self, comment: &Object, now: jiff::Timestamp) {
        let id = comment.text("id").unwrap_or_default();
        self.search.remember(&id, self.comments.row(&id).map(|row| &*row.text), now);
        let stamp = self.stamp(now);
        self.comments.put(comment, stamp);
    }

    pub(crate) fn remove_comment(&mut self, id: &str, now: jiff::Timestamp) {
        self.search.remember(id, self.comments.row(id).map(|row| &*row.text), now);
        let stamp = self.stamp(now);
        self.comments.remove(id, stamp);
    }

    /// Deletes the comments of a permanently deleted task.
    pub(crate) fn purge_comments(&mut self, task: &str, now: jiff::Timestamp) {
        for id in self.comments.ids(|row| *row.head.0 == *task) {
            self.remove_comment(&id, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{Tester, id, tester};

    fn path(rest: &str) -> String {
        format!("/api/v2/project/inbox120000001/task/{}/{rest}", id(1))
    }

    fn with_task() -> Tester {
        let tester = tester();
        tester.add(&json!({ "id": id(1) }));
        tester
    }

    #[test]
    fn comments_live_and_die() {
        let tester = with_task();
        let sent = json!({
            "id": id(2), "title": "Done soon", "createdTime": "2026-03-01T08:00:00Z", "isNew": true,
            "userProfile": { "isMyself": true }, "mentions": [], "taskId": id(1), "projectId": "inbox120000001",
        });
        let made = tester.post(&path("comment"), &sent);
        assert_eq!((&made["id"], &made["isNew"]), (&json!(id(2)), &json!(false)));
        assert_eq!(tester.get(&path("comments")), json!([made]));
        assert_eq!(made["createdTime"], "2026-03-01T08:00:00.000+0000");
        assert_eq!(tester.task(&id(1))["commentCount"], 1);
        let one = path(&format!("comment/{}", id(2)));
        tester.send("PUT", &one, r#"{"title":"Done"}"#).value(200);
        assert_eq!(tester.get(&path("comments"))[0]["title"], "Done soon", "a title alone changes nothing");
        let mut whole = made.clone();
        whole["title"] = "Done".into();
        tester.send("PUT", &one, whole.to_string()).value(200);
        assert_eq!(tester.get(&path("comments"))[0]["title"], "Done");
        assert!(tester.send("DELETE", &one, "").value(200).is_null());
        assert_eq!(tester.get(&path("comments")), json!([]));
        assert_eq!(tester.task(&id(1))["commentCount"], 0);
        tester.send("PUT", &one, r#"{"title":"Done"}"#).refused(500, "unknown_exception");
        assert!(tester.send("DELETE", &one, "").value(200).is_null(), "in silence");
    }

    #[test]
    fn the_text_alone_is_enough() {
        let tester = with_task();
        let made = tester.post(&path("comment"), &json!({ "title": "Yes" }));
        assert_eq!(made["id"].as_str().unwrap().len(), 24);
        assert_eq!((&made["taskId"], &made["userProfile"]), (&json!(id(1)), &json!({ "isMyself": true })));
        tester.send("POST", &path("comment"), "{}").refused(500, "unknown_exception");
    }

    #[test]
    fn unknown_tasks_are_refused() {
        let tester = with_task();
        let elsewhere = format!("/api/v2/project/{}/task/{}/comments", id(9), id(1));
        tester.send("GET", &elsewhere, "").refused(500, "task_not_found");
        let plural = tester.send("POST", &path("comments"), r#"{"title":"x"}"#);
        assert_eq!(plural.status, 405, "comments are written in the singular");
    }

    #[test]
    fn a_comment_changes_the_task_and_goes_with_it() {
        let tester = with_task();
        let next = tester.get("/api/v3/batch/check/0")["checkPoint"].as_i64().unwrap();
        let before = tester.task(&id(1))["etag"].clone();
        tester.post(&path("comment"), &json!({ "title": "Yes" }));
        let delta = tester.get(&format!("/api/v3/batch/check/{next}"));
        let task: &Value = &delta["syncTaskBean"]["update"][0];
        assert_eq!((&task["commentCount"], task["etag"] == before), (&json!(1), false));
        let key = json!([{ "taskId": id(1), "projectId": "inbox" }]).to_string();
        tester.send("DELETE", "/api/v2/task?deleteforever=true", key).value(200);
        tester.send("GET", &path("comments"), "").refused(500, "task_not_found");
        tester.add(&json!({ "id": id(1) }));
        assert_eq!(tester.get(&path("comments")), json!([]));
    }
}
