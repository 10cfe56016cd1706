//! Many writes in one request, restoring and assigning.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use ticktick::{Error, ProjectId, Task, TaskDraft};

use crate::service::{Service, all_stored};

const BATCH: &str = "POST /api/v2/batch/task";

/// A task as the service might send it, with what a client may not know.
const STORED: &str = r#"{"id":"65f0a1b2c3d4e5f6a7b8c9d0","projectId":"p","title":"Walk","tags":null,"longNumber":12345678901234567890123}"#;

fn stored(id: &str) -> Task {
    serde_json::from_str(&STORED.replace("65f0a1b2c3d4e5f6a7b8c9d0", id)).unwrap()
}

/// Answers reads of tasks and syncs as if every task were stored, and writes as told.
async fn service(answer: impl Fn(&Value) -> String + Send + Sync + 'static) -> Service {
    Service::start(move |line, body| match line.strip_prefix("GET /api/") {
        Some("v3/batch/check/0") => {
            let tasks = ["a", "b", "c", "d", "e"].map(|id| STORED.replace("65f0a1b2c3d4e5f6a7b8c9d0", id)).join(",");
            (200, format!(r#"{{"checkPoint":1,"syncTaskBean":{{"update":[{tasks}]}}}}"#))
        }
        Some(path) => (200, STORED.replace("65f0a1b2c3d4e5f6a7b8c9d0", path.trim_start_matches("v2/task/"))),
        None => (200, answer(body)),
    })
    .await
}

#[tokio::test]
async fn a_batch_is_one_body() {
    let service = service(|body| all_stored(body, "id")).await;
    let client = service.client();
    let batch = client.task().batch().create([TaskDraft::new("Buy").project("p")]).update([stored("a")]);
    let report = batch.complete([stored("b")]).delete([stored("c")]).send().await.unwrap();
    assert_eq!(report.failures().count(), 0);

    let seen = service.seen();
    let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(lines, ["GET /api/v2/task/a", "GET /api/v2/task/b", "GET /api/v2/task/c", BATCH]);
    let body = String::from_utf8(seen[3].body.clone()).unwrap();
    assert_eq!(body.matches(r#""longNumber":12345678901234567890123"#).count(), 2, "{body}");
    let body = seen[3].json();
    let now = "2026-03-01T12:30:00.500+0000";
    assert_eq!(body["add"].as_array().unwrap().len(), 1);
    assert_eq!(body["update"][0]["modifiedTime"], json!(now));
    assert_eq!(body["update"][0]["tags"], Value::Null);
    assert_eq!(body["update"][1]["status"], json!(2));
    assert_eq!(body["update"][1]["completedTime"], json!(now));
    assert_eq!(body["delete"], json!([{ "taskId": "c", "projectId": "p" }]));
}

/// `batch-item-errors`, `batch-empty-maps`, `batch-delete-unlisted`
#[tokio::test]
async fn each_item_has_an_outcome_of_its_own() {
    let answer = json!({ "id2etag": { "a": "etag0001" }, "id2error": { "b": "EXCEED_QUOTA", "e": "TASK_NOT_FOUND" } });
    let service = service(move |_| answer.to_string()).await;
    let client = service.client();
    let batch = client.task().batch().update(["a", "b", "c"].map(stored)).delete(["d", "e"].map(stored));
    let report = batch.send().await.unwrap();
    assert_eq!(service.lines(), ["GET /api/v3/batch/check/0", BATCH]);
    let outcomes: Vec<_> = report.items().iter().map(|item| &item.result).collect();
    assert_eq!(outcomes[0].as_ref().unwrap().etag.get().unwrap().as_str(), "etag0001");
    assert!(matches!(outcomes[1], Err(Error::Batch { .. })));
    assert!(matches!(outcomes[2], Err(Error::NotApplied { operation: "task.batch", id, .. }) if id == "c"));
    assert!(outcomes[3].is_ok() && outcomes[4].is_err());
}

/// `trash-restore-shape`
#[tokio::test]
async fn a_task_is_restored_with_all_three_keys() {
    let service = Service::start(|_, _| (200, json!({ "id2etag": { "a": "etag0001" } }))).await;
    let task = service.client().task().restore_to(&stored("a"), ProjectId::from("q")).await.unwrap();
    assert_eq!(task.project_id.as_str(), "q");
    assert_eq!(task.etag.get().unwrap().as_str(), "etag0001");
    let seen = service.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].line.as_str(), "POST /api/v2/trash/restore");
    assert_eq!(seen[0].json(), json!([{ "taskId": "a", "fromProjectId": "p", "toProjectId": "q" }]));
    let nothing = Service::start(|_, _| (200, json!({}))).await;
    let error = nothing.client().task().restore(&stored("a")).await.unwrap_err();
    assert!(matches!(error, Error::NotApplied { operation: "task.restore", .. }), "{error:?}");
}

/// `trash-shapes`
#[tokio::test]
async fn the_trash_is_read_in_every_shape() {
    let page = |start: usize, count: usize| {
        (start..start + count)
            .map(|id| json!({ "id": id.to_string(), "projectId": "p", "deleted": 1 }))
            .collect::<Value>()
    };
    let paged = Service::start(move |line, _| match line {
        "GET /api/v2/project/all/trash/pagination?limit=50" => (200, json!({ "tasks": page(0, 50), "next": 50 })),
        "GET /api/v2/project/all/trash/pagination?start=50&limit=50" => {
            (200, json!({ "tasks": page(49, 20), "next": 70 }))
        }
        other => panic!("{other}"),
    })
    .await;
    assert_eq!(paged.client().task().trash().await.unwrap().len(), 69, "one came twice");
    for (answer, count) in [(page(0, 60), 60), (json!({ "tasks": page(0, 60) }), 60), (json!({ "tasks": null }), 0)] {
        let service = Service::start(move |_, _| (200, answer.clone())).await;
        assert_eq!(service.client().task().trash().await.unwrap().len(), count);
        assert_eq!(service.lines().len(), 1);
    }
    let odd = Service::start(|_, _| (200, json!("empty"))).await;
    let error = odd.client().task().trash().await.unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error:?}");
}

/// `assignee-minus-one`
#[tokio::test]
async fn assignees_are_sent_as_text_and_read_as_numbers() {
    let service = Service::start(|line, _| match line {
        "POST /api/v2/task/assign" => (200, Value::Null),
        _ => (200, json!({ "id": "a", "projectId": "p", "assignee": 7 })),
    })
    .await;
    let client = service.client();
    assert_eq!(client.task().assign(&stored("a"), 7).await.unwrap().assignee, 7);
    let seen = service.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].json(), json!([{ "assignee": "7", "projectId": "p", "taskId": "a" }]));
    let error = client.task().unassign(&stored("a")).await.unwrap_err();
    assert!(matches!(error, Error::NotApplied { operation: "task.assign", .. }), "{error:?}");
    assert_eq!(service.seen()[0].json()[0]["assignee"], "-1");
    for assignee in [Value::Null, json!(-1)] {
        let service = Service::start(move |line, _| match line {
            "POST /api/v2/task/assign" => (200, json!({ "id2etag": { "a": "etag0001" } })),
            _ => (200, json!({ "id": "a", "projectId": "p", "assignee": assignee })),
        })
        .await;
        service.client().task().unassign(&stored("a")).await.unwrap();
    }
}

