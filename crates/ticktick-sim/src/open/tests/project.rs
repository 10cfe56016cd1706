use serde_json::{Value, json};

use super::{INBOX, ids, open, open_with};
use crate::testing::id;
use crate::{Plan, UpdateMode};

#[test]
fn lists_live_and_die() {
    let open = open_with(|builder| builder.update_mode(UpdateMode::Replace));
    let made = open.post("/project", &json!({ "name": "Work", "color": "#F18181", "viewMode": "kanban" }));
    assert_eq!((&made["viewMode"], &made["kind"]), (&json!("kanban"), &json!("TASK")));
    for unset in ["closed", "groupId", "permission", "etag"] {
        assert!(made.get(unset).is_none(), "{unset}");
    }
    let path = format!("/project/{}", made["id"].as_str().unwrap());
    assert_eq!(open.get(&path), made);
    assert_eq!(open.get("/project"), json!([made]), "the inbox is not among them");
    let after = open.post(&path, &json!({ "name": "Office", "groupId": id(1) }));
    assert_eq!((&after["name"], &after["color"]), (&json!("Office"), &json!("#F18181")), "the rest stays");
    assert_eq!(after.get("groupId"), None, "not among what can be written");
    assert_eq!(open.web.get("/api/v2/projects")[0]["name"], "Office");
    let task = open.add(&json!({ "title": "x", "projectId": made["id"] }));
    assert_eq!(open.delete(&path), Value::Null);
    assert_eq!(open.get("/project"), json!([]));
    assert_eq!(open.web.task(&task)["deleted"], 1);
    for method in ["GET", "POST", "DELETE"] {
        open.send(method, &path, "{}").refused(500, "project_not_found");
    }
}

#[test]
fn a_list_needs_a_name_and_room() {
    let open = open_with(|builder| builder.plan(Plan::Free));
    for wrong in ["", "{}", "[]", r#"{"name":""}"#, r#"{"name":"x","sortOrder":"first"}"#] {
        open.send("POST", "/project", wrong).refused(500, "unknown_exception");
    }
    for n in 0..9 {
        open.post("/project", &json!({ "name": n.to_string() }));
    }
    open.send("POST", "/project", r#"{"name":"ten"}"#).refused(500, "exceed_quota");
}

#[test]
fn data_are_open_tasks_and_columns() {
    let open = open();
    assert_eq!(open.get(&format!("/project/{}/data", id(9))), json!({}), "unknown");
    let list = open.post("/project", &json!({ "name": "Board" }))["id"].as_str().unwrap().to_owned();
    let column = open.post(&format!("/project/{list}/column"), &json!({ "name": "To do" }));
    let task = open.add(&json!({ "title": "open", "projectId": list }));
    let done = open.add(&json!({ "title": "done", "projectId": list }));
    open.post(&format!("/project/{list}/task/{done}/complete"), &json!({}));
    let gone = open.add(&json!({ "title": "gone", "projectId": list }));
    open.delete(&format!("/project/{list}/task/{gone}"));
    let data = open.get(&format!("/project/{list}/data"));
    assert_eq!(data["project"]["name"], "Board");
    assert_eq!(ids(&data["tasks"]), [task]);
    assert_eq!(data["columns"], json!([column]));
}

#[test]
fn the_inbox_answers_to_its_name() {
    let open = open();
    let task = open.add(&json!({ "title": "x" }));
    for name in ["inbox", INBOX] {
        let data = open.get(&format!("/project/{name}/data"));
        assert_eq!((&data["project"]["id"], ids(&data["tasks"])), (&json!(INBOX), vec![task.as_str()]));
        assert_eq!(open.get(&format!("/project/{name}"))["name"], "Inbox");
    }
    open.send("DELETE", "/project/inbox", "").refused(500, "project_not_found");
}

#[test]
fn columns_are_made_and_renamed() {
    let open = open();
    let made = open.post("/project/inbox/column", &json!({ "name": "To do" }));
    let next = open.post("/project/inbox/column", &json!({ "name": "Doing" }));
    assert!(next["sortOrder"].as_i64() > made["sortOrder"].as_i64());
    let path = format!("/project/inbox/column/{}", made["id"].as_str().unwrap());
    let after = open.post(&path, &json!({ "name": "Later" }));
    assert_eq!((&after["name"], &after["sortOrder"]), (&json!("Later"), &made["sortOrder"]));
    assert_eq!(open.get("/project/inbox/column"), json!([after, next]));
    assert_eq!(open.web.get("/api/v2/column/project/inbox")[0]["name"], "Later");
    open.send("POST", &path, "{}").refused(500, "unknown_exception");
    let unknown = format!("/project/inbox/column/{}", id(9));
    open.send("POST", &unknown, r#"{"name":"x"}"#).refused(500, "unknown_exception");
    let unknown = format!("/project/{}/column", id(9));
    open.send("GET", &unknown, "").refused(500, "project_not_found");
    open.send("POST", &unknown, r#"{"name":"x"}"#).refused(500, "project_not_found");
    assert_eq!(open.send("DELETE", &path, "").status, 405, "there is no such route");
}

#[test]
fn folders_live_and_die() {
    for mode in [UpdateMode::Replace, UpdateMode::Merge] {
        let open = open_with(|builder| builder.update_mode(mode));
        let made = open.post("/project/group", &json!({ "name": "Office" }));
        assert_eq!(made["showAll"], true);
        let path = format!("/project/group/{}", made["id"].as_str().unwrap());
        let after = open.post(&path, &json!({ "name": "Home" }));
        assert_eq!(open.get("/project/group"), json!([after]));
        assert_eq!(after["id"], made["id"]);
        assert_eq!(open.delete(&path), Value::Null);
        assert_eq!(open.get("/project/group"), json!([]));
        open.send("DELETE", &path, "").refused(500, "unknown_exception");
        open.send("POST", &path, r#"{"name":"x"}"#).refused(500, "unknown_exception");
        open.send("POST", "/project/group", r#"{"name":""}"#).refused(500, "unknown_exception");
    }
}

#[test]
fn lists_have_their_owner_as_member() {
    let open = open();
    let list = open.post("/project", &json!({ "name": "x" }))["id"].as_str().unwrap().to_owned();
    let members = open.get(&format!("/project/{list}/members"));
    assert_eq!(members, json!([{ "username": "me@example.com", "displayName": "me" }]));
    open.send("GET", &format!("/project/{}/members", id(9)), "").refused(500, "project_not_found");
}
