use serde_json::{Value, json};
use ticktick_models::Permission;

use crate::server::testing::{Tester, USER, id, tester, tester_with};
use crate::world::lock::lock;

const GUEST: &str = "you@example.com";
const BATCH: &str = "/api/v2/batch/task";

/// Returns two accounts and a project that they share.
fn shared(permission: Permission) -> (Tester, Tester, String) {
    let owner = tester_with(|builder| builder.account(GUEST, "x").share(USER, "Family", GUEST, permission));
    let token = lock(&owner.service.state.world().access).open(GUEST, 1).token;
    let guest = Tester::new(owner.service.clone(), token);
    let project = owner.get("/api/v2/projects")[0]["id"].as_str().unwrap().to_owned();
    (owner, guest, project)
}

fn add(tester: &Tester, n: u32, project: &str) -> Value {
    tester.post(BATCH, &json!({ "add": [{ "id": id(n), "projectId": project, "title": "x" }] }))
}

#[test]
fn both_are_members_of_the_project() {
    let (owner, guest, project) = shared(Permission::Write);
    let path = |rest: &str| format!("/api/v2/project/{project}/{rest}");
    let users = owner.get(&path("users"));
    assert_eq!(users, guest.get(&path("users")));
    assert_eq!(users[0]["isOwner"], json!(true));
    assert_eq!(users[0]["permission"], Value::Null);
    assert_eq!(users[1]["userId"], json!(120_000_002));
    assert_eq!(users[1]["permission"], json!("write"));
    assert_eq!(owner.get(&path("shares")), json!([users[1]]));
    assert_eq!(owner.get(&path("share/check-quota")), 28);
    assert_eq!(owner.get("/api/v2/share/shareContacts")["contacts"], json!([users[1]]));
    assert_eq!(guest.get("/api/v2/project/share/recentProjectUsers"), json!([users[0]]));
    let (mine, yours) = (owner.get("/api/v2/projects")[0].clone(), guest.get("/api/v2/projects")[0].clone());
    assert_eq!(mine["isOwner"], json!(true));
    assert_eq!(mine["permission"], Value::Null);
    assert_eq!(mine["userCount"], json!(2));
    assert_eq!(yours["isOwner"], json!(false));
    assert_eq!(yours["permission"], json!("write"));
}

#[test]
fn private_projects_have_no_other_members() {
    let tester = tester();
    tester.post("/api/v2/batch/project", &json!({ "add": [{ "id": id(1), "name": "a" }] }));
    let path = |rest: &str| format!("/api/v2/project/{}/{rest}", id(1));
    assert_eq!(tester.get(&path("users")), json!([]));
    assert_eq!(tester.get("/api/v2/project/inbox/users"), json!([]));
    assert_eq!(tester.get(&path("shares")), json!([]));
    assert_eq!(tester.get(&path("share/check-quota")), 29);
    assert_eq!(tester.get("/api/v2/share/shareContacts"), json!({ "contacts": [] }));
    assert_eq!(tester.get("/api/v2/project/share/recentProjectUsers"), json!([]));
    let unknown = format!("/api/v2/project/{}/users", id(9));
    tester.send("GET", &unknown, "").refused(500, "project_not_found");
    let assign = json!([{ "assignee": "120000001", "projectId": id(1), "taskId": id(2) }]);
    tester.send("POST", "/api/v2/task/assign", assign.to_string()).refused(500, "unknown_exception");
}

#[test]
fn a_link_is_made_and_revoked() {
    let (owner, guest, project) = shared(Permission::Write);
    let (url, link) = (
        format!("/api/v2/project/{project}/collaboration/invite-url"),
        format!("/api/v2/project/{project}/collaboration/invite"),
    );
    assert_eq!(owner.get(&url)["inviteUrl"], Value::Null);
    let made = owner.send("POST", &link, "").value(200);
    assert!(made["inviteUrl"].is_string());
    assert_eq!(owner.send("POST", &link, "{}").value(200), made, "there is one");
    assert_eq!(owner.get(&url), made);
    guest.send("POST", &link, "").refused(500, "no_project_permission");
    assert!(owner.send("DELETE", &link, "").value(200).is_null());
    assert_eq!(owner.get(&url)["inviteUrl"], Value::Null);
    owner.send("POST", "/api/v2/project/inbox/collaboration/invite", "").refused(500, "no_project_permission");
}

