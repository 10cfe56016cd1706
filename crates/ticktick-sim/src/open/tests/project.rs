use serde_json::{Value, json};

use super::{INBOX, ids, open, open_with};
use crate::server::testing::id;
use crate::world::lock::lock;
use crate::{Plan, UpdateMode};

#[test]
fn projects_are_created_changed_and_deleted() {
    let open = open_with(|builder| builder.update_mode(UpdateMode::Replace));
    let made = open.post("/project", &json!({ "name": "Work", "color": "#F18181", "viewMode": "kanban" }));
    assert_eq!(made["viewMode"], json!("kanban"));
    assert_eq!(made["kind"], json!("TASK"));
    for unset in ["closed", "groupId", "permission", "etag"] {
        assert!(made.get(unset).is_none(), "{unset}");
    }
    let path = format!("/project/{}", made["id"].as_str().unwrap());
    assert_eq!(open.get(&path), made);
    assert_eq!(open.get("/project"), json!([made]), "the inbox is not among them");
    let after = open.post(&path, &json!({ "name": "Office", "groupId": id(1) }));
    assert_eq!(after["name"], json!("Office"), "the rest stays");
    assert_eq!(after["color"], json!("#F18181"), "the rest stays");
    assert_eq!(after["groupId"], id(1));
    let after = open.post(&path, &json!({ "groupId": "NONE" }));
    assert_eq!(after["name"], json!("Office"));
    assert_eq!(after.get("groupId"), None);
    assert_eq!(open.web.get("/api/v2/projects")[0]["name"], "Office");
    let task = open.add(&json!({ "title": "x", "projectId": made["id"] }));
    assert_eq!(open.delete(&path), Value::Null);
    assert_eq!(open.get("/project"), json!([]));
    assert_eq!(open.web.task(&task)["deleted"], 1);
    open.send("GET", &path, "").refused(404, "project_not_found");
    open.send("POST", &path, "{}").refused(500, "project_not_found");
    assert_eq!(open.get(&format!("{path}/data")), json!({}));
}

#[test]
fn a_project_needs_a_name_and_room() {
    let open = open_with(|builder| builder.plan(Plan::Free));
    let colors = ["red", "F18181", "#F1818", "#GGGGGG"].map(|color| json!({ "name": "x", "color": color }).to_string());
    for color in colors {
        open.send("POST", "/project", &color).refused(500, "unknown_exception");
    }
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
    let project = open.post("/project", &json!({ "name": "Board" }))["id"].as_str().unwrap().to_owned();
    let column = open.post(&format!("/project/{project}/column"), &json!({ "name": "To do" }));
    let task = open.add(&json!({ "title": "open", "projectId": project }));
    let done = open.add(&json!({ "title": "done", "projectId": project }));
    open.post(&format!("/project/{project}/task/{done}/complete"), &json!({}));
    let gone = open.add(&json!({ "title": "gone", "projectId": project }));
    open.delete(&format!("/project/{project}/task/{gone}"));
    let data = open.get(&format!("/project/{project}/data"));
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
        assert_eq!(data["project"]["id"], json!(INBOX));
        assert_eq!(ids(&data["tasks"]), vec![task.as_str()]);
        assert_eq!(open.get(&format!("/project/{name}"))["name"], "Inbox");
    }
    open.nothing("DELETE", "/project/inbox", &Value::Null);
    assert_eq!(open.task(&task)["title"], "x", "it cannot be deleted");
}

#[test]
fn columns_are_made_and_renamed() {
    let open = open();
    let made = open.post("/project/inbox/column", &json!({ "name": "To do" }));
    let next = open.post("/project/inbox/column", &json!({ "name": "Doing" }));
    assert!(next["sortOrder"].as_i64() > made["sortOrder"].as_i64());
    let path = format!("/project/inbox/column/{}", made["id"].as_str().unwrap());
    let after = open.post(&path, &json!({ "name": "Later" }));
    assert_eq!(after["name"], json!("Later"));
    assert_eq!(after["sortOrder"], made["sortOrder"]);
    assert_eq!(open.get("/project/inbox/column"), json!([after, next]));
    assert_eq!(open.web.get("/api/v2/column/project/inbox")[0]["name"], "Later");
    open.send("POST", &path, "{}").refused(500, "unknown_exception");
    for project in ["inbox", &id(8)] {
        open.nothing("POST", &format!("/project/{project}/column/{}", id(9)), &json!({ "name": "x" }));
    }
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
        assert_eq!(after["id"], made["id"]);
        assert_eq!(after.get("sortOrder"), None);
        assert_eq!(open.get("/project/group")[0]["name"], "Home");
        assert_eq!(open.delete(&path), Value::Null);
        assert_eq!(open.get("/project/group"), json!([]));
        let revived = open.post(&path, &json!({ "name": "x" }));
        assert_eq!(revived["id"], made["id"]);
        assert_eq!(ids(&open.get("/project/group")), vec![made["id"].as_str().unwrap()]);
        open.send("POST", "/project/group", r#"{"name":""}"#).refused(500, "unknown_exception");
    }
}

#[test]
fn renaming_an_unknown_folder_creates_it() {
    let open = open();
    let made = open.post(&format!("/project/group/{}", id(7)), &json!({ "name": "New" }));
    assert_eq!(made["id"], json!(id(7)));
    assert_eq!(made["name"], json!("New"));
    assert_eq!(ids(&open.get("/project/group")), [id(7)]);
}

#[test]
fn long_names_are_cut_or_refused() {
    let open = open();
    let (long, most) = ("ä".repeat(65), "ä".repeat(64));
    let project = open.post("/project", &json!({ "name": long }));
    assert_eq!(project["name"], most);
    let path = format!("/project/{}", project["id"].as_str().unwrap());
    assert_eq!(open.post(&path, &json!({ "name": long }))["name"], most);
    let column = open.post(&format!("{path}/column"), &json!({ "name": long }));
    assert_eq!(column["name"], most);
    let column = format!("{path}/column/{}", column["id"].as_str().unwrap());
    assert_eq!(open.post(&column, &json!({ "name": long }))["name"], most);
    let folder = open.post("/project/group", &json!({ "name": most }));
    for path in ["/project/group".to_owned(), format!("/project/group/{}", folder["id"].as_str().unwrap())] {
        open.send("POST", &path, &json!({ "name": long }).to_string()).refused(500, "unknown_exception");
    }
}

#[test]
fn projects_come_in_pages_of_two_hundred() {
    let open = open();
    let projects: Vec<Value> = (0..201).map(|n| json!({ "id": id(n), "name": n.to_string() })).collect();
    let account = open.web.service.state.world().accounts.get(0).unwrap();
    lock(&account).is_limited = false;
    open.web.post("/api/v2/batch/project", &json!({ "add": projects }));
    let found = |query: &str| -> Vec<String> {
        ids(&open.get(&format!("/project{query}"))).into_iter().map(str::to_owned).collect()
    };
    let numbers = |range: std::ops::Range<u32>| range.map(id).collect::<Vec<_>>();
    assert_eq!(found(""), numbers(0..200), "cut without a sign");
    assert_eq!(found("?offset=200"), numbers(200..201));
    assert_eq!(found("?offset=199&limit=1"), numbers(199..200));
    assert_eq!(found("?limit=3"), numbers(0..3));
    assert_eq!(found("?offset=-5&limit=-1"), numbers(0..200));
    assert_eq!(found("?offset=201"), numbers(0..0));
    assert_eq!(found("?limit=0"), numbers(0..0));
}
