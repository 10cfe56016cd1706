//! Quirk `series-completion`: what is sent where one occurrence of a series is finished or skipped.

use std::sync::Mutex;

use serde_json::{Value, json};
use ticktick::{Error, Task, TaskId};

use crate::service::Service;

const BATCH: &str = "POST /api/v2/batch/task";
const GET: &str = "GET /api/v2/task/65f0a1b2c3d4e5f6a7b8c9d0";
const ID: &str = "65f0a1b2c3d4e5f6a7b8c9d0";
const NOW: &str = "2026-03-01T12:30:00.500+0000";

fn stored() -> Value {
    json!({
        "id": ID, "projectId": "inbox1", "sortOrder": -9223090562146500590_i64, "title": "Walk", "kind": "CHECKLIST",
        "status": 0, "timeZone": "Asia/Tokyo", "isAllDay": true, "isFloating": false, "etag": "abcdefgh", "parentId": "p",
        "childIds": ["c"], "startDate": "2026-03-04T15:00:00.000+0000", "dueDate": "2026-03-04T15:00:00.000+0000",
        "repeatFlag": "RRULE:FREQ=WEEKLY;COUNT=9;NEW=1", "repeatFrom": "2", "tags": ["errands"], "future": { "n": [1] },
        "remindTime": "2026-03-05T00:00:00.000+0000", "pinnedTime": "2026-02-01T09:00:00.000+0000",
        "reminders": [{ "id": "a", "trigger": "TRIGGER:PT0S", "tone": 3 }],
        "items": [
            { "id": "i1", "title": "left", "status": 0, "sortOrder": 5, "shade": [1] },
            { "id": "i2", "title": "right", "status": 1, "sortOrder": 6, "completedTime": "2026-02-01T09:00:00.000+0000" },
        ],
        "modifiedTime": "2026-01-01T00:00:00.000+0000",
    })
}

/// A service that holds the series without the part that is not known, and refuses what is told.
async fn holding(refused: &'static [&'static str]) -> Service {
    Service::start(move |line, body| match line {
        GET => (200, known(stored()).to_string()),
        BATCH => {
            let (mut etags, mut errors) = (json!({}), json!({}));
            for lane in ["add", "update"] {
                for id in body[lane].as_array().into_iter().flatten().map(|task| task["id"].as_str().unwrap()) {
                    if refused.contains(&lane) {
                        errors[id] = "EXCEED_QUOTA".into()
                    } else {
                        etags[id] = "etag0001".into()
                    }
                }
            }
            (200, json!({ "id2etag": etags, "id2error": errors }).to_string())
        }
        other => panic!("{other}"),
    })
    .await
}

fn known(mut task: Value) -> Value {
    task["repeatFlag"] = "RRULE:FREQ=WEEKLY;COUNT=9".into();
    task
}

/// The series after this occurrence.
fn moved_on() -> Value {
    let mut task = known(stored());
    for key in ["startDate", "dueDate"] {
        task[key] = "2026-03-11T15:00:00.000+0000".into();
    }
    task["repeatFlag"] = "RRULE:FREQ=WEEKLY;COUNT=8".into();
    task["repeatFirstDate"] = "2026-03-04T15:00:00.000+0000".into();
    task["remindTime"] = Value::Null;
    task["items"][1]["status"] = 0.into();
    task["items"][1]["completedTime"] = Value::Null;
    task["modifiedTime"] = NOW.into();
    task
}

async fn completed(service: &Service) -> Result<Task, Error> {
    service.client().task().complete(TaskId::from(ID)).await.map(Task::from)
}

