use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{INBOX, Open, ids, open};

/// Returns the titles of the tasks in a response.
fn titles(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect()
}

fn complete(open: &Open, project: &str, id: &str) {
    open.post(&format!("/project/{project}/task/{id}/complete"), &json!({}));
}

/// Adds tasks in batches and returns their ids.
fn add_many(open: &Open, number: usize) -> Vec<String> {
    let tasks: Vec<Value> = (0..number).map(|n| json!({ "title": n.to_string() })).collect();
    let batch = |tasks| open.post("/task/batch", &json!({ "add": tasks }))["id2etag"].clone();
    let made = tasks.chunks(50).map(batch);
    made.flat_map(|made| made.as_object().unwrap().keys().cloned().collect::<Vec<_>>()).collect()
}

#[test]
fn completed_tasks_are_found_by_time_and_project() {
    let open = open();
    let project = open.post("/project", &json!({ "name": "Other" }))["id"].as_str().unwrap().to_owned();
    for (title, project) in [("noon", INBOX), ("one", project.as_str()), ("two", INBOX)] {
        let task = open.add(&json!({ "title": title, "projectId": project }));
        complete(&open, project, &task);
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
fn filters_want_every_condition_and_any_tag() {
    let open = open();
    let project = open.post("/project", &json!({ "name": "Other" }))["id"].clone();
    let start = "2026-03-02T09:00:00+0000";
    open.add(&json!({ "title": "a", "tags": ["x", "y"], "priority": 5, "startDate": start }));
    open.add(&json!({ "title": "b", "tags": ["x"], "priority": 3, "dueDate": start }));
    open.add(&json!({ "title": "c", "tags": ["y"], "priority": 5, "projectId": project }));
    let done = open.add(&json!({ "title": "d", "tags": ["x", "y", "z"] }));
    complete(&open, INBOX, &done);
    let found = |body: Value| {
        let rows = open.post("/task/filter", &body);
        titles(&rows).join("")
    };
    assert_eq!(found(json!({})), "abcd");
    assert_eq!(found(json!({ "tag": ["x", "Y"] })), "abcd", "any of the tags");
    assert_eq!(found(json!({ "tag": ["z", "w"] })), "d");
    assert_eq!(found(json!({ "kind": ["TEXT"], "tag": ["z"] })), "d");
    assert_eq!(found(json!({ "kind": ["NOTE", "CHECKLIST"] })), "");
    assert_eq!(found(json!({ "status": [0] })), "abc");
    assert_eq!(found(json!({ "status": [0, 2], "tag": ["z"] })), "d");
    assert_eq!(found(json!({ "priority": [3, 5] })), "abc");
    assert_eq!(found(json!({ "projectIds": [project], "priority": [5] })), "c");
    assert_eq!(found(json!({ "projectIds": ["inbox"], "priority": [5] })), "a");
    let range = |from: &str, to: &str| json!({ "startDate": from, "endDate": to });
    assert_eq!(found(range(start, start)), "ab", "the start is compared, which follows the due date");
    assert_eq!(found(range("2026-03-02T09:00:01+0000", "2026-03-03T00:00:00+0000")), "");
    assert_eq!(found(json!({ "endDate": "2026-04-01T00:00:00+0000" })), "ab");
    assert_eq!(found(json!({ "priorty": [5] })), "abcd", "a misspelt condition is ignored");
    for wrong in ["", "[]", r#"{"priority":5}"#, r#"{"tag":"x"}"#] {
        open.send("POST", "/task/filter", wrong).refused(500, "unknown_exception");
    }
}

#[test]
fn a_filter_ends_after_two_hundred_rows() {
    let open = open();
    add_many(&open, 201);
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
    for blank in ["", " ", "\t \n"] {
        assert_eq!(found(json!({ "keywords": blank })), "", "a blank finds nothing");
    }
    assert_eq!(found(json!({ "keywords": "milk", "projectIds": ["0"] })), "");
}

#[test]
fn filters_ignore_the_state_of_abandoned_tasks() {
    let open = open();
    let [_, done, dropped] = ["a", "b", "c"].map(|title| open.add(&json!({ "title": title })));
    complete(&open, INBOX, &done);
    open.change(&dropped, json!({ "status": -1 }));
    let found = |body: Value| {
        let rows = open.post("/task/filter", &body);
        titles(&rows).join("")
    };
    assert_eq!(found(json!({})), "abc", "all states");
    assert_eq!(found(json!({ "status": [] })), "abc");
    assert_eq!(found(json!({ "status": [-1, 0, 2] })), "ab");
    assert_eq!(found(json!({ "status": [-1, 2] })), "b");
    assert_eq!(found(json!({ "status": [-1] })), "abc", "as if it were not there");
}

#[test]
fn the_latest_two_hundred_completed_tasks_come() {
    let open = open();
    for id in add_many(&open, 201) {
        open.web.service.clock().advance(SignedDuration::from_secs(1));
        complete(&open, INBOX, &id);
    }
    let rows = open.post("/task/completed", &json!({}));
    let times: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["completedTime"].as_str().unwrap()).collect();
    assert_eq!(times.len(), 200);
    assert_eq!(times[0], "2026-03-01T12:03:21.000+0000");
    assert!(times.is_sorted_by(|earlier, later| earlier >= later));
}

#[test]
fn undone_tasks_are_found_by_their_start() {
    let open = open();
    let project = open.add_project("Other");
    let at = |title: &str, day: u8, project: &str| {
        let start = format!("2026-03-{day:02}T09:00:00+0000");
        open.add(&json!({ "title": title, "startDate": start, "projectId": project }))
    };
    let (a, c) = (at("a", 2, "inbox"), at("c", 3, "inbox"));
    at("b", 16, &project);
    at("late", 17, &project);
    open.add(&json!({ "title": "dateless" }));
    complete(&open, INBOX, &c);
    let found = |from: &str, to: &str, more: Value| {
        let mut body = json!({ "startDate": format!("2026-03-{from}+0000"), "endDate": format!("2026-03-{to}+0000") });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let rows = open.post("/task/undone", &body);
        titles(&rows).join("")
    };
    assert_eq!(found("02T09:00:00", "16T09:00:00", json!({})), "ab", "both ends are in");
    assert_eq!(found("02T09:00:00", "16T09:00:01", json!({})), "", "more than 14 days");
    assert_eq!(found("16T09:00:00", "02T09:00:00", json!({})), "", "reversed");
    assert_eq!(found("02T09:00:00", "16T09:00:00", json!({ "projectIds": ["inbox"] })), "a");
    assert_eq!(found("02T09:00:00", "16T09:00:00", json!({ "projectIds": [project] })), "b");
    assert_eq!(found("02T09:00:00", "16T09:00:00", json!({ "taskIds": [a] })), "a");
    for wrong in ["{}", r#"{"startDate":"2026-03-01T00:00:00+0000"}"#, r#"{"startDate":"a","endDate":"b"}"#] {
        open.send("POST", "/task/undone", wrong).refused(500, "unknown_exception");
    }
}