#[tokio::test]
async fn deleting_for_good_names_the_tasks_in_the_body() {
    let is_gone = AtomicBool::new(false);
    let service = Service::start(move |line, _| match line {
        "GET /api/v2/task/a" if is_gone.load(Ordering::Relaxed) => (404, String::new()),
        "GET /api/v2/task/a" => (200, json!({ "id": "a", "projectId": "now", "deleted": 1 }).to_string()),
        _ => {
            is_gone.store(true, Ordering::Relaxed);
            (200, String::new())
        }
    })
    .await;
    service.client().task().delete_forever([stored("a")]).await.unwrap();
    let seen = service.seen();
    assert_eq!(seen.len(), 3);
    assert_eq!(seen[1].line.as_str(), "DELETE /api/v2/task?deleteforever=true");
    assert_eq!(seen[1].json(), json!([{ "taskId": "a", "projectId": "now" }]));
}

#[tokio::test]
async fn what_is_there_still_was_not_deleted_for_good() {
    let service = service(|_| String::new()).await;
    let error = service.client().task().delete_forever([stored("a")]).await.unwrap_err();
    assert!(matches!(error, Error::NotApplied { operation: "task.delete_with_body", .. }), "{error:?}");
}

#[tokio::test]
async fn a_refusal_to_delete_for_good_is_not_passed_over() {
    let refusal = json!({ "id2etag": {}, "id2error": { "a": "TASK_NOT_FOUND" } });
    let service = service(move |_| refusal.to_string()).await;
    let error = service.client().task().delete_forever([stored("a")]).await.unwrap_err();
    assert!(matches!(&error, Error::Batch { failures, .. } if failures[0].id == "a"), "{error:?}");
}
