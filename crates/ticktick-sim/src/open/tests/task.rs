use serde_json::{Value, json};

use super::{INBOX, ids, open, open_with};
use crate::UpdateMode;
use crate::server::testing::id;

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
    assert_eq!(task["tags"], json!(["home"]));
    assert_eq!(task["kind"], json!("CHECKLIST"));
    assert_eq!(task["items"][0]["startDate"], "2026-03-02T09:00:00.000+0000");
    assert_eq!(task["status"], json!(0));
    assert_eq!(task["priority"], json!(3));
    for unset in ["foreign", "completedTime", "repeatFlag", "columnId", "parentId", "childIds", "desc", "creator"] {
        assert!(task.get(unset).is_none(), "{unset}");
    }
    let web = open.web.task(task["id"].as_str().unwrap());
    assert_eq!(web["reminders"][1]["trigger"], "TRIGGER:-PT30M");
    assert_eq!(web["reminders"][1]["id"].as_str().unwrap().len(), 24);
}

#[test]
fn a_task_without_a_title_is_stored_in_the_inbox() {
    let open = open();
    for wrong in [
        json!({ "title": null }),
        json!({ "title": "x", "startDate": true }),
        json!({ "title": "x", "reminders": [{ "trigger": "TRIGGER:PT0S" }] }),
        json!({ "title": "x", "priority": "high" }),
        json!([]),
    ] {
        open.send("POST", "/task", &wrong.to_string()).refused(500, "unknown_exception");
    }
    open.send("POST", "/task", "").refused(500, "unknown_exception");
    let foreign = json!({ "title": "x", "projectId": id(5) });
    open.send("POST", "/task", &foreign.to_string()).refused(500, "project_not_found");
    let empty = open.post("/task", &json!({}));
    assert_eq!(empty["title"], json!(""));
    assert_eq!(empty["projectId"], json!(INBOX));
    assert_eq!(open.post("/task", &json!({ "title": "", "projectId": "inbox" }))["projectId"], INBOX);
}

#[test]
fn notes_belong_in_projects_of_notes() {
    let open = open();
    let project = open.post("/project", &json!({ "name": "Notes", "kind": "NOTE" }));
    assert_eq!(open.post("/task", &json!({ "title": "n", "projectId": project["id"] }))["kind"], "NOTE");
}

#[test]
fn unknown_tasks_are_nothing_and_deleted_ones_are_there() {
    let open = open();
    let task = open.add(&json!({ "title": "once" }));
    assert_eq!(open.get(&format!("/project/inbox/task/{}", id(9))), Value::Null);
    assert_eq!(open.get(&format!("/project/{}/task/{task}", id(9))), Value::Null, "another project");
    assert_eq!(open.delete(&format!("/project/{INBOX}/task/{task}")), Value::Null);
    assert_eq!(open.get(&format!("/project/inbox/task/{task}"))["title"], "once");
    assert_eq!(open.web.task(&task)["deleted"], 1);
    open.send("POST", &format!("/project/inbox/task/{task}/complete"), "").refused(500, "task_not_found");
    let change = json!({ "id": task, "projectId": INBOX, "title": "again" });
    open.nothing("POST", &format!("/task/{task}"), &change);
    assert_eq!(open.task(&task)["title"], "once");
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
        assert_eq!(after["title"], json!("new"));
        assert_eq!(after["content"], json!("kept"));
        assert_eq!(after["tags"], json!(["a"]));
        assert_eq!(after["dueDate"], json!("2026-03-03T09:00:00.000+0000"));
        let after = open.change(&task, json!({ "dueDate": null }));
        assert_eq!(after.get("dueDate"), None);
        assert_eq!(after["startDate"], "2026-03-02T09:00:00.000+0000", "each by itself");
        let after = open.change(&task, json!({ "repeatFlag": "" }));
        assert_eq!(after["repeatFlag"], "", "cleared, and still there");
        let after = open.change(&task, json!({ "startDate": "", "repeatFlag": null }));
        assert_eq!(after.get("startDate"), None);
        assert_eq!(after.get("repeatFlag"), None);
    }
}

#[test]
fn an_update_names_its_task_and_project() {
    let open = open();
    let task = open.add(&json!({ "title": "x" }));
    for wrong in [json!({ "title": "y" }), json!({ "id": task, "title": "y" }), json!({ "projectId": INBOX })] {
        open.send("POST", &format!("/task/{task}"), &wrong.to_string()).refused(500, "unknown_exception");
    }
    let objects = json!({ "id": task, "projectId": INBOX, "reminders": [{ "trigger": "TRIGGER:PT0S" }] });
    open.send("POST", &format!("/task/{task}"), &objects.to_string()).refused(500, "unknown_exception");
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
    assert_eq!(done["status"], json!(2));
    assert_eq!(done["completedTime"], json!("2026-03-01T12:00:00.000+0000"));
    assert_eq!(open.web.task(&task)["completedUserId"], 120_000_001);
    let after = open.change(&task, json!({ "status": 0 }));
    assert_eq!(after["status"], json!(0));
    assert_eq!(after.get("completedTime"), None);
    assert_eq!(open.change(&task, json!({ "status": 2 }))["status"], 2);
    assert_eq!(open.change(&task, json!({ "title": "still" }))["status"], 2);
}

