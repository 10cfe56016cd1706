//! Responses whose values are not of the kinds that the contract expects.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use ticktick::models::Object;
use ticktick::{Account, Error, TaskId, TaskPatch};

use crate::service::{Service, all_stored};

const SETTINGS: &str = "GET /api/v2/user/preferences/settings";
const FULL: &str = "GET /api/v3/batch/check/0";
const BATCH: &str = "POST /api/v2/batch/task";
/// A task of which most is odd.
const TASK: &str = include_str!("../samples/odd_task.json");

fn full() -> String {
    include_str!("../samples/odd_sync.json").replace(r#""TASK""#, TASK)
}

/// A service with that account, which answers this to anything else.
async fn answering(delta: Value) -> Service {
    Service::start(move |line, body| match line {
        SETTINGS => (200, json!({ "timeZone": "Europe/Berlin" }).to_string()),
        FULL => (200, full()),
        BATCH => (200, all_stored(body, "id")),
        "GET /api/v2/task/a" => (200, TASK.to_owned()),
        _ => (200, delta.to_string()),
    })
    .await
}

fn task<'a>(account: &'a Account, id: &str) -> &'a ticktick::Task {
    account.task(TaskId::from(id)).unwrap()
}

fn written(account: &Account) -> Object {
    Object::encode(task(account, "a")).unwrap()
}

fn object(text: &str) -> Object {
    serde_json::from_str(text).unwrap()
}

/// The texts of members, in any order.
fn members(object: &Object) -> Vec<(String, String)> {
    let mut members: Vec<_> = object.iter().map(|(key, value)| (key.to_owned(), value.to_string())).collect();
    members.sort();
    members
}

#[tokio::test]
async fn a_sync_with_odd_members_is_read_and_kept() {
    let service = answering(json!({ "checkPoint": 1_772_366_400_001_i64, "syncTaskBean": { "update": [{ "id": "a", "projectId": "p", "title": "whole" }] } })).await;
    let client = service.client();
    let mut account = client.sync().full().await.unwrap();
    let read = task(&account, "a");
    assert_eq!(read.title.as_deref(), Some("half \u{fffd}"));
    assert_eq!(read.sort_order.copied(), Some(1));
    assert!(read.assignee.is_absent() && read.extra.odd("assignee").is_some());
    assert_eq!(read.tags.len(), 2);
    assert_eq!(read.items.len(), 1);
    assert_eq!(account.projects().len(), 1);
    assert_eq!(account.today().len(), 0);
    assert_eq!(members(&written(&account)), members(&object(TASK)));

    client.sync().refresh(&mut account).await.unwrap();
    let expected = TASK.replace(r"half \ud83d", "whole");
    assert_eq!(members(&written(&account)), members(&object(&expected)));
    let answer = serde_json::to_string(&account.into_answer()).unwrap();
    for kept in [r#"{"id":[]},5]"#, r#""add":false"#, r#"{"id":"p","name":5},{}"#, r#""filters":"none""#] {
        assert!(answer.contains(kept), "{kept} {answer}");
    }
}

#[tokio::test]
async fn a_list_with_something_odd_in_it_removes_nothing() {
    let delta = json!({ "checkPoint": 2, "projectProfiles": [{ "id": ["p"] }, { "id": "q" }], "tags": 5 });
    let service = answering(delta).await;
    let client = service.client();
    let mut account = client.sync().full().await.unwrap();
    let changes = client.sync().refresh(&mut account).await.unwrap();
    assert!(changes.projects.removed.is_empty() && changes.tasks.removed.is_empty());
    assert_eq!(account.projects().len(), 2);
    assert_eq!(account.tags().len(), 1);
    task(&account, "a");
}

#[tokio::test]
async fn what_is_not_set_goes_back_as_it_came() {
    let service = answering(json!({})).await;
    let client = service.client();
    service.lines();
    let changed = client.task().patch(&TaskId::from("a"), TaskPatch::new().title("new")).await.unwrap();
    assert_eq!(changed.title, "new");
    let sent = service.seen().into_iter().find(|seen| seen.line == BATCH).unwrap();
    let body = String::from_utf8(sent.body).unwrap();
    for member in [
        r#""title":"new""#,
        r#""assignee":{"id":118}"#,
        r#""sortOrder":1.0"#,
        r#""priority":"3""#,
        r#""tags":[null,"work",7]"#,
        r#""items":[{},{"id":"c","title":"in","status":[]}]"#,
        r#""creator":"who""#,
        r#""startDate":true"#,
        r#""reminders":"none""#,
    ] {
        assert!(body.contains(member), "{member} in {body}");
    }
}

