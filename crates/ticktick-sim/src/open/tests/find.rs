use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{INBOX, Open, ids, open};

/// Titles of the rows of an answer.
fn titles(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect()
}

fn complete(open: &Open, list: &str, id: &str) {
    open.post(&format!("/project/{list}/task/{id}/complete"), &json!({}));
}

#[test]
fn completed_tasks_are_found_by_time_and_list() {
    let open = open();
    let list = open.post("/project", &json!({ "name": "Other" }))["id"].as_str().unwrap().to_owned();
    for (title, list) in [("noon", INBOX), ("one", list.as_str()), ("two", INBOX)] {
        let task = open.add(&json!({ "title": title, "projectId": list }));
        complete(&open, list, &task);
        open.web.service.clock().advance(SignedDuration::from_hours(1));
    }
    open.add(&json!({ "title": "open" }));
    let gone = open.add(&json!({ "title": "gone" }));
    complete(&open, INBOX, &gone);
    open.delete(&format!("/project/inbox/task/{gone}"));
    let found = |body: Value| open.post("/task/completed", &body);
    assert_eq!(titles(&found(json!({}))), ["two", "one", "noon"]);
    let range = json!({ "startDate": "2026-03-01T12:00:00+0000", "endDate": "2026-03-01T13:00:00.000+0000" });
    assert_eq!(titles(&found(range)), ["one", "noon"], "both ends are in");
    let range = json!({ "startDate": "2026-03-01T12:00:01+0000", "endDate": "2026-03-01T13:59:59+0000" });
    assert_eq!(titles(&found(range)), ["one"]);
    assert_eq!(titles(&found(json!({ "projectIds": ["inbox"] }))), ["two", "noon"]);
    let wrong = json!({ "startDate": "yesterday" }).to_string();
    open.send("POST", "/task/completed", &wrong).refused(500, "unknown_exception");
}

#[test]
fn filters_want_every_condition() {
    let open = open();
    let list = open.post("/project", &json!({ "name": "Other" }))["id"].clone();
    let start = "2026-03-02T09:00:00+0000";
    open.add(&json!({ "title": "a", "tags": ["x", "y"], "priority": 5, "startDate": start }));
    open.add(&json!({ "title": "b", "tags": ["x"], "priority": 3, "dueDate": start }));
    open.add(&json!({ "title": "c", "tags": ["y"], "priority": 5, "projectId": list }));
    let done = open.add(&json!({ "title": "d", "tags": ["x", "y", "z"] }));
    complete(&open, INBOX, &done);
    let found = |body: Value| {
        let rows = open.post("/task/filter", &body);
        titles(&rows).join("")
    };
    assert_eq!(found(json!({})), "abcd");
    assert_eq!(found(json!({ "tag": ["x", "Y"] })), "ad", "all of the tags");
    assert_eq!(found(json!({ "status": [0] })), "abc");
    assert_eq!(found(json!({ "status": [0, 2], "tag": ["z"] })), "d");
    assert_eq!(found(json!({ "priority": [3, 5] })), "abc");
    assert_eq!(found(json!({ "projectIds": [list], "priority": [5] })), "c");
    assert_eq!(found(json!({ "projectIds": ["inbox"], "priority": [5] })), "a");
    let range = |from: &str, to: &str| json!({ "startDate": from, "endDate": to });
    assert_eq!(found(range(start, start)), "a", "the start is compared, not the due date");
    assert_eq!(found(range("2026-03-02T09:00:01+0000", "2026-03-03T00:00:00+0000")), "");
    assert_eq!(found(json!({ "endDate": "2026-04-01T00:00:00+0000" })), "a");
    assert_eq!(found(json!({ "priorty": [5] })), "abcd", "a misspelt condition is none");
    for wrong in ["", "[]", r#"{"priority":5}"#, r#"{"tag":"x"}"#] {
        open.send("POST", "/task/filter", wrong).refused(500, "unknown_exception");
    }
}

#[test]
fn a_filter_ends_after_two_hundred_rows() {
    let open = open();
    let tasks: Vec<Value> = (0..201).map(|n| json!({ "title": n.to_string() })).collect();
    open.post("/task/batch", &json!({ "add": tasks }));
    assert_eq!(ids(&open.post("/task/filter", &json!({ "status": [0] }))).len(), 200);
    assert_eq!(ids(&open.get("/project/inbox/data")["tasks"]).len(), 201);
}

#[test]
fn searches_look_at_all_words() {
    let open = open();
    open.add(&json!({ "title": "Buy Milk", "tags": ["home"], "dueDate": "2026-03-02T09:00:00+0000" }));
    open.add(&json!({ "title": "Cake", "content": "needs milk and eggs" }));
    let list = open.add(&json!({ "title": "List", "items": [{ "title": "milk" }] }));
    complete(&open, INBOX, &list);
    let found = |body: Value| {
        let rows = open.post("/task/search", &body);
        titles(&rows).join(",")
    };
    assert_eq!(found(json!({ "keywords": "MILK" })), "Buy Milk,Cake,List");
    assert_eq!(found(json!({ "keywords": "milk needs" })), "Cake");
    assert_eq!(found(json!({ "keywords": "milk", "status": [0], "tags": ["home"] })), "Buy Milk");
    let due = json!({ "dueFrom": "2026-03-02T09:00:00+0000", "dueTo": "2026-03-02T09:00:00+0000" });
    assert_eq!(found(due), "Buy Milk");
    assert_eq!(found(json!({ "keywords": "bread" })), "");
    assert_eq!(found(json!({ "keywords": "milk", "projectIds": ["0"] })), "");
}
