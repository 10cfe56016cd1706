use serde_json::{Value, json};

use super::{INBOX, Open, open};

/// Dates of a task, start first.
fn dates(task: &Value) -> [Option<&str>; 2] {
    ["startDate", "dueDate"].map(|key| task.get(key).map(|date| &date.as_str().unwrap()[..16]))
}

#[test]
fn the_start_follows_the_due_date() {
    let open = open();
    let made = open.post("/task", &json!({ "title": "x", "dueDate": "2026-03-02T09:00:00+0000" }));
    assert_eq!(dates(&made), [Some("2026-03-02T09:00"); 2]);
    let task = made["id"].as_str().unwrap();
    let after = open.change(task, json!({ "dueDate": "2026-03-05T09:00:00+0000" }));
    assert_eq!(dates(&after), [Some("2026-03-05T09:00"); 2]);
    let both = json!({ "startDate": "2026-03-04T09:00:00+0000", "dueDate": "2026-03-05T09:00:00+0000" });
    assert_eq!(dates(&open.change(task, both)), [Some("2026-03-04T09:00"), Some("2026-03-05T09:00")]);
    let days = json!({ "title": "days", "isAllDay": true, "startDate": "2026-03-04T00:00:00+0000" });
    let days = open.add(&days);
    let after = open.change(&days, json!({ "dueDate": "2026-03-06T00:00:00+0000" }));
    assert_eq!(dates(&after), [Some("2026-03-04T00:00"), Some("2026-03-06T00:00")], "a range of days keeps its start");
    let web = open.web.task(task);
    assert_eq!(web["dueDate"], "2026-03-05T09:00:00.000+0000", "the web app sees the same");
}

#[test]
fn dates_in_another_form_are_dropped_in_silence() {
    let open = open();
    let odd = ["2030-01-02", "2026-03-20 23:00:00", "2026-03-01T09:00:00", "tomorrow"];
    for date in odd {
        let made = open.post("/task", &json!({ "title": "x", "startDate": date, "dueDate": date }));
        assert_eq!(dates(&made), [None, None], "{date}");
    }
    let task = open.add(&json!({ "title": "x", "dueDate": "2026-03-02T09:00:00+0000" }));
    for date in odd {
        let after = open.change(&task, json!({ "title": "y", "dueDate": date }));
        assert_eq!(after["title"], json!("y"), "{date}");
        assert_eq!(dates(&after), [Some("2026-03-02T09:00"); 2], "{date}");
    }
    let item = json!({ "title": "x", "items": [{ "title": "i", "startDate": "2030-01-02" }] });
    assert_eq!(open.post("/task", &item)["items"][0].get("startDate"), None);
    let batch = json!({ "add": [{ "title": "x", "dueDate": "2030-01-02" }] });
    assert_eq!(open.post("/task/batch", &batch)["id2error"], json!({}));
}

#[test]
fn tags_come_back_sorted() {
    let open = open();
    let made = open.post("/task", &json!({ "title": "x", "tags": ["nango", "Dryrun"] }));
    assert_eq!(made["tags"], json!(["dryrun", "nango"]));
    let after = open.change(made["id"].as_str().unwrap(), json!({ "tags": ["b", "c", "a"] }));
    assert_eq!(after["tags"], json!(["a", "b", "c"]));
}

#[test]
fn new_tasks_alone_have_an_empty_list_of_tags() {
    let open = open();
    let made = open.post("/task", &json!({ "title": "x" }));
    assert_eq!(made["tags"], json!([]));
    assert_eq!(made.get("content"), None);
    let after = open.change(made["id"].as_str().unwrap(), json!({ "title": "y" }));
    assert_eq!(after.get("tags"), None);
}

#[test]
fn texts_that_the_web_app_left_empty_are_shown() {
    let open = open();
    let task = open.web.add(&json!({ "title": "x", "desc": "" }))["id"].as_str().unwrap().to_owned();
    let shown = open.task(&task);
    assert_eq!(shown["content"], json!(""));
    assert_eq!(shown["desc"], json!(""));
    assert_eq!(shown["progress"], json!(0));
}

#[test]
fn items_have_their_zone_and_place() {
    let open = open();
    let item = json!({ "title": "i", "completedTime": "2026-03-01T09:00:00+0000", "status": 1 });
    let made = open.post("/task", &json!({ "title": "x", "timeZone": "Asia/Tokyo", "items": [item] }));
    let first = &made["items"][0];
    assert_eq!(first["timeZone"], json!("Asia/Tokyo"));
    assert_eq!(first["sortOrder"], json!(0));
    assert_eq!(first.get("isAllDay"), None);
    assert_eq!(first["completedTime"], json!(1_772_355_600_000_i64));
    let task = made["id"].as_str().unwrap();
    assert_eq!(open.task(task)["items"][0]["isAllDay"], false, "from the second read on");
    assert_eq!(open.web.task(task)["items"][0]["completedTime"], "2026-03-01T09:00:00.000+0000");
}

