use serde_json::{Value, json};

use super::{INBOX, ids, open, open_with};
use crate::UpdateMode;
use crate::testing::id;

#[test]
fn tasks_are_created_as_they_are_documented() {
    let open = open();
    let task = open.post(
        "/task",
        &json!({
            "id": id(7), "title": "Milk", "projectId": INBOX, "content": "2 litres", "priority": 3,
            "startDate": "2026-03-02T09:00:00+0000", "dueDate": "2026-03-02T10:00:00.000+0100",
            "reminders": ["TRIGGER:PT0S", "TRIGGER:-PT30M"], "tags": ["Home"],
            "items": [{ "title": "fresh", "startDate": "2026-03-02T09:00:00+0000" }], "foreign": 1,
        }),
    );
    assert_ne!(task["id"], id(7), "ids are the server's");
    assert_eq!(task["startDate"], "2026-03-02T09:00:00.000+0000");
    assert_eq!(task["dueDate"], "2026-03-02T09:00:00.000+0000");
    assert_eq!(task["reminders"], json!(["TRIGGER:PT0S", "TRIGGER:-PT30M"]));
    assert_eq!((&task["tags"], &task["kind"]), (&json!(["home"]), &json!("CHECKLIST")));
    assert_eq!(task["items"][0]["startDate"], "2026-03-02T09:00:00.000+0000");
    assert_eq!((&task["status"], &task["priority"]), (&json!(0), &json!(3)));
    for unset in ["foreign", "completedTime", "repeatFlag", "columnId", "parentId", "childIds", "desc", "creator"] {
        assert!(task.get(unset).is_none(), "{unset}");
    }
    let web = open.web.task(task["id"].as_str().unwrap());
    assert_eq!(web["reminders"][1]["trigger"], "TRIGGER:-PT30M");
    assert_eq!(web["reminders"][1]["id"].as_str().unwrap().len(), 24);
}

#[test]
fn a_task_needs_a_title_and_finds_a_list() {
    let open = open();
    for wrong in [
        json!({}),
        json!({ "title": null }),
        json!({ "title": "x", "startDate": "tomorrow" }),
        json!({ "title": "x", "reminders": [{ "trigger": "TRIGGER:PT0S" }] }),
        json!({ "title": "x", "priority": "high" }),
        json!([]),
    ] {
        open.send("POST", "/task", &wrong.to_string()).refused(500, "unknown_exception");
    }
    open.send("POST", "/task", "").refused(500, "unknown_exception");
    let foreign = json!({ "title": "x", "projectId": id(5) });
    open.send("POST", "/task", &foreign.to_string()).refused(500, "project_not_found");
    assert_eq!(open.post("/task", &json!({ "title": "" }))["projectId"], INBOX);
    assert_eq!(open.post("/task", &json!({ "title": "", "projectId": "inbox" }))["projectId"], INBOX);
}

#[test]
fn notes_belong_in_lists_of_notes() {
    let open = open();
    let list = open.post("/project", &json!({ "name": "Notes", "kind": "NOTE" }));
    assert_eq!(open.post("/task", &json!({ "title": "n", "projectId": list["id"] }))["kind"], "NOTE");
}

#[test]
fn unknown_tasks_are_nothing_and_deleted_ones_are_there() {
    let open = open();
    let task = open.add(&json!({ "title": "once" }));
    assert_eq!(open.get(&format!("/project/inbox/task/{}", id(9))), Value::Null);
    assert_eq!(open.get(&format!("/project/{}/task/{task}", id(9))), Value::Null, "another list");
    assert_eq!(open.delete(&format!("/project/{INBOX}/task/{task}")), Value::Null);
    assert_eq!(open.get(&format!("/project/inbox/task/{task}"))["title"], "once");
    assert_eq!(open.web.task(&task)["deleted"], 1);
    for (method, rest) in [("DELETE", ""), ("POST", "/complete")] {
        open.send(method, &format!("/project/inbox/task/{task}{rest}"), "").refused(500, "task_not_found");
    }
    let change = json!({ "id": task, "projectId": INBOX, "title": "again" });
    open.send("POST", &format!("/task/{task}"), &change.to_string()).refused(500, "task_not_found");
    open.web.send("DELETE", "/api/v2/trash/cleanUp", "").value(200);
    assert_eq!(open.get(&format!("/project/inbox/task/{task}")), Value::Null);
}

