use serde_json::{Value, json};
use ticktick_models::Permission;

use super::{INBOX, Open, open, open_with};
use crate::server::testing::{USER, id};

const GUEST: &str = "you@example.com";

/// An account that shares a project with another one, and the project.
fn shared(permission: Permission) -> (Open, String) {
    let build = |builder: crate::Builder| {
        builder.account(GUEST, "x").share(USER, "Family", GUEST, permission).api_token(GUEST, "theirs")
    };
    let open = open_with(build);
    let project = open.get("/project")[0]["id"].as_str().unwrap().to_owned();
    (open, project)
}

#[test]
fn members_tell_which_of_them_is_asking() {
    let (open, project) = shared(Permission::Write);
    let members = |open: &Open, project: &str| open.get(&format!("/project/{project}/members"));
    let member =
        |name: &str, is_self: bool| json!({ "username": name, "displayName": name.split('@').next(), "self": is_self });
    assert_eq!(members(&open, &project), json!([member(USER, true), member(GUEST, false)]));
    assert_eq!(members(&open, "inbox"), json!([member(USER, true)]), "a project that is not shared");
    open.send("GET", &format!("/project/{}/members", id(9)), "").refused(500, "project_not_found");
    assert_eq!(members(&open.with_token("theirs"), &project), json!([member(USER, false), member(GUEST, true)]));
}

#[test]
fn tasks_are_assigned_to_members() {
    let (open, project) = shared(Permission::Write);
    let task = open.add(&json!({ "title": "x", "projectId": project }));
    let named = |name: &str| json!({ "projectId": project, "taskId": task, "assigneeUsername": name });
    assert_eq!(open.post("/task/assign", &named(GUEST))["assigneeUsername"], GUEST);
    assert_eq!(open.get(&format!("/project/{project}/data"))["tasks"][0]["assigneeUsername"], GUEST);
    open.nothing("POST", "/task/assign", &named("stranger@example.com"));
    assert_eq!(open.post("/task/assign", &named(USER))["assigneeUsername"], USER);
    let after = open.post("/task/unassign", &json!({ "projectId": project, "taskId": task }));
    assert_eq!(after["id"], json!(task));
    assert_eq!(after.get("assigneeUsername"), None);
    open.send("POST", "/task/assign", &json!({ "projectId": project, "taskId": task }).to_string())
        .refused(500, "unknown_exception");
}

#[test]
fn unknown_tasks_are_assigned_to_nobody() {
    let open = open();
    let (task, project) = (open.add(&json!({ "title": "x" })), open.add_project("Other"));
    for (project, task) in [(INBOX, id(9)), (&project, task.clone()), (&id(8), task.clone())] {
        let named = json!({ "projectId": project, "taskId": task, "assigneeUsername": USER });
        open.nothing("POST", "/task/assign", &named);
        open.nothing("POST", "/task/unassign", &named);
    }
    assert_eq!(open.task(&task).get("assigneeUsername"), None);
}

#[test]
fn readers_assign_nothing() {
    let (open, project) = shared(Permission::Read);
    let task = open.add(&json!({ "title": "x", "projectId": project }));
    let named = json!({ "projectId": project, "taskId": task, "assigneeUsername": GUEST }).to_string();
    open.with_token("theirs").send("POST", "/task/assign", &named).refused(500, "no_project_permission");
}

#[test]
fn comments_name_who_wrote_them() {
    let (open, project) = shared(Permission::Write);
    let task = open.add(&json!({ "title": "x", "projectId": project }));
    let path = format!("/project/{project}/task/{task}/comment");
    open.post(&path, &json!({ "title": "mine" }));
    let author = |open: &Open| open.get(&format!("{path}s"))[0]["userId"].clone();
    assert_eq!(author(&open), Value::from(120_000_001));
    assert_eq!(author(&open.with_token("theirs")), Value::from(120_000_001));
}
