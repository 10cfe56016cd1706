mod quota;
mod rules;

use serde_json::{Value, json};

use crate::UpdateMode;
use crate::server::testing::{id, tester, tester_with};

const BATCH: &str = "/api/v2/batch/task";

fn empty() -> Value {
    json!({ "id2etag": {}, "id2error": {} })
}

#[test]
fn adds_are_filled_in() {
    let tester = tester();
    let task = tester.add(&json!({ "id": id(1), "projectId": "inbox", "title": "Milk", "kind": null }));
    assert_eq!(task["projectId"], "inbox120000001");
    assert_eq!(task["kind"], json!("TEXT"));
    assert_eq!(task["status"], json!(0));
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
fn unknown_projects_are_errors_of_their_item() {
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
    for (mode, content) in [(UpdateMode::Merge, json!("old")), (UpdateMode::Replace, json!(""))] {
        let tester = tester_with(|builder| builder.update_mode(mode));
        let before = tester.add(&json!({ "id": id(1), "content": "old", "parentId": id(2) }));
        assert!(before.get("parentId").is_none(), "adds do not name a parent");
        let after = tester.update(&json!({ "id": id(1), "projectId": id(8), "title": "new" }));
        assert_eq!(after["title"], "new");
        assert_eq!(after["content"], content, "{mode:?}");
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
fn what_is_not_set_is_left_out() {
    let tester = tester();
    let unset = [
        "startDate",
        "dueDate",
        "repeatFlag",
        "repeatFirstDate",
        "parentId",
        "childIds",
        "assignee",
        "completedTime",
        "completedUserId",
        "pinnedTime",
        "remindTime",
        "annoyingAlert",
        "columnId",
        "own",
    ];
    let mut sent = json!({ "id": id(1), "title": null, "tags": null, "priority": null });
    for key in unset {
        sent[key] = Value::Null;
    }
    let task = tester.add(&sent);
    assert!(unset.iter().all(|key| task.get(key).is_none()), "{task}");
    assert_eq!(task["title"], json!(""));
    assert_eq!(task["tags"], json!([]));
    assert_eq!(task["priority"], json!(0));
    assert_eq!(tester.update(&sent).as_object().unwrap().len(), task.as_object().unwrap().len());
}

#[test]
fn a_cleared_member_is_absent_and_a_delta_says_so() {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let tester = tester_with(|builder| builder.update_mode(mode));
        tester.add(&json!({ "id": id(1), "columnId": id(5), "content": "old" }));
        let next = tester.get("/api/v3/batch/check/0")["checkPoint"].clone();
        let cleared = tester.update(&json!({ "id": id(1), "columnId": null, "content": null }));
        assert_eq!(cleared.get("columnId"), None);
        assert_eq!(cleared["content"], json!(""));
        let full = tester.get("/api/v3/batch/check/0");
        assert!(full["syncTaskBean"]["update"][0].get("columnId").is_none());
        let delta = tester.get(&format!("/api/v3/batch/check/{next}"));
        let task = &delta["syncTaskBean"]["update"][0];
        assert_eq!(task.get("columnId"), Some(&Value::Null), "a device keeps what a delta leaves out");
        let object = &tester.service.objects(crate::server::testing::USER, crate::Collection::Tasks)[0];
        assert!(object.get("columnId").is_none());
        assert_eq!(tester.update(&json!({ "id": id(1), "columnId": id(6) }))["columnId"], id(6));
    }
}

#[test]
fn dates_in_another_form_are_dropped_in_silence() {
    let tester = tester();
    let forms = ["2026-03-20 23:00:00", "2026-03-20", "tomorrow", "2026-03-20T23:00:00", "1774047600000"];
    for form in forms {
        let task = tester.add(&json!({ "title": "x", "startDate": form, "dueDate": form }));
        assert!(task.get("startDate").is_none() && task.get("dueDate").is_none(), "{form}: {task}");
    }
    let blanks = tester.add(&json!({ "id": id(1), "dueDate": "2026-11-26T11: 05: 13.000+0000" }));
    assert_eq!(blanks["dueDate"], "2026-11-26T11:05:13.000+0000");
    let kept = tester.update(&json!({ "id": id(1), "dueDate": "2026-03-20 23:00:00" }));
    assert_eq!(kept["dueDate"], "2026-11-26T11:05:13.000+0000", "an update with one changes nothing");
}

#[test]
fn a_completion_without_a_time_is_now() {
    let tester = tester();
    let (now, me) = (json!("2026-03-01T12:00:00.000+0000"), json!(120_000_001));
    tester.add(&json!({ "id": id(1) }));
    let done = tester.update(&json!({ "id": id(1), "status": 2 }));
    assert_eq!(done["completedTime"], now);
    assert_eq!(done["completedUserId"], me);
    let window = "from=2026-03-01%2B00:00:00&to=2026-03-02%2000:00:00";
    assert_eq!(tester.get(&format!("/api/v2/project/all/closed?{window}"))[0]["id"], id(1));
    tester.update(&json!({ "id": id(1), "status": 0 }));
    tester.service.clock().advance(jiff::SignedDuration::from_hours(1));
    let again = tester.update(&json!({ "id": id(1), "status": 2 }));
    assert_eq!(again["completedTime"], "2026-03-01T13:00:00.000+0000", "the old time is not taken again");
    assert_eq!(tester.update(&json!({ "id": id(1), "title": "x" }))["completedTime"], again["completedTime"]);
    assert_eq!(tester.add(&json!({ "id": id(2), "status": 2 }))["completedUserId"], me);
    let abandoned = tester.add(&json!({ "id": id(3), "status": -1 }));
    assert!(abandoned.get("completedTime").is_none());
    let closed = tester.get("/api/v2/project/all/closed");
    assert!(closed.as_array().unwrap().iter().all(|task| task["id"] != id(3)), "it never enters the closed index");
}

#[test]
fn items_have_a_status_and_a_place() {
    let items = json!([{ "id": "a", "title": "a" }, { "id": "b", "title": "b", "status": 2, "sortOrder": 7 }]);
    let task = tester().add(&json!({ "kind": "CHECKLIST", "items": items }));
    assert_eq!(task["items"][0]["status"], json!(0));
    assert_eq!(task["items"][0]["sortOrder"], json!(0));
    assert_eq!(task["items"][1]["status"], json!(2), "2 is kept");
    assert_eq!(task["items"][1]["sortOrder"], json!(7), "2 is kept");
    assert_eq!(task["progress"], 50);
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
    assert_eq!(task["startDate"], Value::Null);
    assert_eq!(task["dueDate"], Value::Null);
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
    assert_eq!(tags[0]["name"], json!("work"));
    assert_eq!(tags[0]["label"], json!("Work"));
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
    let project = json!({ "add": [{ "id": id(10), "name": "Project" }] });
    tester.post("/api/v2/batch/project", &project);
    tester.add(&json!({ "id": id(1), "columnId": id(5) }));
    tester.add(&json!({ "id": id(2) }));
    let link = json!([{ "taskId": id(2), "projectId": "inbox", "parentId": id(1) }]);
    tester.post("/api/v2/batch/taskParent", &link);
    let moved = json!([{ "taskId": id(1), "fromProjectId": "inbox", "toProjectId": id(10) }]);
    let answer = tester.post("/api/v2/batch/taskProject", &moved);
    assert!(answer["id2etag"][id(1)].is_string());
    let parent = tester.task(&id(1));
    assert_eq!(parent["projectId"], id(10));
    for (task, key) in [(&parent, "childIds"), (&parent, "columnId"), (&tester.task(&id(2)), "parentId")] {
        assert!(task.get(key).is_none(), "{key}");
    }
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
    assert_eq!(page["next"], json!(2));
    assert_eq!(page["tasks"][0]["id"], json!(id(3)));
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
    assert_eq!(changed["title"], json!("two"));
    assert_eq!(changed["projectId"], made["projectId"]);
    tester.send("POST", &format!("/api/v2/task/{}", id(9)), "{}").refused(500, "task_not_found");
    tester.send("DELETE", "/api/v2/task", "").refused(500, "unknown_exception");
}
