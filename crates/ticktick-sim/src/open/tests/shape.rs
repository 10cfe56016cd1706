//! The members that every response has, and those that it has only if they are set.

use serde_json::{Map, Value, json};
use ticktick_models::Permission;

use super::{INBOX, Open, open_with};
use crate::server::testing::{USER, id};

const GUEST: &str = "you@example.com";

/// The members of an object.
struct Shape {
    always: &'static [&'static str],
    at_times: &'static [&'static str],
}

const PROJECT: Shape = Shape {
    always: &["id", "name", "sortOrder", "viewMode", "kind"],
    at_times: &["color", "groupId", "closed", "permission"],
};

const TASK: Shape = Shape {
    always: &[
        "id",
        "projectId",
        "sortOrder",
        "title",
        "timeZone",
        "isAllDay",
        "priority",
        "isFloating",
        "status",
        "etag",
        "etimestamp",
        "kind",
        "modifiedTime",
        "createdTime",
    ],
    at_times: &[
        "content",
        "desc",
        "startDate",
        "dueDate",
        "reminders",
        "repeatFlag",
        "repeatFrom",
        "items",
        "tags",
        "columnId",
        "columnName",
        "progress",
        "completedTime",
        "assigneeUsername",
        "parentId",
        "childIds",
        "focusSummaries",
    ],
};

/// An item in the response of a creation.
const NEW_ITEM: Shape =
    Shape { always: &["id", "status", "title", "sortOrder", "timeZone"], at_times: &["startDate", "completedTime"] };

const ITEM: Shape = Shape {
    always: &["id", "status", "title", "sortOrder", "timeZone", "isAllDay"],
    at_times: &["startDate", "completedTime"],
};

const COLUMN: Shape = Shape { always: &["id", "projectId", "name", "sortOrder"], at_times: &[] };

const GROUP: Shape = Shape { always: &["id", "name", "showAll", "sortOrder"], at_times: &["viewMode"] };

const RENAMED_GROUP: Shape = Shape { always: &["id", "name", "showAll"], at_times: &["viewMode"] };

const MEMBER: Shape = Shape { always: &["username", "displayName", "self"], at_times: &[] };

const MOVED: Shape =
    Shape { always: &["id", "isAllDay", "isFloating", "etag", "etimestamp", "modifiedTime"], at_times: &[] };

const COMMENT: Shape = Shape {
    always: &["id", "userId", "title", "createdTime", "modifiedTime"],
    at_times: &["replyCommentId", "replyUserId"],
};

const SECTION: Shape =
    Shape { always: &["id", "name", "sortOrder", "createdTime", "modifiedTime", "etag"], at_times: &[] };

impl Shape {
    #[track_caller]
    fn holds(&self, what: &str, object: &Value) {
        let members: &Map<String, Value> = object.as_object().expect(what);
        let missing: Vec<_> = self.always.iter().filter(|key| !members.contains_key(**key)).collect();
        let is_known = |key: &str| self.always.contains(&key) || self.at_times.contains(&key);
        let foreign: Vec<_> = members.keys().filter(|key| !is_known(key)).collect();
        assert!(missing.is_empty() && foreign.is_empty(), "{what}: lacks {missing:?}, has {foreign:?}\n{object:#}");
        assert!(!object.to_string().contains("null"), "{what}: {object:#}");
    }

    /// Checks the shape of an object: it has all members that are always present, and no others.
    #[track_caller]
    fn is_bare(&self, what: &str, object: &Value) {
        self.holds(what, object);
        assert_eq!(object.as_object().unwrap().len(), self.always.len(), "{what}: {object:#}");
    }
}

/// An account with minimal objects, and with others that have every member.
struct World {
    open: Open,
    project: String,
    bare: String,
    full: String,
}

fn world() -> World {
    let open = open_with(|builder| builder.account(GUEST, "x").share(USER, "Board", GUEST, Permission::Write));
    let project = open.get("/project")[0]["id"].as_str().unwrap().to_owned();
    let column = open.post(&format!("/project/{project}/column"), &json!({ "name": "To do" }))["id"].clone();
    let bare = open.add(&json!({}));
    open.change(&bare, json!({}));
    let full = open.add(&json!({
        "title": "full", "projectId": project, "content": "a", "desc": "b", "dueDate": "2026-03-02T09:00:00+0000",
        "reminders": ["TRIGGER:PT0S"], "repeatFlag": "RRULE:FREQ=DAILY", "tags": ["x"], "assigneeUsername": USER,
        "items": [{ "title": "i", "status": 1, "completedTime": "2026-03-01T09:00:00+0000" }],
    }));
    open.add(&json!({ "title": "child", "projectId": project, "parentId": full }));
    open.web.update(&json!({ "id": full, "projectId": project, "columnId": column }));
    // The private API keeps nulls, and can store objects without the members that the Open API always sends.
    let nulls = json!({
        "id": id(5), "projectId": INBOX, "title": null, "content": null, "startDate": null, "dueDate": null,
        "timeZone": null, "isAllDay": null, "isFloating": null, "repeatFlag": null, "completedTime": null,
        "columnId": null, "assignee": null, "pinnedTime": null, "items": [{ "id": id(6), "title": null }],
    });
    open.web.post("/api/v2/batch/task", &json!({ "add": [nulls] }));
    let projects =
        json!({ "add": [{ "id": id(7), "name": "Null", "sortOrder": null, "viewMode": null, "color": null }] });
    open.web.post("/api/v2/batch/project", &projects);
    let groups = json!({ "add": [{ "id": id(8), "name": "Null", "sortOrder": null, "showAll": null }] });
    open.web.post("/api/v2/batch/projectGroup", &groups);
    World { open, project, bare, full }
}

