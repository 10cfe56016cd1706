use serde_json::{Value, json};

use crate::UpdateMode;
use crate::testing::{id, tester, tester_with};

const BATCH: &str = "/api/v2/batch/task";

fn empty() -> Value {
    json!({ "id2etag": {}, "id2error": {} })
}

#[test]
fn adds_are_filled_in() {
    let tester = tester();
    let task = tester.add(&json!({ "id": id(1), "projectId": "inbox", "title": "Milk", "kind": null }));
    assert_eq!(task["projectId"], "inbox120000001");
    assert_eq!((&task["kind"], &task["status"]), (&json!("TEXT"), &json!(0)));
    assert_eq!(task["createdTime"], "2026-03-01T12:00:00.000+0000");
    assert_eq!(task["etag"].as_str().unwrap().len(), 8);
    assert_eq!(task["creator"], 120_000_001);
}

#[test]
fn foreign_ids_are_replaced() {
    let tester = tester();
    let answer = tester.post(BATCH, &json!({ "add": [{ "id": "my-own", "title": "a" }] }));
    let made = answer["id2etag"].as_object().unwrap().keys().next().unwrap();
    assert!(made.len() == 24 && made != "my-own");
}

#[test]
fn wrong_shapes_do_nothing() {
    let tester = tester();
    for body in [json!({ "id": id(1), "title": "flat" }), json!([{ "id": id(1) }]), json!({})] {
        assert_eq!(tester.post(BATCH, &body), empty());
    }
    let inner = json!({ "add": [{ "id": id(1), "reminders": ["TRIGGER:PT0S"] }] });
    tester.send("POST", BATCH, inner.to_string()).refused(500, "unknown_exception");
    tester.send("GET", &format!("/api/v2/task/{}", id(1)), "").refused(500, "task_not_found");
}

#[test]
fn unknown_ids_are_accepted_in_silence() {
    let body = json!({
        "update": [{ "id": id(9), "title": "x" }],
        "delete": [{ "taskId": id(9), "projectId": "inbox" }],
    });
    assert_eq!(tester().post(BATCH, &body), empty());
}

#[test]
fn unknown_lists_are_errors_of_their_item() {
    let body = json!({ "add": [{ "id": id(1), "projectId": id(7) }, { "id": id(2) }] });
    let answer = tester().post(BATCH, &body);
    assert_eq!(answer["id2error"], json!({ id(1): "PROJECT_NOT_FOUND" }));
    assert!(answer["id2etag"][id(2)].is_string());
}

#[test]
fn an_add_that_comes_twice_is_one_task() {
    let tester = tester();
    for _ in 0..2 {
        tester.add(&json!({ "id": id(1), "title": "once" }));
    }
    let inbox = tester.get("/api/v2/project/inbox/tasks");
    assert_eq!(inbox.as_array().unwrap().len(), 1);
}

#[test]
fn updates_merge_or_replace() {
    for (mode, content) in [(UpdateMode::Merge, json!("old")), (UpdateMode::Replace, Value::Null)] {
        let tester = tester_with(|builder| builder.update_mode(mode));
        let before = tester.add(&json!({ "id": id(1), "content": "old", "parentId": id(2) }));
        assert!(before.get("parentId").is_none(), "adds do not name a parent");
        let after = tester.update(&json!({ "id": id(1), "projectId": id(8), "title": "new" }));
        assert_eq!(after["title"], "new");
        assert_eq!(after.get("content").cloned().unwrap_or_default(), content, "{mode:?}");
        assert_eq!(after["projectId"], before["projectId"], "updates do not move");
        assert_ne!(after["etag"], before["etag"]);
    }
}