/// Members of a task before and after a change an hour later.
fn versions(change: impl FnOnce(&Open, &str)) -> [Value; 2] {
    let open = open();
    let task = open.add(&json!({ "title": "x" }));
    let before = open.task(&task);
    open.wait();
    change(&open, &task);
    let rows = open.post("/task/filter", &json!({}));
    let after = rows.as_array().unwrap().iter().find(|row| row["id"] == *task).unwrap().clone();
    assert_ne!(before["etag"], after["etag"]);
    assert!(after["etimestamp"].as_i64() >= before["etimestamp"].as_i64().map(|before| before + 3_599_000));
    [before["modifiedTime"].clone(), after["modifiedTime"].clone()]
}

#[test]
fn updates_leave_the_time_of_the_last_change() {
    let batch = |open: &Open, task: &str| {
        let update = json!([{ "id": task, "projectId": INBOX, "title": "y" }]);
        open.post("/task/batch", &json!({ "update": update }));
    };
    let update = |open: &Open, task: &str| drop(open.change(task, json!({ "title": "y" })));
    for [before, after] in [versions(batch), versions(update)] {
        assert_eq!(before, after);
    }
}

#[test]
fn other_writes_move_the_time_of_the_last_change() {
    let complete =
        |open: &Open, task: &str| drop(open.send("POST", &format!("/project/inbox/task/{task}/complete"), ""));
    let assign = |open: &Open, task: &str| {
        open.post("/task/assign", &json!({ "projectId": INBOX, "taskId": task, "assigneeUsername": "me@example.com" }));
    };
    let unassign =
        |open: &Open, task: &str| drop(open.post("/task/unassign", &json!({ "projectId": INBOX, "taskId": task })));
    let comment = |open: &Open, task: &str| {
        open.post(&format!("/project/inbox/task/{task}/comment"), &json!({ "title": "x" }));
    };
    let shift = |open: &Open, task: &str| {
        let to = open.add_project("Other");
        open.post("/task/move", &json!([{ "fromProjectId": "inbox", "toProjectId": to, "taskId": task }]));
    };
    let all = [versions(complete), versions(assign), versions(unassign), versions(comment), versions(shift)];
    for (place, [before, after]) in all.iter().enumerate() {
        assert_eq!(before, "2026-03-01T12:00:00.000+0000", "{place}");
        assert_eq!(after, "2026-03-01T13:00:00.000+0000", "{place}");
    }
}

#[test]
fn deleting_a_comment_changes_its_task() {
    let open = open();
    let task = open.add(&json!({ "title": "x" }));
    let path = format!("/project/inbox/task/{task}/comment");
    let comment = open.post(&path, &json!({ "title": "x" }))["id"].as_str().unwrap().to_owned();
    open.wait();
    open.delete(&format!("{path}/{comment}"));
    assert_eq!(open.task(&task)["modifiedTime"], "2026-03-01T13:00:00.000+0000");
}

#[test]
fn abandoned_tasks_get_the_time_of_it() {
    let open = open();
    let task = open.add(&json!({ "title": "x" }));
    open.wait();
    let after = open.change(&task, json!({ "status": -1 }));
    assert_eq!(after["status"], json!(-1));
    assert_eq!(after["completedTime"], json!("2026-03-01T13:00:00.000+0000"));
    assert_eq!(after["modifiedTime"], "2026-03-01T12:00:00.000+0000");
    let after = open.change(&task, json!({ "status": 0 }));
    assert_eq!(after["status"], json!(0));
    assert_eq!(after.get("completedTime"), None);
}

#[test]
fn whole_tasks_are_written() {
    let open = open();
    let task = json!({ "title": "x", "kind": "NOTE", "repeatFrom": "1", "assigneeUsername": "me@example.com" });
    let made = open.post("/task", &task);
    assert_eq!(made["kind"], json!("NOTE"));
    assert_eq!(made["repeatFrom"], json!("1"));
    assert_eq!(made["assigneeUsername"], "me@example.com");
    let time = "2026-02-01T09:00:00.000+0000";
    for status in [2, -1] {
        let batch = json!({ "add": [{ "title": "x", "status": status, "completedTime": time }] });
        let made = open.post("/task/batch", &batch);
        let task = open.task(made["id2etag"].as_object().unwrap().keys().next().unwrap());
        assert_eq!(task["status"], json!(status));
        assert_eq!(task["completedTime"], json!(time));
    }
    let task = open.add(&json!({ "title": "x" }));
    assert_eq!(open.change(&task, json!({ "status": 2, "completedTime": time }))["completedTime"], time);
}