#[test]
fn parents_are_honored_on_both_sides() {
    let open = open();
    let parent = open.add(&json!({ "title": "parent" }));
    let child = open.post("/task", &json!({ "title": "child", "parentId": parent }));
    assert_eq!(child["parentId"], parent.as_str());
    let child = child["id"].as_str().unwrap();
    let shown = |id: &str| open.get(&format!("/project/inbox/task/{id}"));
    assert_eq!(shown(&parent)["childIds"], json!([child]));
    let other = open.add(&json!({ "title": "other" }));
    open.change(child, json!({ "parentId": other }));
    assert_eq!(shown(&parent).get("childIds"), None);
    assert_eq!(shown(&other)["childIds"], json!([child]));
    assert_eq!(open.change(&other, json!({ "parentId": child })).get("parentId"), None, "a circle");
    assert_eq!(open.change(&other, json!({ "parentId": other })).get("parentId"), None, "itself");
    assert_eq!(open.change(child, json!({ "parentId": id(9) }))["parentId"], other.as_str(), "unknown");
    assert_eq!(open.change(child, json!({ "title": "kept" }))["parentId"], other.as_str());
    assert_eq!(open.change(child, json!({ "parentId": null }))["parentId"], other.as_str(), "null does nothing");
    assert_eq!(open.change(child, json!({ "parentId": "" })).get("parentId"), None);
    assert_eq!(shown(&other).get("childIds"), None);
}

#[test]
fn moves_prove_nothing() {
    let open = open();
    let project = open.add_project("Other");
    let (parent, task) = (open.add(&json!({ "title": "p" })), open.add(&json!({ "title": "t" })));
    open.change(&task, json!({ "parentId": parent }));
    let to = |task: &str, from: &str, to: &str| json!([{ "taskId": task, "fromProjectId": from, "toProjectId": to }]);
    for projects in [("inbox", id(8)), (&id(8), project.clone())] {
        assert_eq!(open.post("/task/move", &to(&task, projects.0, &projects.1)), json!([]), "a project does not exist");
    }
    assert_eq!(open.task(&task)["title"], "t", "it is still there");
    open.wait();
    let unknown = open.post("/task/move", &to(&id(9), "inbox", &project));
    assert_eq!(unknown[0]["id"], json!(id(9)));
    assert_eq!(ids(&open.get("/project/inbox/data")["tasks"]).len(), 2);
    let moved = open.post("/task/move", &to(&task, "inbox", &project))[0].clone();
    let after = open.get(&format!("/project/{project}/task/{task}"));
    for key in ["id", "isAllDay", "isFloating", "etag", "etimestamp", "modifiedTime"] {
        assert_eq!(moved[key], after[key], "{key}");
    }
    assert_eq!(after["modifiedTime"], "2026-03-01T13:00:00.000+0000");
    assert_eq!(after.get("parentId"), None, "families stay in one project");
    for wrong in ["{}", "[7]", "[{}]", ""] {
        open.send("POST", "/task/move", wrong).refused(500, "unknown_exception");
    }
}

#[test]
fn updates_of_unknown_tasks_are_answered_with_nothing() {
    let open = open();
    let (task, project) = (open.add(&json!({ "title": "x" })), open.add_project("Other"));
    open.nothing("POST", &format!("/task/{}", id(9)), &json!({ "id": id(9), "projectId": INBOX, "title": "y" }));
    open.nothing("POST", &format!("/task/{task}"), &json!({ "id": task, "projectId": project, "title": "y" }));
    open.nothing("POST", &format!("/task/{task}"), &json!({ "id": task, "projectId": id(9), "title": "y" }));
    assert_eq!(open.task(&task)["title"], "x");
}

#[test]
fn deletes_are_idempotent() {
    let open = open();
    let task = open.add(&json!({ "title": "x" }));
    for _ in 0..2 {
        open.nothing("DELETE", &format!("/project/inbox/task/{task}"), &Value::Null);
    }
    open.nothing("DELETE", &format!("/project/inbox/task/{}", id(9)), &Value::Null);
    let project = open.add_project("Other");
    for _ in 0..2 {
        open.nothing("DELETE", &format!("/project/{project}"), &Value::Null);
    }
    let folder = open.post("/project/group", &json!({ "name": "x" }))["id"].as_str().unwrap().to_owned();
    for _ in 0..2 {
        open.nothing("DELETE", &format!("/project/group/{folder}"), &Value::Null);
    }
}

