//! Creating and completing tasks.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use ticktick::error::ErrorClass;
use ticktick::{Due, Error, Priority, Task, TaskDraft, TaskId};

use crate::service::{Service, all_stored};

const STATUS: &str = "GET /api/v2/user/status";
const BATCH: &str = "POST /api/v2/batch/task";
const ID: &str = "65f0a1b2c3d4e5f6a7b8c9d0";
const GET: &str = "GET /api/v2/task/65f0a1b2c3d4e5f6a7b8c9d0";

const ACCOUNT: &str = r#"{"userId":"1","inboxId":"inbox1"}"#;

/// A task as the service might send it, with much that a client may not know.
const STORED: &str = include_str!("../samples/stored_song.json");

/// A service that stores everything, as one etag an id.
async fn willing() -> Service {
    Service::start(|line, body| match line {
        STATUS => (200, ACCOUNT.to_owned()),
        GET => (200, STORED.to_owned()),
        BATCH => (200, all_stored(body, "id")),
        other => panic!("{other}"),
    })
    .await
}

/// A service that answers every batch so.
async fn answering(answer: Value) -> Service {
    Service::start(move |line, _| match line {
        STATUS => (200, ACCOUNT.to_owned()),
        GET => (200, STORED.to_owned()),
        _ => (200, answer.to_string()),
    })
    .await
}

async fn created(service: &Service) -> Result<Task, Error> {
    service.client().task().create(TaskDraft::new("Buy")).await
}

#[tokio::test]
async fn a_bare_task_goes_to_the_inbox() {
    let service = willing().await;
    let client = service.client();
    let task = client.task().create(TaskDraft::new("Buy")).await.unwrap();
    assert_eq!(task.etag.get().unwrap().as_str(), "etag0001");
    client.task().create(TaskDraft::new("Sell")).await.unwrap();

    let seen = service.seen();
    let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(lines, [STATUS, BATCH, BATCH], "the inbox is asked for once");
    assert_eq!(seen[1].header("cookie"), Some("t=hush"));
    assert_eq!(seen[1].header("content-type"), Some("application/json"));
    assert_eq!(
        seen[1].json(),
        json!({ "add": [{
            "id": task.id.as_str(),
            "projectId": "inbox1",
            "title": "Buy",
            "kind": "TEXT",
            "status": 0,
            "priority": 0,
            "createdTime": "2026-03-01T12:30:00.500+0000",
            "modifiedTime": "2026-03-01T12:30:00.500+0000",
        }] })
    );
    // The clock's second, then what is ours.
    assert!(task.id.as_str().starts_with("69a43148") && task.id.as_str().len() == 24);
    assert_ne!(seen[2].json()["add"][0]["id"], task.id.as_str());
}

#[tokio::test]
async fn a_full_draft_is_sent_in_one_call() {
    let service = willing().await;
    let due = Due::at("2026-03-02T09:00[Europe/Berlin]".parse().unwrap());
    let draft = TaskDraft::new("Shop")
        .project("65f0a1b2c3d4e5f6a7b8c9aa")
        .content("on *foot*")
        .priority(Priority::High)
        .tag("errands")
        .tag("Errands")
        .due(due)
        .item("Milk")
        .item("Bread");
    let task = service.client().task().create(draft).await.unwrap();

    let seen = service.seen();
    assert_eq!(seen.len(), 1);
    let sent = &seen[0].json()["add"][0];
    assert_eq!(sent["projectId"], "65f0a1b2c3d4e5f6a7b8c9aa");
    assert_eq!(sent["kind"], "CHECKLIST");
    assert_eq!(sent["desc"], "on *foot*");
    assert_eq!(sent.get("content"), None);
    assert_eq!(sent["priority"], 5);
    assert_eq!(sent["tags"], json!(["errands"]));
    assert_eq!(sent["timeZone"], "Europe/Berlin");
    assert_eq!(sent["startDate"], "2026-03-02T08:00:00.000+0000");
    assert_eq!(
        sent["items"],
        json!([
            { "id": task.items[0].id.as_str(), "title": "Milk", "status": 0, "sortOrder": 0 },
            { "id": task.items[1].id.as_str(), "title": "Bread", "status": 0, "sortOrder": 1_099_511_627_776_i64 },
        ])
    );
}

/// `sync-leaves-out-the-inbox`
#[tokio::test]
async fn the_word_inbox_is_never_sent() {
    let service = willing().await;
    let task = service.client().task().create(TaskDraft::new("Buy").project("inbox")).await;
    assert_eq!(task.unwrap().project_id.as_str(), "inbox1");
    let seen = service.seen();
    let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(lines, [STATUS, BATCH]);
    assert_eq!(seen[1].json()["add"][0]["projectId"], "inbox1");
}