#[test]
fn rows_have_what_is_always_there_and_no_null() {
    let World { open, project, bare, full } = world();
    open.post(&format!("/project/{project}/task/{full}/complete"), &json!({}));
    let abandoned = open.add(&json!({ "title": "abandoned" }));
    open.change(&abandoned, json!({ "status": -1 }));
    let comment = format!("/project/{project}/task/{full}/comment");
    let made = open.post(&comment, &json!({ "title": "Hello" }));
    COMMENT.is_bare("new comment", &made);
    let range = json!({ "startDate": "2026-03-01T00:00:00+0000", "endDate": "2026-03-10T00:00:00+0000" });
    let data = open.get(&format!("/project/{project}/data"));
    let many: [(&str, &Shape, Value); 13] = [
        ("projects", &PROJECT, open.get("/project")),
        ("tasks of the data", &TASK, data["tasks"].clone()),
        ("tasks of the inbox", &TASK, open.get("/project/inbox/data")["tasks"].clone()),
        ("columns of the data", &COLUMN, data["columns"].clone()),
        ("columns", &COLUMN, open.get(&format!("/project/{project}/column"))),
        ("folders", &GROUP, open.get("/project/group")),
        ("members", &MEMBER, open.get(&format!("/project/{project}/members"))),
        ("comments", &COMMENT, open.get(&format!("{comment}s"))),
        ("sections", &SECTION, open.get("/habit/sections")),
        ("completed", &TASK, open.post("/task/completed", &json!({}))),
        ("filter", &TASK, open.post("/task/filter", &json!({}))),
        ("undone", &TASK, open.post("/task/undone", &range)),
        ("search", &TASK, open.post("/task/search", &json!({ "keywords": "full" }))),
    ];
    for (what, shape, rows) in &many {
        assert!(rows.as_array().is_some_and(|rows| !rows.is_empty()), "{what}: {rows}");
        for row in rows.as_array().unwrap() {
            shape.holds(what, row);
            for item in row["items"].as_array().into_iter().flatten() {
                ITEM.holds(what, item);
            }
        }
    }
    PROJECT.holds("project of the data", &data["project"]);
    PROJECT.is_bare("inbox", &open.get("/project/inbox"));
    TASK.is_bare("bare task", &open.task(&bare));
    let found = open.get(&format!("/project/{project}/task/{full}"));
    let lacking: Vec<_> = TASK.at_times.iter().filter(|key| found.get(**key).is_none()).collect();
    assert_eq!(lacking, [&"completedTime", &"parentId", &"focusSummaries"]);
}

#[test]
fn writes_answer_what_is_always_there_and_no_null() {
    let World { open, project, bare, full } = world();
    PROJECT.is_bare("new project", &open.post("/project", &json!({ "name": "x" })));
    PROJECT.is_bare("changed project", &open.post(&format!("/project/{}", id(7)), &json!({ "name": "y" })));
    GROUP.is_bare("new folder", &open.post("/project/group", &json!({ "name": "x" })));
    RENAMED_GROUP.is_bare("renamed folder", &open.post(&format!("/project/group/{}", id(8)), &json!({ "name": "y" })));
    let column = open.post(&format!("/project/{project}/column"), &json!({ "name": "x" }));
    COLUMN.is_bare("new column", &column);
    let path = format!("/project/{project}/column/{}", column["id"].as_str().unwrap());
    COLUMN.is_bare("renamed column", &open.post(&path, &json!({ "name": "y" })));
    let made = open.post("/task", &json!({ "title": "x", "items": [{ "title": "i" }] }));
    TASK.holds("new task", &made);
    NEW_ITEM.is_bare("item of a new task", &made["items"][0]);
    let changed = open.change(made["id"].as_str().unwrap(), json!({ "title": "y" }));
    TASK.holds("changed task", &changed);
    ITEM.is_bare("item of a changed task", &changed["items"][0]);
    let named = json!({ "projectId": project, "taskId": full, "assigneeUsername": GUEST });
    TASK.holds("assigned task", &open.post("/task/assign", &named));
    TASK.holds("unassigned task", &open.post("/task/unassign", &named));
    let to = json!([{ "taskId": bare, "fromProjectId": "inbox", "toProjectId": project }]);
    MOVED.is_bare("moved task", &open.post("/task/move", &to)[0]);
}
