mod late;

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::server::testing::{Tester, id, tester};

fn full(tester: &Tester) -> (Value, i64) {
    let answer = tester.get("/api/v3/batch/check/0");
    let next = answer["checkPoint"].as_i64().unwrap();
    (answer, next)
}

fn delta(tester: &Tester, since: i64) -> Value {
    tester.get(&format!("/api/v2/batch/check/{since}"))
}

#[test]
fn everything_is_what_is_open() {
    let tester = tester();
    tester.add(&json!({ "id": id(1) }));
    tester.add(&json!({ "id": id(2), "status": 2 }));
    let (answer, next) = full(&tester);
    assert_eq!(answer["syncTaskBean"]["update"].as_array().unwrap().len(), 1);
    assert_eq!(answer["inboxId"], "inbox120000001");
    assert_eq!(answer["projectProfiles"], json!([]));
    assert_eq!(answer["projectGroups"], Value::Null);
    assert!(next >= 1_772_366_400_000);
}

#[test]
fn nothing_new_is_null() {
    let tester = tester();
    tester.add(&json!({ "id": id(1) }));
    let (_, next) = full(&tester);
    let answer = delta(&tester, next);
    assert_eq!(answer["syncTaskBean"]["empty"], true);
    for key in ["projectProfiles", "projectGroups", "filters", "tags", "inboxId", "syncOrderBeanV3"] {
        assert_eq!(answer[key], Value::Null, "{key}");
    }
}

#[test]
fn changes_come_once_even_while_the_clock_stands_still() {
    let tester = tester();
    let (_, next) = full(&tester);
    tester.add(&json!({ "id": id(1), "tags": ["new"] }));
    tester.add(&json!({ "id": id(2), "status": 2 }));
    let answer = delta(&tester, next);
    let lanes = &answer["syncTaskBean"];
    assert_eq!(lanes["update"].as_array().unwrap().len(), 2, "closed ones too");
    assert_eq!(lanes["add"], json!([]));
    assert_eq!(lanes["empty"], json!(false));
    assert_eq!(answer["tags"].as_array().unwrap().len(), 1);
    assert_eq!(answer["projectProfiles"], Value::Null);
    let answer = delta(&tester, answer["checkPoint"].as_i64().unwrap());
    assert_eq!(answer["syncTaskBean"]["empty"], true);
}

#[test]
fn deleted_tasks_leave_their_key() {
    let tester = tester();
    tester.add(&json!({ "id": id(1) }));
    let (_, next) = full(&tester);
    let key = json!({ "taskId": id(1), "projectId": "inbox120000001" });
    tester.post("/api/v2/batch/task", &json!({ "delete": [key] }));
    let answer = delta(&tester, next);
    assert_eq!(answer["syncTaskBean"]["delete"], json!([key]));
    assert_eq!(answer["syncTaskBean"]["deletedInTrash"], json!([key]));
    tester.send("DELETE", "/api/v2/trash/cleanUp", "").value(200);
    let answer = delta(&tester, answer["checkPoint"].as_i64().unwrap());
    assert_eq!(answer["syncTaskBean"]["deletedForever"], json!([key]));
}

#[test]
fn lists_come_whole() {
    let tester = tester();
    let add = json!({ "add": [{ "id": id(1), "name": "a" }, { "id": id(2), "name": "b" }] });
    tester.post("/api/v2/batch/project", &add);
    let (_, next) = full(&tester);
    tester.service.clock().advance(SignedDuration::from_secs(5));
    tester.send("DELETE", &format!("/api/v2/project/{}", id(1)), "").value(200);
    let answer = delta(&tester, next);
    assert_eq!(answer["projectProfiles"].as_array().unwrap().len(), 1);
    assert_eq!(answer["syncTaskBean"]["empty"], true);
}