#[test]
fn what_nobody_knows_comes_back_as_it_was() {
    let tester = tester();
    let body = format!(r#"{{"add":[{{"id":"{}","strange":12345678901234567890123,"more":1E3}}]}}"#, id(1));
    tester.send("POST", BATCH, body).value(200);
    let reply = tester.send("GET", &format!("/api/v2/task/{}", id(1)), "");
    let text = String::from_utf8_lossy(&reply.body);
    assert!(text.contains(r#""strange":12345678901234567890123,"more":1E3"#), "{text}");
}

#[test]
fn dates_are_cleared_together() {
    let tester = tester();
    let task = tester.add(&json!({
        "id": id(1),
        "startDate": "2026-03-02T08:00:00Z",
        "dueDate": "2026-03-02T03:00:00-0600",
    }));
    assert_eq!(task["startDate"], "2026-03-02T08:00:00.000+0000");
    assert_eq!(task["dueDate"], "2026-03-02T09:00:00.000+0000");
    let task = tester.update(&json!({ "id": id(1), "dueDate": null }));
    assert_eq!(task["dueDate"], task["startDate"], "a lone date is restored");
    let task = tester.update(&json!({ "id": id(1), "startDate": null, "dueDate": null }));
    assert_eq!((&task["startDate"], &task["dueDate"]), (&Value::Null, &Value::Null));
}

#[test]
fn only_minus_one_unpins() {
    let tester = tester();
    let pinned = "2026-03-01T09:00:00.000+0000";
    tester.add(&json!({ "id": id(1), "pinnedTime": pinned }));
    for nothing in [json!(null), json!("")] {
        assert_eq!(tester.update(&json!({ "id": id(1), "pinnedTime": nothing }))["pinnedTime"], pinned);
    }
    assert_eq!(tester.update(&json!({ "id": id(1), "pinnedTime": "-1" }))["pinnedTime"], "-1");
}

#[test]
fn checklists_count_what_is_done() {
    let items = json!([{ "title": "a", "status": 1 }, { "title": "b", "status": 0 }, { "title": "c" }]);
    let task = tester().add(&json!({ "id": id(1), "kind": "CHECKLIST", "items": items }));
    assert_eq!(task["progress"], 33);
    assert_eq!(task["items"][0]["id"].as_str().unwrap().len(), 24);
}

#[test]
fn tags_are_lowered_and_made() {
    let tester = tester();
    let task = tester.add(&json!({ "id": id(1), "tags": ["Work"] }));
    assert_eq!(task["tags"], json!(["work"]));
    let tags = tester.get("/api/v2/tags");
    assert_eq!((&tags[0]["name"], &tags[0]["label"]), (&json!("work"), &json!("Work")));
}

#[test]
fn parents_know_their_children() {
    let tester = tester();
    for n in 1..=3 {
        tester.add(&json!({ "id": id(n) }));
    }
    let link = |body: Value| tester.post("/api/v2/batch/taskParent", &json!([body]));
    let child = |parent: u32| json!({ "taskId": id(2), "projectId": "inbox", "parentId": id(parent) });
    let answer = link(child(1));
    assert_eq!(answer["id2etag"][id(1)]["childIds"], json!([id(2)]));
    assert_eq!(answer["id2etag"][id(2)]["parentId"], id(1));
    let circle = link(json!({ "taskId": id(1), "projectId": "inbox", "parentId": id(2) }));
    assert!(circle["id2error"][id(1)].is_string());
    let answer = link(child(3));
    assert_eq!(answer["id2etag"][id(1)]["childIds"], Value::Null);
    assert_eq!(answer["id2etag"][id(3)]["childIds"], json!([id(2)]));
    assert_eq!(link(json!({ "taskId": id(2), "projectId": "inbox", "parentId": null })), empty());
    let answer = link(json!({ "taskId": id(2), "projectId": "inbox", "oldParentId": id(3) }));
    assert_eq!(answer["id2etag"][id(2)]["parentId"], Value::Null);
}

#[test]
fn families_have_five_levels() {
    let tester = tester();
    for n in 1..=8 {
        tester.add(&json!({ "id": id(n) }));
    }
    let link = |child: u32, parent: u32| {
        let body = json!([{ "taskId": id(child), "projectId": "inbox", "parentId": id(parent) }]);
        tester.post("/api/v2/batch/taskParent", &body)["id2error"].as_object().unwrap().is_empty()
    };
    assert!((2..=5).all(|n| link(n, n - 1)));
    assert!(!link(6, 5), "a sixth level");
    assert!(link(6, 4) && link(7, 8) && !link(8, 4) && link(8, 3), "what is below counts too");
}

#[test]
fn moves_leave_the_children() {
    let tester = tester();
    let list = json!({ "add": [{ "id": id(10), "name": "List" }] });
    tester.post("/api/v2/batch/project", &list);
    tester.add(&json!({ "id": id(1), "columnId": id(5) }));
    tester.add(&json!({ "id": id(2) }));
    let link = json!([{ "taskId": id(2), "projectId": "inbox", "parentId": id(1) }]);
    tester.post("/api/v2/batch/taskParent", &link);
    let moved = json!([{ "taskId": id(1), "fromProjectId": "inbox", "toProjectId": id(10) }]);
    let answer = tester.post("/api/v2/batch/taskProject", &moved);
    assert!(answer["id2etag"][id(1)].is_string());
    let parent = tester.task(&id(1));
    assert_eq!((&parent["projectId"], &parent["childIds"]), (&json!(id(10)), &json!([])));
    // Null and not absent: a delta of changed members has to tell it.
    assert_eq!((&parent["columnId"], &tester.task(&id(2))["parentId"]), (&Value::Null, &Value::Null));
    let again = tester.post("/api/v2/batch/taskProject", &moved);
    assert_eq!(again["id2error"], json!({ id(1): "TASK_NOT_FOUND" }));
}

#[test]
fn closed_tasks_are_found_by_their_time() {
    let tester = tester();
    for (n, status, day) in [(1, 2, 1), (2, 2, 2), (3, -1, 3), (4, 1, 4), (5, 0, 5)] {
        let time = format!("2026-02-0{day}T10:00:00.500+0000");
        tester.add(&json!({ "id": id(n), "status": status, "completedTime": time }));
    }
    let ids = |target: &str| -> Vec<u32> {
        let found = tester.get(&format!("/api/v2/project/{target}"));
        let id = |task: &Value| u32::from_str_radix(task["id"].as_str().unwrap(), 16).unwrap();
        found.as_array().unwrap().iter().map(id).collect()
    };
    assert_eq!(ids("all/closed?status=Completed&from=&to="), [4, 2, 1]);
    assert_eq!(ids("all/closed?status=Abandoned"), [3]);
    assert_eq!(ids("inbox/closed?status=Completed&limit=1"), [4]);
    let window = "from=2026-02-01%2010:00:01&to=2026-02-02+10:00:00";
    assert_eq!(ids(&format!("all/completedInAll/?{window}")), [2]);
    assert_eq!(ids(&format!("all/completed/?{window}")), [2]);
    assert_eq!(ids("inbox120000001/completed/"), [4, 2, 1]);
    let day = tester.send("GET", "/api/v2/project/all/completedInAll/?from=2026-02-01", "");
    day.refused(500, "unknown_exception");
    assert_eq!(tester.get("/api/v2/project/inbox/tasks").as_array().unwrap().len(), 1);
}

#[test]
fn the_trash_keeps_tasks_until_it_is_emptied() {
    let tester = tester();
    for n in 1..=3 {
        tester.add(&json!({ "id": id(n) }));
    }
    let delete = |n: u32| json!({ "delete": [{ "taskId": id(n), "projectId": "inbox120000001" }] });
    for n in 1..=3 {
        assert_eq!(tester.post(BATCH, &delete(n)), empty());
        tester.service.clock().advance(jiff::SignedDuration::from_secs(1));
    }
    assert_eq!(tester.task(&id(1))["deleted"], 1, "still readable");
    let page = tester.get("/api/v2/project/all/trash/pagination?start=0&limit=2");
    assert_eq!((&page["next"], &page["tasks"][0]["id"]), (&json!(2), &json!(id(3))));
    assert_eq!(page["tasks"][0]["deletedBy"], 120_000_001);
    let page = tester.get("/api/v2/project/all/trash/pagination?start=2&limit=2");
    assert_eq!(page["tasks"].as_array().unwrap().len(), 1);
    tester.send("GET", "/api/v2/project/all/trash/page?type=task", "").refused(500, "unknown_exception");
    let wrong = json!([{ "taskId": id(1), "projectId": "inbox" }]);
    assert_eq!(tester.post("/api/v2/trash/restore", &wrong), empty());
    let right = json!([{ "taskId": id(1), "fromProjectId": "inbox", "toProjectId": "inbox" }]);
    assert!(tester.post("/api/v2/trash/restore", &right)["id2etag"][id(1)].is_string());
    assert_eq!(tester.task(&id(1))["deleted"], 0);
    tester.send("DELETE", "/api/v2/trash/cleanUp", "").value(200);
    tester.send("GET", &format!("/api/v2/task/{}", id(2)), "").refused(500, "task_not_found");
}

#[test]
fn single_writes_answer_the_task() {
    let tester = tester();
    let made = tester.post("/api/v2/task", &json!({ "title": "one" }));
    let path = format!("/api/v2/task/{}", made["id"].as_str().unwrap());
    let changed = tester.post(&path, &json!({ "title": "two", "projectId": id(7) }));
    assert_eq!((&changed["title"], &changed["projectId"]), (&json!("two"), &made["projectId"]));
    tester.send("POST", &format!("/api/v2/task/{}", id(9)), "{}").refused(500, "task_not_found");
    tester.send("DELETE", "/api/v2/task", "").refused(500, "unknown_exception");
}
