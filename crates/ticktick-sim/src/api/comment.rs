//! Comments on tasks.

use ticktick_models::Object;

use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::Refusal;
use crate::exchange::reply::Reply;
use crate::generated::CommentHandlers;
use crate::world::account::Account;
use crate::world::fields::Fields;
use crate::world::json::array;

impl CommentHandlers for Context {
    fn comment_list(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let task = named_task(account, call)?;
            let rows = account.comments.live().filter(|row| *row.head.0 == *task);
            Ok(Reply::json_text(array(rows.map(|row| &*row.text))))
        })
    }

    fn comment_create(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let task = named_task(account, call)?;
            let project = call.path("projectId");
            account.may_comment(&account.project_id(project))?;
            let comment: Object = call.json()?;
            comment.word("title").ok_or_else(Refusal::senseless)?;
            Ok(Reply::json(&account.write_comment(project, &task, comment, call.now)))
        })
    }

    fn comment_update(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let task = named_task(account, call)?;
            let sent: Object = call.json()?;
            Ok(Reply::json(&account.edit_comment(call.path("commentId"), &task, &sent, call.now)?))
        })
    }

    fn comment_delete(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let task = named_task(account, call)?;
            account.delete_comment(call.path("commentId"), &task, call.now);
            Ok(Reply::empty())
        })
    }
}

/// Returns the id of the task in the path, which must be in the project in the path.
pub(crate) fn named_task(account: &Account, call: &Call) -> Result<String, Refusal> {
    Ok(account.named_task(call.path("projectId"), call.path("taskId"))?)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::server::testing::{Tester, id, tester};

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
        assert_eq!(made["id"], json!(id(2)));
        assert_eq!(made["isNew"], json!(false));
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
        assert_eq!(made["taskId"], json!(id(1)));
        assert_eq!(made["userProfile"], json!({ "isMyself": true }));
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
        assert_eq!(task["commentCount"], json!(1));
        assert_ne!(task["etag"], before);
        let key = json!([{ "taskId": id(1), "projectId": "inbox" }]).to_string();
        tester.send("DELETE", "/api/v2/task?deleteforever=true", key).value(200);
        tester.send("GET", &path("comments"), "").refused(500, "task_not_found");
        tester.add(&json!({ "id": id(1) }));
        assert_eq!(tester.get(&path("comments")), json!([]));
    }
}