#[test]
fn updates_are_partial_in_both_modes() {
    for mode in [UpdateMode::Replace, UpdateMode::Merge] {
        let open = open_with(|builder| builder.update_mode(mode));
        let dates = json!({ "startDate": "2026-03-02T09:00:00+0000", "dueDate": "2026-03-03T09:00:00+0000" });
        let mut draft = json!({ "title": "old", "content": "kept", "tags": ["a"], "repeatFlag": "RRULE:FREQ=DAILY" });
        draft.as_object_mut().unwrap().extend(dates.as_object().unwrap().clone());
        let task = open.add(&draft);
        let after = open.change(&task, json!({ "title": "new", "content": null, "tags": null }));
        assert_eq!((&after["title"], &after["content"]), (&json!("new"), &json!("kept")));
        assert_eq!((&after["tags"], &after["dueDate"]), (&json!(["a"]), &json!("2026-03-03T09:00:00.000+0000")));
        let after = open.change(&task, json!({ "dueDate": null }));
        assert_eq!(after.get("dueDate"), None);
        assert_eq!(after["startDate"], "2026-03-02T09:00:00.000+0000", "each by itself");
        let after = open.change(&task, json!({ "startDate": "", "repeatFlag": null }));
        assert_eq!((after.get("startDate"), after.get("repeatFlag")), (None, None));
        let list = open.post("/project", &json!({ "name": "Other" }));
        let body = json!({ "id": task, "projectId": list["id"], "priority": 5 });
        let after = open.post(&format!("/task/{task}"), &body);
        assert_eq!((&after["projectId"], &after["priority"]), (&json!(INBOX), &json!(5)), "not a move");
    }
}

#[test]
fn an_update_names_its_task_and_list() {
    let open = open();
    let task = open.add(&json!({ "title": "x" }));
    for wrong in [json!({ "title": "y" }), json!({ "id": task, "title": "y" }), json!({ "projectId": INBOX })] {
        open.send("POST", &format!("/task/{task}"), &wrong.to_string()).refused(500, "unknown_exception");
    }
    let objects = json!({ "id": task, "projectId": INBOX, "reminders": [{ "trigger": "TRIGGER:PT0S" }] });
    open.send("POST", &format!("/task/{task}"), &objects.to_string()).refused(500, "unknown_exception");
    let unknown = json!({ "id": id(9), "projectId": INBOX });
    open.send("POST", &format!("/task/{}", id(9)), &unknown.to_string()).refused(500, "task_not_found");
    assert_eq!(open.change(&task, json!({ "reminders": ["TRIGGER:PT0S"] }))["reminders"], json!(["TRIGGER:PT0S"]));
    assert_eq!(open.change(&task, json!({ "reminders": [] })).get("reminders"), None);
}

#[test]
fn tasks_are_completed_and_opened_again() {
    let open = open();
    let task = open.add(&json!({ "title": "x" }));
    let complete = format!("/project/inbox/task/{task}/complete");
    let reply = open.send("POST", &complete, "");
    assert!(reply.status == 200 && reply.body.is_empty());
    let done = open.get(&format!("/project/inbox/task/{task}"));
    assert_eq!((&done["status"], &done["completedTime"]), (&json!(2), &json!("2026-03-01T12:00:00.000+0000")));
    assert_eq!(open.web.task(&task)["completedUserId"], 120_000_001);
    open.post(&complete, &json!({}));
    assert_eq!(open.get(&format!("/project/inbox/task/{task}"))["etag"], done["etag"], "once is enough");
    let after = open.change(&task, json!({ "status": 0 }));
    assert_eq!((&after["status"], after.get("completedTime")), (&json!(0), None));
    assert_eq!(open.change(&task, json!({ "status": 2 }))["status"], 2);
    assert_eq!(open.change(&task, json!({ "title": "still" }))["status"], 2);
}