#[test]
fn what_one_does_the_other_has() {
    let (owner, guest, project) = shared(Permission::Write);
    let next = guest.get("/api/v3/batch/check/0")["checkPoint"].as_i64().unwrap();
    add(&owner, 1, &project);
    let delta = guest.get(&format!("/api/v3/batch/check/{next}"));
    assert_eq!(delta["syncTaskBean"]["update"], json!([owner.task(&id(1))]));
    guest.update(&json!({ "id": id(1), "title": "from you" }));
    assert_eq!(owner.task(&id(1)), guest.task(&id(1)));
    add(&guest, 2, &project);
    assert_eq!(owner.task(&id(2))["creator"], 120_000_002);
    let column = json!({ "add": [{ "id": id(50), "projectId": project, "name": "Doing" }] });
    guest.post("/api/v2/column", &column);
    assert_eq!(owner.get("/api/v2/column?from=0"), guest.get("/api/v2/column?from=0"));
    owner.post("/api/v2/batch/project", &json!({ "update": [{ "id": project, "name": "Clan", "color": "#FFFFFF" }] }));
    let yours = guest.get("/api/v2/projects")[0].clone();
    assert_eq!(yours["name"], json!("Clan"));
    assert_eq!(yours["color"], json!("#FFFFFF"));
    assert_eq!(yours["isOwner"], json!(false));
}

#[test]
fn tasks_that_leave_the_project_leave_the_other_account() {
    let (owner, guest, project) = shared(Permission::Write);
    add(&owner, 1, &project);
    let away = json!([{ "taskId": id(1), "fromProjectId": project, "toProjectId": "inbox" }]);
    let moved = guest.post("/api/v2/batch/taskProject", &away);
    assert!(moved["id2etag"][id(1)].is_string());
    assert_eq!(guest.task(&id(1))["projectId"], "inbox120000002");
    owner.send("GET", &format!("/api/v2/task/{}", id(1)), "").refused(500, "task_not_found");
}

