//! Comments on tasks.

use serde_json::{Value, json};
use ticktick::task::CommentId;
use ticktick::{Error, Task};

use crate::service::Service;

fn task() -> Task {
    Task::new("t", "inbox")
}

/// A service that keeps one comment, and answers writes so.
async fn service(answer: &'static str, kept: Value) -> Service {
    Service::start(move |line, _| match line {
        "GET /api/v2/user/status" => (200, json!({ "userId": "1", "inboxId": "inbox1" }).to_string()),
        "GET /api/v2/project/inbox1/task/t/comments" => (200, kept.to_string()),
        _ => (200, answer.to_owned()),
    })
    .await
}

/// `comment-singular-plural`
#[tokio::test]
async fn comments_are_written_in_the_singular() {
    let answer = r#"{"id":"c","title":"Done"}"#;
    let service = service(answer, json!([{ "id": "c", "title": "Doing", "odd": 1 }])).await;
    let client = service.client();
    let (task, id) = (task(), CommentId::from("c"));
    let comments = client.task().comments(&task);
    comments.list().await.unwrap();
    comments.edit(&id, "Done").await.unwrap();
    comments.delete(&id).await.unwrap();
    let seen = service.seen();
    let lines: Vec<_> = seen[1..].iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(
        lines,
        [
            "GET /api/v2/project/inbox1/task/t/comments",
            "GET /api/v2/project/inbox1/task/t/comments",
            "PUT /api/v2/project/inbox1/task/t/comment/c",
            "GET /api/v2/project/inbox1/task/t/comments",
            "DELETE /api/v2/project/inbox1/task/t/comment/c",
        ]
    );
    assert_eq!(seen[3].json(), json!({ "id": "c", "title": "Done", "odd": 1 }), "the whole comment is sent");
}

/// `comment-answer-unknown`
#[tokio::test]
async fn a_comment_is_known_by_our_id() {
    for answer in ["", "{}", "true", r#"{"id":"somebody else's","title":"Done"}"#] {
        let lost = service(answer, json!([])).await;
        let error = lost.client().task().comments(task()).add("Done").await.unwrap_err();
        assert!(matches!(error, Error::NotApplied { operation: "comment.create", .. }), "{error:?}");
        let seen = lost.seen();
        assert_eq!(seen.len(), 3);
        assert_eq!(seen[1].line.as_str(), "POST /api/v2/project/inbox1/task/t/comment");
        let sent = seen[1].json();
        assert_eq!(sent["id"].as_str().unwrap().len(), 24);
        assert_eq!(
            sent,
            json!({
                "id": sent["id"],
                "title": "Done",
                "createdTime": "2026-03-01T12:30:00.500+0000",
                "taskId": "t",
                "projectId": "inbox1",
                "userProfile": { "isMyself": true },
                "mentions": [],
                "isNew": true,
            })
        );

        let edited = service(answer, json!([{ "id": "c", "title": "Done", "odd": 1 }])).await;
        let comment = edited.client().task().comments(task()).edit(CommentId::from("c"), "Done").await.unwrap();
        assert_eq!(serde_json::to_value(&comment).unwrap()["odd"], 1);
        let stale = service(answer, json!([{ "id": "c", "title": "Doing" }])).await;
        let error = stale.client().task().comments(task()).edit(CommentId::from("c"), "Done").await.unwrap_err();
        assert!(matches!(error, Error::NotApplied { operation: "comment.update", .. }), "{error:?}");
    }
}
