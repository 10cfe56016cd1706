//! Quotas of the plan.

use serde_json::{Value, json};

use crate::Plan;
use crate::server::testing::{Tester, id, tester_with};

const BATCH: &str = "/api/v2/batch/task";

fn free() -> Tester {
    tester_with(|builder| builder.plan(Plan::Free))
}

fn errors(answer: &Value) -> &Value {
    &answer["id2error"]
}

fn parts(key: &str, count: usize) -> Value {
    json!({ "id": id(1), key: vec![json!({ "title": "x", "trigger": "TRIGGER:PT0S" }); count] })
}

#[test]
fn the_plan_limits_the_open_tasks_of_a_project() {
    let tester = free();
    let tasks: Vec<Value> = (1..=100).map(|n| json!({ "id": id(n) })).collect();
    let answer = tester.post(BATCH, &json!({ "add": tasks }));
    assert_eq!(errors(&answer), &json!({ id(100): "EXCEED_QUOTA" }));
    tester.send("POST", "/api/v2/task", r#"{"title":"x"}"#).refused(500, "exceed_quota");
    let closed = json!({ "add": [{ "id": id(101), "status": 2 }], "update": [{ "id": id(1), "title": "y" }] });
    assert_eq!(errors(&tester.post(BATCH, &closed)), &json!({}), "closed ones and changes do not count");
    tester.post(BATCH, &json!({ "update": [{ "id": id(1), "status": 2 }] }));
    tester.add(&json!({ "id": id(100) }));
}

#[test]
fn moves_and_returns_find_room_too() {
    let tester = free();
    tester.post("/api/v2/batch/project", &json!({ "add": [{ "id": id(200), "name": "Full" }] }));
    let tasks: Vec<Value> = (1..=99).map(|n| json!({ "id": id(n), "projectId": id(200) })).collect();
    tester.post(BATCH, &json!({ "add": tasks }));
    tester.add(&json!({ "id": id(100) }));
    let places = json!([{ "taskId": id(100), "fromProjectId": "inbox", "toProjectId": id(200) }]);
    let moved = tester.post("/api/v2/batch/taskProject", &places);
    assert_eq!(errors(&moved), &json!({ id(100): "EXCEED_QUOTA" }));
    tester.post(BATCH, &json!({ "delete": [{ "taskId": id(100), "projectId": "inbox" }] }));
    let restored = tester.post("/api/v2/trash/restore", &places);
    assert_eq!(errors(&restored), &json!({ id(100): "EXCEED_QUOTA" }));
}

#[test]
fn a_task_has_room_for_so_many_parts() {
    for (key, most) in [("items", 19), ("reminders", 2)] {
        let tester = free();
        let answer = tester.post(BATCH, &json!({ "add": [parts(key, most + 1)] }));
        assert_eq!(errors(&answer), &json!({ id(1): "EXCEED_QUOTA" }), "{key}");
        tester.add(&parts(key, most));
        let answer = tester.post(BATCH, &json!({ "update": [parts(key, most + 1)] }));
        assert_eq!(errors(&answer), &json!({ id(1): "EXCEED_QUOTA" }), "{key}");
        assert_eq!(tester.task(&id(1))[key].as_array().unwrap().len(), most);
        let single = tester.send("POST", &format!("/api/v2/task/{}", id(1)), parts(key, most + 1).to_string());
        single.refused(500, "exceed_quota");
    }
}