#[tokio::test]
async fn completing_sends_the_whole_task_back() {
    let service = willing().await;
    let task = service.client().task().complete(TaskId::from(ID)).await.unwrap();
    assert_eq!(task.etag.get().unwrap().as_str(), "etag0001");

    let seen = service.seen();
    let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(lines, [GET, BATCH]);
    let now = r#""2026-03-01T12:30:00.500+0000""#;
    let wanted = STORED
        .replace(r#""status":0"#, r#""status":2"#)
        .replace(r#""2026-01-01T00:00:00.000+0000""#, now)
        .replacen('{', &format!(r#"{{"completedTime":{now},"#), 1);
    assert_eq!(fields(&seen[1].body), fields(format!(r#"{{"update":[{wanted}]}}"#).as_bytes()));
}

/// Lists the members of the one task of a batch as text, so that numbers are compared as written.
fn fields(batch: &[u8]) -> Vec<(String, String)> {
    let batch: ticktick::models::Object = serde_json::from_slice(batch).unwrap();
    let lanes: Vec<_> = batch.iter().map(|(lane, json)| (lane, json.as_str())).collect();
    let [("update", json)] = lanes[..] else { panic!("one lane is sent") };
    let tasks: Vec<ticktick::models::Object> = serde_json::from_str(json).unwrap();
    let [task] = &tasks[..] else { panic!("one task is sent") };
    let mut fields: Vec<_> = task.iter().map(|(key, json)| (key.to_owned(), json.as_str().to_owned())).collect();
    fields.sort();
    fields
}

#[tokio::test]
async fn a_completed_task_stays_as_it_is() {
    for status in [1, 2] {
        let service =
            Service::start(move |_, _| (200, json!({ "id": ID, "projectId": "inbox1", "status": status }))).await;
        service.client().task().complete(TaskId::from(ID)).await.unwrap();
        assert_eq!(service.lines(), [GET]);
    }
}

/// `trashed-task-readable`
#[tokio::test]
async fn a_task_in_the_trash_is_not_found() {
    let service = Service::start(|_, _| (200, json!({ "id": ID, "projectId": "inbox1", "deleted": 1 }))).await;
    let error = service.client().task().get(TaskId::from(ID)).await.unwrap_err();
    assert!(matches!(error, Error::NotFound { what: "task", .. }), "{error:?}");
    assert!(error.is_not_found());
    assert_eq!(service.lines(), [GET]);
}

/// `batch-item-errors`
#[tokio::test]
async fn a_refused_item_inside_a_200_is_an_error() {
    let service = answering(json!({ "id2etag": {}, "id2error": { "x": "EXCEED_QUOTA" } })).await;
    let error = created(&service).await.unwrap_err();
    let Error::Batch { operation: "task.batch", failures, .. } = &error else {
        panic!("{error:?}");
    };
    assert_eq!(failures[0].id, "x");
    assert_eq!(failures[0].class(), ErrorClass::Quota);
    assert_eq!(error.class(), Some(ErrorClass::Quota));
    assert!(error.to_string().contains("upgrade the account"), "{error}");
    let detail = json!({ "id2error": { "x": { "code": "TASK_NOT_FOUND", "message": "gone" } } });
    let error = service_error(detail).await;
    assert!(error.is_not_found(), "{error:?}");
}

async fn service_error(answer: Value) -> Error {
    let service = answering(answer).await;
    service.client().task().complete(TaskId::from(ID)).await.unwrap_err()
}

/// `batch-empty-maps`
#[tokio::test]
async fn a_200_that_does_not_name_the_task_is_an_error() {
    for answer in [json!({ "id2etag": {}, "id2error": {} }), json!({})] {
        let error = created(&answering(answer.clone()).await).await.unwrap_err();
        assert!(matches!(error, Error::NotApplied { operation: "task.batch", .. }), "{error:?}");
        let error = service_error(answer).await;
        assert!(matches!(error, Error::NotApplied { .. }), "{error:?}");
    }
    let error = service_error(json!({ "id2etag": { "somebody-else": "etag0001" } })).await;
    let Error::NotApplied { id, .. } = error else { panic!("{error:?}") };
    assert_eq!(id, ID);
}

/// `foreign-ids-replaced`
#[tokio::test]
async fn the_id_that_the_service_made_counts() {
    let service = answering(json!({ "id2etag": { "99": "etag0001" }, "id2error": {} })).await;
    assert_eq!(created(&service).await.unwrap().id.as_str(), "99");
    let seen = service.seen();
    assert_eq!(seen.len(), 2, "what was stored once is not sent again");
    assert_eq!(seen[1].line.as_str(), BATCH, "what was stored once is not sent again");
    assert_eq!(seen[1].json()["add"][0]["id"].as_str().unwrap().len(), 24);
    let two = answering(json!({ "id2etag": { "98": "a", "99": "b" } })).await;
    assert!(matches!(created(&two).await.unwrap_err(), Error::NotApplied { .. }));
}

/// `add-under-taken-id`
#[tokio::test]
async fn a_task_that_is_refused_when_it_is_sent_again_is_read() {
    for refused in [true, false] {
        let sent = AtomicUsize::new(0);
        let service = Service::start(move |line, body| match line {
            STATUS => (200, ACCOUNT.to_owned()),
            // The first answer breaks off.
            BATCH if sent.fetch_add(1, Ordering::Relaxed) == 0 => (200, r#"{"id2etag":{"#.to_owned()),
            BATCH if refused => {
                (200, json!({ "id2error": { body["add"][0]["id"].as_str().unwrap(): "EXISTED" } }).to_string())
            }
            BATCH => (200, "{}".to_owned()),
            get => (200, STORED.replace(ID, get.trim_start_matches("GET /api/v2/task/"))),
        })
        .await;
        let task = created(&service).await.unwrap();
        assert_eq!(task.etag.get().unwrap().as_str(), "abcdefgh", "refused: {refused}");
        let lines = service.lines();
        assert_eq!(lines[1..3], [BATCH.to_owned(), BATCH.to_owned()][..], "{lines:?}");
        assert_eq!(lines.len(), 4, "{lines:?}");
    }
}