/// `series-completion`, `series-occurrence-resets-state`
#[tokio::test]
async fn a_finished_occurrence_is_one_call() {
    let service = holding(&[]).await;
    let done = completed(&service).await.unwrap();
    assert_eq!(done.etag.get().unwrap().as_str(), "etag0001");

    let seen = service.seen();
    assert_eq!(seen.iter().map(|seen| seen.line.as_str()).collect::<Vec<_>>(), [GET, BATCH]);
    let mut copy = known(stored());
    copy["id"] = done.id.as_str().into();
    copy["status"] = 2.into();
    copy["completedTime"] = NOW.into();
    copy["modifiedTime"] = NOW.into();
    copy["repeatTaskId"] = ID.into();
    copy["repeatFlag"] = Value::Null;
    copy["reminders"][0]["id"] = done.reminders[0].id.get().unwrap().as_str().into();
    for item in 0..2 {
        copy["items"][item]["id"] = done.items[item].id.as_str().into();
    }
    for key in ["etag", "parentId", "childIds", "pinnedTime"] {
        copy.as_object_mut().unwrap().remove(key);
    }
    assert_eq!(seen[1].json(), json!({ "add": [copy], "update": [moved_on()] }));
    let ids = [done.id.as_str(), done.items[0].id.as_str(), done.items[1].id.as_str()];
    assert!(ids.iter().all(|id| id.starts_with("69a43148") && id.len() == 24), "{ids:?}");
}

#[tokio::test]
async fn a_skipped_occurrence_sends_the_series_alone() {
    let service = holding(&[]).await;
    service.client().task().skip(TaskId::from(ID)).await.unwrap();
    let seen = service.seen();
    assert_eq!(seen.iter().map(|seen| seen.line.as_str()).collect::<Vec<_>>(), [GET, BATCH]);
    assert_eq!(seen[1].json(), json!({ "update": [moved_on()] }));
}

#[tokio::test]
async fn a_part_that_is_not_known_is_not_computed() {
    let service = Service::start(|_, _| (200, stored())).await;
    let error = completed(&service).await.unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }) && error.to_string().contains("NEW=1"), "{error}");
    assert_eq!(service.lines(), [GET]);
}

#[tokio::test]
async fn only_the_copy_is_sent_again_where_only_the_series_was_stored() {
    let stored = Mutex::new(known(stored()));
    let service = Service::start(move |line, body| match line {
        GET => (200, stored.lock().unwrap().to_string()),
        BATCH if body["update"].is_array() => {
            *stored.lock().unwrap() = body["update"][0].clone();
            stored.lock().unwrap()["etag"] = "etag0001".into();
            (200, r#"{"id2etag":"#.to_owned())
        }
        BATCH => {
            let id = body["add"][0]["id"].as_str().unwrap();
            (200, json!({ "id2etag": { id: "etag0002" } }).to_string())
        }
        _ => (500, json!({ "errorCode": "task_not_found" }).to_string()),
    })
    .await;
    let done = completed(&service).await.unwrap();
    assert_eq!(done.etag.get().unwrap().as_str(), "etag0002");
    let seen = service.seen();
    let copy = format!("GET /api/v2/task/{}", done.id);
    assert_eq!(seen.iter().map(|seen| seen.line.as_str()).collect::<Vec<_>>(), [GET, BATCH, GET, &copy, BATCH]);
    assert_eq!(seen[4].json(), json!({ "add": seen[1].json()["add"] }));
}

#[tokio::test]
async fn a_half_refused_completion_is_an_error() {
    let error = completed(&holding(&["add", "update"]).await).await.unwrap_err();
    assert!(matches!(error, Error::Batch { .. }), "{error:?}");
    let error = completed(&holding(&["add"]).await).await.unwrap_err();
    let Error::Unfinished { id, state, .. } = &error else { panic!("{error:?}") };
    assert_eq!(id.as_str(), ID);
    assert_eq!(*state, "was moved to its next date, but its finished occurrence was not stored");
    let error = completed(&holding(&["update"]).await).await.unwrap_err();
    let Error::Unfinished { id, state, .. } = &error else { panic!("{error:?}") };
    assert!(id != ID && state.contains("was not moved to its next date"), "{error}");
}