#[test]
fn completing_again_moves_the_time() {
    let open = open();
    let task = open.add(&json!({ "title": "x" }));
    let complete = || open.nothing("POST", &format!("/project/inbox/task/{task}/complete"), &Value::Null);
    complete();
    let first = open.task(&task);
    open.wait();
    complete();
    let second = open.task(&task);
    assert_eq!(first["status"], json!(2));
    assert_eq!(second["status"], json!(2));
    assert_eq!(first["completedTime"], "2026-03-01T12:00:00.000+0000");
    assert_eq!(second["completedTime"], "2026-03-01T13:00:00.000+0000");
    assert_eq!(second["modifiedTime"], second["completedTime"]);
    assert_ne!(first["etag"], second["etag"]);
}

#[test]
fn several_tasks_are_completed_at_once() {
    let open = open();
    let project = open.add_project("Other");
    let in_project = |title: &str| open.add(&json!({ "title": title, "projectId": project }));
    let (a, b, elsewhere) = (in_project("a"), in_project("b"), open.add(&json!({ "title": "c" })));
    let sent = json!({ "projectId": project, "taskIds": [a, id(9), elsewhere, b] });
    assert_eq!(open.post("/task/completeTasks", &sent), json!([a, b]), "others are skipped in silence");
    assert_eq!(open.task(&elsewhere)["status"], 0);
    for inbox in [json!({ "taskIds": [elsewhere] }), json!({ "projectId": "", "taskIds": [elsewhere] })] {
        assert_eq!(open.post("/task/completeTasks", &inbox), json!([elsewhere]));
    }
    let many: Vec<String> = (0..51).map(|n| open.add(&json!({ "title": n.to_string() }))).collect();
    let done = open.post("/task/completeTasks", &json!({ "taskIds": many }));
    assert_eq!(done.as_array().unwrap().len(), 50);
    assert_eq!(open.task(&many[50])["status"], json!(0));
    open.send("POST", "/task/completeTasks", "{}").refused(500, "unknown_exception");
}

#[test]
fn tasks_of_a_deleted_project_are_a_failure() {
    let open = open();
    let project = open.add_project("Gone");
    let task = open.add(&json!({ "title": "x", "projectId": project }));
    open.delete(&format!("/project/{project}"));
    open.send("GET", &format!("/project/{project}/task/{task}"), "").refused(500, "unknown_exception");
    let named = json!({ "projectId": project, "taskId": task }).to_string();
    open.send("POST", "/task/unassign", &named).refused(500, "unknown_exception");
}

#[test]
fn batches_tell_item_by_item() {
    let open = open();
    let task = open.add(&json!({ "title": "old" }));
    let (gone, away) = (open.add(&json!({ "title": "gone" })), open.add_project("Other"));
    open.delete(&format!("/project/inbox/task/{gone}"));
    let away = open.add(&json!({ "title": "away", "projectId": away }));
    let patch = |id: &str| json!({ "id": id, "projectId": INBOX, "title": "new" });
    let body = json!({
        "add": [{ "title": "one" }, { "title": "two", "projectId": id(8) }],
        "update": [patch(&task), patch(&id(9)), patch(&gone), patch(&away)],
    });
    let answer = open.post("/task/batch", &body);
    assert_eq!(answer["id2etag"].as_object().unwrap().len(), 2);
    let errors = answer["id2error"].as_object().unwrap();
    assert_eq!(errors.len(), 4);
    assert_eq!(errors[&id(9)], json!("NOT_EXISTED"));
    assert_eq!(errors[&gone], json!("DELETED"));
    assert_eq!(errors[&away], json!("PROJECT_MOVE_ERROR"));
    let data = open.get("/project/inbox/data");
    assert_eq!(ids(&data["tasks"]).len(), 2);
    assert_eq!(data["tasks"][0]["title"], "new");
    let wrong = json!({ "add": [{ "title": "three" }, {}] });
    open.send("POST", "/task/batch", &wrong.to_string()).refused(500, "unknown_exception");
    assert_eq!(ids(&open.get("/project/inbox/data")["tasks"]).len(), 2, "nothing is half done");
}

#[test]
fn batches_take_fifty_tasks() {
    let open = open();
    let tasks: Vec<Value> = (0..51).map(|n| json!({ "title": n.to_string() })).collect();
    let answer = open.post("/task/batch", &json!({ "add": tasks }));
    assert_eq!(answer["id2etag"].as_object().unwrap().len(), 50);
    assert_eq!(answer["id2error"], json!({}));
}
