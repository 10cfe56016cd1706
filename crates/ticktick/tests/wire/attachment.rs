//! Files on tasks.

use serde_json::{Value, json};
use ticktick::task::Attachment;
use ticktick::{Error, Task};

use crate::service::Service;

fn task() -> Task {
    Task::new("t", "inbox")
}

/// A service that answers an upload so, and then has these files on the task.
async fn service(answer: &'static str, files: impl Fn(&str) -> Value + Send + Sync + 'static) -> Service {
    let id = std::sync::Mutex::new(String::new());
    Service::start(move |line, _| match line {
        "GET /api/v2/user/status" => (200, json!({ "userId": "1", "inboxId": "inbox1" }).to_string()),
        "GET /api/v2/task/t" => {
            (200, json!({ "id": "t", "projectId": "inbox1", "attachments": files(&id.lock().unwrap()) }).to_string())
        }
        line => {
            let path = "POST /api/v1/attachment/upload/inbox1/t/";
            *id.lock().unwrap() = line.strip_prefix(path).unwrap_or_else(|| panic!("{line}")).to_owned();
            (200, answer.to_owned())
        }
    })
    .await
}

/// `attachment-real-inbox-id`, `attachment-answer-not-json`
#[tokio::test]
async fn a_file_is_known_by_our_id() {
    for answer in ["", "OK", "{}", r#"{"id":"somebody else's"}"#] {
        let named = service(answer, |id| json!([{ "id": id, "size": 8 }])).await;
        let file = named.client().task().attachments(task()).upload("notes.txt", "Call Ada").await.unwrap();
        assert_eq!(file.id.to_string().len(), 24);
        assert_eq!(file.size.copied(), Some(8));
        let seen = named.seen();
        assert_eq!(seen.len(), 3);
        assert!(seen[1].header("content-type").unwrap().starts_with("multipart/form-data; boundary="));
        let body = String::from_utf8(seen[1].body.clone()).unwrap();
        assert!(body.contains(r#"name="file"; filename="notes.txt""#), "{body}");
        assert!(body.to_lowercase().contains("content-type: text/plain\r\n"), "{body}");
        assert!(body.contains("\r\n\r\nCall Ada\r\n"), "{body}");

        let renamed = service(answer, |id| json!([{ "id": "new", "refId": id }])).await;
        let file = renamed.client().task().attachments(task()).upload("a", "x").await.unwrap();
        assert_eq!(file.id, ticktick::task::AttachmentId::from("new"));
        let lost = service(answer, |_| json!([])).await;
        let error = lost.client().task().attachments(task()).upload("a", "x").await.unwrap_err();
        assert!(matches!(error, Error::NotApplied { operation: "attachment.upload", .. }), "{error:?}");
    }
}

/// `attachment-marker`
#[tokio::test]
async fn the_marker_goes_where_the_text_is() {
    for (kind, text, wanted) in [
        ("TEXT", "one", r#""content":"one\n![image](i/a.png)\n""#),
        ("NOTE", "one\n", r#""content":"one\n![image](i/a.png)\n""#),
        ("CHECKLIST", "", r#""desc":"![image](i/a.png)\n""#),
    ] {
        let body = if kind == "CHECKLIST" { "desc" } else { "content" };
        let service = Service::start(move |line, _| match line {
            "GET /api/v2/task/t" => (200, json!({ "id": "t", "projectId": "p", "kind": kind, body: text, "odd": 1 })),
            _ => (200, json!({ "id2etag": { "t": "etag0001" } })),
        })
        .await;
        let image: Attachment = serde_json::from_value(json!({ "id": "i", "fileName": "a.png" })).unwrap();
        service.client().task().attachments(task()).show(&image).await.unwrap();
        let seen = service.seen();
        let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
        assert_eq!(lines, ["GET /api/v2/task/t", "POST /api/v2/batch/task"]);
        let sent = String::from_utf8(seen[1].body.clone()).unwrap();
        assert!(sent.contains(wanted) && sent.contains(r#""odd":1"#), "{sent}");
    }
}

#[tokio::test]
async fn a_file_is_fetched_by_its_path() {
    let service = Service::start(|line, _| match line {
        "GET /api/v2/user/status" => (200, json!({ "userId": "1", "inboxId": "inbox1" }).to_string()),
        _ => (200, "bytes".to_owned()),
    })
    .await;
    let mut copy = Vec::new();
    let client = service.client();
    let size =
        client.task().attachments(task()).download(ticktick::task::AttachmentId::from("i"), &mut copy).await.unwrap();
    assert_eq!(size, 5);
    assert_eq!(copy.as_slice(), &b"bytes"[..]);
    assert_eq!(service.lines()[1], "GET /api/v1/attachment/inbox1/t/i");
}