#[test]
fn comments_tell_who_wrote_them() {
    let (owner, guest, project) = shared(Permission::Comment);
    add(&owner, 1, &project);
    let path = format!("/api/v2/project/{project}/task/{}/comment", id(1));
    guest.post(&path, &json!({ "id": id(7), "title": "hello" }));
    let read = |tester: &Tester| tester.get(&format!("{path}s"))[0].clone();
    assert_eq!(read(&owner)["userProfile"], json!({ "isMyself": false }));
    assert_eq!(read(&guest)["userProfile"], json!({ "isMyself": true }));
    assert_eq!(owner.task(&id(1))["commentCount"], 1);
    let one = format!("{path}/{}", id(7));
    owner.send("PUT", &one, r#"{"title":"no"}"#).refused(500, "access_forbidden");
    let mut changed = read(&guest);
    changed["title"] = "bye".into();
    guest.send("PUT", &one, changed.to_string()).value(200);
    assert_eq!(read(&owner)["title"], "bye");
    owner.send("DELETE", &one, "").value(200);
    assert_eq!(guest.get(&format!("{path}s")), json!([]));
}

#[test]
fn members_are_assigned() {
    let (owner, guest, project) = shared(Permission::Write);
    add(&owner, 1, &project);
    let assign = |who: &str, n: u32| {
        let body = json!([{ "assignee": who, "projectId": project, "taskId": id(n) }]).to_string();
        owner.send("POST", "/api/v2/task/assign", body)
    };
    assert!(assign("120000002", 1).value(200)["id2etag"][id(1)].is_string());
    assert_eq!(guest.task(&id(1))["assignee"], 120_000_002);
    assign("-1", 1).value(200);
    assert_eq!(guest.task(&id(1))["assignee"], -1);
    assert_eq!(assign("120000001", 9).value(200)["id2error"], json!({ id(9): "TASK_NOT_FOUND" }));
    assign("5", 1).refused(500, "unknown_exception");
}

#[test]
fn readers_change_nothing() {
    let (owner, guest, project) = shared(Permission::Read);
    add(&owner, 1, &project);
    assert_eq!(add(&guest, 2, &project)["id2error"], json!({ id(2): "NO_PROJECT_PERMISSION" }));
    let change =
        json!({ "update": [{ "id": id(1), "title": "y" }], "delete": [{ "taskId": id(1), "projectId": project }] });
    assert_eq!(guest.post(BATCH, &change)["id2error"], json!({ id(1): "NO_PROJECT_PERMISSION" }));
    let single = guest.send("POST", &format!("/api/v2/task/{}", id(1)), r#"{"title":"y"}"#);
    single.refused(500, "no_project_permission");
    let away = json!([{ "taskId": id(1), "fromProjectId": project, "toProjectId": "inbox" }]);
    let moved = guest.post("/api/v2/batch/taskProject", &away);
    assert_eq!(moved["id2error"], json!({ id(1): "NO_PROJECT_PERMISSION" }));
    let comment = format!("/api/v2/project/{project}/task/{}/comment", id(1));
    guest.send("POST", &comment, r#"{"title":"z"}"#).refused(500, "no_project_permission");
    assert_eq!(owner.task(&id(1))["title"], json!("x"));
    assert_eq!(owner.task(&id(1))["deleted"], json!(0));
    assert_eq!(guest.task(&id(1)), owner.task(&id(1)));
}

#[test]
fn a_guest_leaves_and_an_owner_ends_it() {
    let (owner, guest, project) = shared(Permission::Write);
    add(&owner, 1, &project);
    guest.post("/api/v2/batch/project", &json!({ "delete": [project] }));
    assert_eq!(guest.get("/api/v2/projects"), json!([]));
    guest.send("GET", &format!("/api/v2/task/{}", id(1)), "").refused(500, "task_not_found");
    assert_eq!(owner.get("/api/v2/projects")[0]["userCount"], 1);
    assert_eq!(owner.get(&format!("/api/v2/project/{project}/users")), json!([]));
    assert_eq!(owner.task(&id(1))["deleted"], 0);
    let service = &owner.service;
    assert_eq!(service.share(USER, "Family", GUEST, Permission::Write).as_str(), project);
    assert_eq!(guest.task(&id(1))["title"], "x");
    owner.send("DELETE", &format!("/api/v2/project/{project}"), "").value(200);
    assert_eq!(guest.get("/api/v2/projects"), json!([]));
    assert_eq!(owner.task(&id(1))["deleted"], 1);
    guest.send("GET", &format!("/api/v2/task/{}", id(1)), "").refused(500, "task_not_found");
    add(&owner, 2, "inbox");
    assert_eq!(guest.get("/api/v2/share/shareContacts"), json!({ "contacts": [] }));
}

#[test]
fn a_guest_is_removed_by_the_owner_alone() {
    let (owner, guest, project) = shared(Permission::Write);
    add(&owner, 1, &project);
    let projects = |tester: &Tester| tester.get("/api/v2/projects").as_array().unwrap().len();
    let user = |tester: &Tester| tester.get("/api/v2/user/status")["userId"].as_str().unwrap().to_owned();
    let remove = |by: &Tester, user: &str| {
        let reply = by.send("DELETE", &format!("/api/v2/project/{project}/share/{user}"), "");
        assert_eq!(reply.status, 200);
        assert_eq!(reply.body.len(), 0);
    };
    let before = (projects(&owner), projects(&guest));
    remove(&guest, &user(&owner));
    remove(&owner, &user(&owner));
    remove(&owner, "7");
    assert_eq!((projects(&owner), projects(&guest)), before, "nothing happens, and the answer is the same");
    remove(&owner, &user(&guest));
    assert_eq!(projects(&owner), before.0);
    assert_eq!(projects(&guest), before.1 - 1);
    assert_eq!(owner.task(&id(1))["deleted"], 0, "the tasks stay");
    remove(&owner, &user(&guest));
}