#[tokio::test]
async fn drift_is_counted_and_logged_once() {
    let service = answering(json!({})).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&told);
    let client = service.builder().token("hush").on_drift(move |drift| list.lock().unwrap().push(drift.path.clone()));
    let client = client.build().unwrap();
    client.sync().full().await.unwrap();
    client.clone().sync().full().await.unwrap();
    let drift = client.drift();
    let found = drift.iter().find(|drift| drift.path == "$.syncTaskBean.update[*].assignee").unwrap();
    assert_eq!(found.operation, "sync.check");
    assert_eq!(found.expected.as_str(), "integer");
    assert_eq!(found.found, "object");
    assert_eq!(found.count, 2);
    let told = told.lock().unwrap();
    assert_eq!(told.len(), drift.len());
    assert!(!format!("{drift:?}").contains("118") && !format!("{drift:?}").contains("half"));
}

#[tokio::test]
async fn a_strict_client_refuses_what_does_not_fit() {
    let service = answering(json!({})).await;
    let client = service.builder().token("hush").strict(true).build().unwrap();
    let error = client.sync().full().await.unwrap_err();
    assert!(matches!(error, Error::Raw(ticktick::raw::Error::Decode { .. })), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("half"));
    assert!(!client.drift().is_empty());
}

#[tokio::test]
async fn an_odd_element_of_a_list_is_set_aside_in_the_list() {
    const HABITS: &str =
        r#"[{"id":"a","name":"Read"},{"name":"no id"},{"id":[],"name":"odd id"},{"id":7,"name":"Run"}]"#;
    let service = Service::start(|_, _| (200, HABITS.to_owned())).await;
    let client = service.client();
    let habits = client.habit().list().await.unwrap();
    assert_eq!(habits.iter().map(|habit| habit.id.as_str()).collect::<Vec<_>>(), ["a", "7"]);
    let odd = habits.odd();
    assert_eq!(odd[0].path.as_str(), "$[1]");
    assert_eq!(odd[0].json.as_str(), r#"{"name":"no id"}"#);
    assert_eq!(odd[1].path.as_str(), "$[2]");
    assert_eq!(odd[1].json.as_str(), r#"{"id":[],"name":"odd id"}"#);
    assert_eq!(serde_json::to_string(&habits).unwrap(), HABITS);
    assert_eq!(client.habit().active().await.unwrap().len(), 2);
    assert_eq!(client.drift().iter().filter(|drift| drift.path == "$[*]").map(|drift| drift.count).sum::<u64>(), 4);
}

#[tokio::test]
async fn an_answer_to_a_write_that_cannot_be_read_is_settled_by_reading() {
    let service = Service::start(|line, _| match line {
        BATCH => (200, r#"{"id2etag":"odd","id2error":{}}"#.to_owned()),
        _ => (200, TASK.replace(r"half \ud83d", "new")),
    })
    .await;
    let client = service.client();
    let task = ticktick::models::decode_lenient::<ticktick::Task>(TASK.as_bytes()).unwrap().value;
    let mut task = task;
    task.title = "new".into();
    let stored = client.task().update(&task).await.unwrap();
    assert_eq!(stored.title.as_deref(), Some("new"));
    assert_eq!(stored.etag.get().unwrap().as_str(), "e");
    let lines = service.lines();
    assert_eq!(lines.iter().filter(|line| *line == BATCH).count(), 1, "{lines:?}");
}

#[tokio::test]
async fn a_sign_on_with_odd_members_signs_in() {
    let service = Service::start(|_, _| (200, r#"{"token":"0123ABCD","userId":{},"pro":"yes","inboxId":5}"#)).await;
    let client = service.stranger();
    let _ = client.login("me@example.com", "secret").await.unwrap();
    assert_eq!(client.session().unwrap().token.expose(), "0123ABCD");
    assert!(client.drift().iter().any(|drift| drift.path == "$.userId"));
}
