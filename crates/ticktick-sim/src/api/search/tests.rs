use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::server::testing::{Tester, id, tester, tester_with};

fn found(tester: &Tester, keywords: &str) -> Vec<u32> {
    let answer = tester.get(&format!("/api/v2/search/all?keywords={keywords}"));
    let number = |task: &Value| u32::from_str_radix(task["id"].as_str().unwrap(), 16).unwrap();
    answer["tasks"].as_array().unwrap().iter().map(number).collect()
}

fn comment(tester: &Tester, n: u32, text: &str) {
    let path = format!("/api/v2/project/inbox120000001/task/{}/comment", id(n));
    tester.post(&path, &json!({ "id": id(100 + n), "title": text }));
}

#[test]
fn tasks_of_every_state_are_found() {
    let tester = tester();
    tester.add(&json!({ "id": id(1), "title": "Buy MILK" }));
    tester.add(&json!({ "id": id(2), "title": "Old milk", "status": 2 }));
    tester.add(&json!({ "id": id(3), "title": "x", "content": "oat milk", "desc": null }));
    tester.add(&json!({ "id": id(4), "title": "y", "items": [{ "title": "milk" }] }));
    tester.add(&json!({ "id": id(5), "title": "milk in the trash" }));
    tester.post("/api/v2/batch/task", &json!({ "delete": [{ "taskId": id(5), "projectId": "inbox" }] }));
    tester.add(&json!({ "id": id(6), "title": "z" }));
    comment(&tester, 6, "with milk, please");
    assert_eq!(found(&tester, "Milk"), [5, 2, 1, 4, 3, 6], "titles first, comments last");
    assert_eq!(found(&tester, "buy+milk"), [1], "every word");
    assert_eq!(found(&tester, "cheese"), [0; 0]);
    tester.send("GET", "/api/v2/search/all", "").refused(500, "unknown_exception");
}

#[test]
fn search_returns_matching_tasks_and_comments() {
    let tester = tester();
    tester.add(&json!({ "id": id(1), "title": "Fly \"home\"\n" }));
    comment(&tester, 1, "no flights");
    let answer = tester.get("/api/v2/search/all?keywords=fl");
    let source = json!({
        "title": "Fly \"home\"\n",
        "projectId": "inbox120000001",
        "modifiedTime": "2026-03-01T12:00:00.000+0000",
    });
    assert_eq!(answer["hits"], json!([{ "index": "task", "id": id(1), "source": source }]));
    assert_eq!(answer["tasks"], json!([tester.task(&id(1))]));
    let comment = json!({
        "id": id(101),
        "taskId": id(1),
        "projectId": "inbox120000001",
        "title": "no flights",
        "createdTime": "2026-03-01T12:00:00.000+0000",
    });
    assert_eq!(answer["comments"], json!([comment]));
}

#[test]
fn the_index_lags_by_the_clock() {
    let tester = tester_with(|builder| builder.search_lag(SignedDuration::from_secs(20)));
    let wait = |seconds| tester.service.clock().advance(SignedDuration::from_secs(seconds));
    tester.add(&json!({ "id": id(1), "title": "red" }));
    comment(&tester, 1, "spot");
    wait(19);
    assert_eq!(found(&tester, "red"), Vec::<u32>::new(), "too new");
    assert_eq!(found(&tester, "spot"), Vec::<u32>::new(), "too new");
    tester.update(&json!({ "id": id(1), "title": "blue" }));
    assert_eq!(found(&tester, "blue"), [0; 0]);
    wait(1);
    assert_eq!(found(&tester, "red"), vec![1], "the old title");
    assert_eq!(found(&tester, "blue"), Vec::<u32>::new(), "the old title");
    assert_eq!(found(&tester, "spot"), [1]);
    wait(19);
    assert_eq!(found(&tester, "red"), Vec::<u32>::new());
    assert_eq!(found(&tester, "blue"), vec![1]);
}
