//! Deltas as they were recorded, by their quirks.

use serde_json::{Value, json};
use ticktick::{Account, Client, TaskId};

use crate::service::Service;

const SETTINGS: &str = "GET /api/v2/user/preferences/settings";
const FULL: &str = "GET /api/v3/batch/check/0";
const FULL_ANSWER: &str = include_str!("../samples/full_sync.json");

/// A service that answers a full sync, and this to any other.
async fn answering(delta: Value) -> Service {
    Service::start(move |line, _| match line {
        SETTINGS => (200, json!({ "timeZone": "Europe/Berlin", "startDayOfWeek": "SUNDAY" }).to_string()),
        FULL => (200, FULL_ANSWER.to_owned()),
        _ => (200, delta.to_string()),
    })
    .await
}

/// Returns what a client knows after a full sync and this delta, which it asks for from the checkpoint of the first.
async fn refreshed(delta: Value) -> (Client, Account, Service) {
    let service = answering(delta).await;
    let client = service.client();
    let mut account = client.sync().full().await.unwrap();
    client.sync().refresh(&mut account).await.unwrap();
    assert_eq!(service.lines(), [SETTINGS, FULL, "GET /api/v3/batch/check/1772366400000"]);
    (client, account, service)
}

#[tokio::test]
async fn a_refresh_asks_from_the_checkpoint() {
    let (client, mut account, service) = refreshed(json!({ "checkPoint": 1_772_366_400_001_i64, "tags": [] })).await;
    assert_eq!(account.checkpoint(), 1_772_366_400_001);
    assert_eq!(account.zone().iana_name(), Some("Europe/Berlin"));
    client.sync().refresh(&mut account).await.unwrap();
    assert_eq!(service.lines(), ["GET /api/v3/batch/check/1772366400001"]);
}

/// `delta-lags-behind-writes`
#[tokio::test]
async fn delta_lags_behind_writes() {
    let idle =
        json!({ "checkPoint": 1_772_366_400_001_i64, "syncTaskBean": { "update": [], "empty": true }, "tags": null });
    let (client, mut account, service) = refreshed(idle).await;
    client.sync().refresh(&mut account).await.unwrap();
    assert_eq!(service.lines(), ["GET /api/v3/batch/check/1772366400000"], "from the same moment again");
}

/// `delta-null-is-unchanged`
#[tokio::test]
async fn delta_null_is_unchanged() {
    let delta = json!({ "checkPoint": 2, "projectProfiles": null, "tags": [], "inboxId": null });
    let (_, account, _) = refreshed(delta).await;
    assert_eq!(account.projects().len(), 1);
    assert_eq!(account.tags().len(), 0);
    assert_eq!(account.inbox_id().unwrap(), "inbox1");
}

/// `delta-tasks-may-be-partial`
#[tokio::test]
async fn delta_tasks_may_be_partial() {
    let task = json!({ "id": "a", "projectId": "p", "title": "new" });
    let (_, account, _) = refreshed(json!({ "checkPoint": 2, "syncTaskBean": { "update": [task] } })).await;
    let task = account.task(TaskId::from("a")).unwrap();
    assert_eq!(task.title.as_deref(), Some("new"));
    assert_eq!(task.tags.len(), 1);
    assert_eq!(task.extra.get("longNumber").unwrap().as_str(), "12345678901234567890123");
}

/// `delta-add-lane-is-empty`
#[tokio::test]
async fn delta_add_lane_is_empty() {
    for lane in ["update", "add"] {
        let task = json!({ "id": "b", "projectId": "inbox1" });
        let (_, account, _) = refreshed(json!({ "checkPoint": 2, "syncTaskBean": { lane: [task] } })).await;
        assert_eq!(account.inbox_tasks().len(), 1, "{lane}");
    }
}

/// `deleted-lane-shapes`
#[tokio::test]
async fn deleted_lane_shapes() {
    for entry in [json!({ "taskId": "a", "projectId": "p" }), json!("a")] {
        let (_, account, _) = refreshed(json!({ "checkPoint": 2, "syncTaskBean": { "delete": [entry] } })).await;
        assert!(account.tasks().is_empty());
    }
}