#[test]
fn parents_are_honoured_on_both_sides() {
    let open = open();
    let parent = open.add(&json!({ "title": "parent" }));
    let child = open.post("/task", &json!({ "title": "child", "parentId": parent }));
    assert_eq!(child["parentId"], parent.as_str());
    let child = child["id"].as_str().unwrap();
    let shown = |id: &str| open.get(&format!("/project/inbox/task/{id}"));
    assert_eq!(shown(&parent)["childIds"], json!([child]));
    let other = open.add(&json!({ "title": "other" }));
    open.change(child, json!({ "parentId": other }));
    assert_eq!((shown(&parent).get("childIds"), &shown(&other)["childIds"]), (None, &json!([child])));
    assert_eq!(open.change(&other, json!({ "parentId": child })).get("parentId"), None, "a circle");
    assert_eq!(open.change(&other, json!({ "parentId": other })).get("parentId"), None, "itself");
    assert_eq!(open.change(child, json!({ "parentId": id(9) }))["parentId"], other.as_str(), "unknown");
    assert_eq!(open.change(child, json!({ "title": "kept" }))["parentId"], other.as_str());
    assert_eq!(open.change(child, json!({ "parentId": null })).get("parentId"), None);
    assert_eq!(shown(&other).get("childIds"), None);
}

#[test]
fn tasks_move_all_or_none() {
    let open = open();
    let list = open.post("/project", &json!({ "name": "Other" }))["id"].clone();
    let (parent, task) = (open.add(&json!({ "title": "p" })), open.add(&json!({ "title": "t" })));
    open.change(&task, json!({ "parentId": parent }));
    let to = |task: &str, to: &Value| json!({ "taskId": task, "fromProjectId": "inbox", "toProjectId": to });
    let unknown = json!([to(&task, &list), to(&id(9), &list)]);
    open.send("POST", "/task/move", &unknown.to_string()).refused(500, "task_not_found");
    let nowhere = json!([to(&task, &json!(id(8)))]);
    open.send("POST", "/task/move", &nowhere.to_string()).refused(500, "project_not_found");
    assert_eq!(open.get(&format!("/project/inbox/task/{task}"))["title"], "t", "it is still there");
    let moved = open.post("/task/move", &json!([to(&task, &list)]));
    let after = open.get(&format!("/project/{}/task/{task}", list.as_str().unwrap()));
    assert_eq!(moved, json!([{ "id": task, "etag": after["etag"] }]));
    assert_eq!(after.get("parentId"), None, "families stay in one list");
    for wrong in ["{}", "[7]", "[{}]", ""] {
        open.send("POST", "/task/move", wrong).refused(500, "unknown_exception");
    }
}

#[test]
fn batches_tell_item_by_item() {
    let open = open();
    let task = open.add(&json!({ "title": "old" }));
    let patch = |id: &str| json!({ "id": id, "projectId": INBOX, "title": "new" });
    let body = json!({
        "add": [{ "title": "one" }, { "title": "two", "projectId": id(8) }],
        "update": [patch(&task), patch(&id(9))],
    });
    let answer = open.post("/task/batch", &body);
    assert_eq!(answer["id2etag"].as_object().unwrap().len(), 2);
    let errors = answer["id2error"].as_object().unwrap();
    assert_eq!((errors.len(), &errors[&id(9)]), (2, &json!("TASK_NOT_FOUND")));
    assert!(errors.values().any(|code| code == "PROJECT_NOT_FOUND"));
    let data = open.get("/project/inbox/data");
    assert_eq!(ids(&data["tasks"]).len(), 2);
    assert_eq!(data["tasks"][0]["title"], "new");
    let wrong = json!({ "add": [{ "title": "three" }, {}] });
    open.send("POST", "/task/batch", &wrong.to_string()).refused(500, "unknown_exception");
    assert_eq!(ids(&open.get("/project/inbox/data")["tasks"]).len(), 2, "nothing is half done");
}
