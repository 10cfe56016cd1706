//! Moving tasks and changing parents.

use serde_json::{Value, json};
use ticktick::{Error, ProjectId, Task, TaskDraft, TaskId};

use crate::service::Service;

const MOVE: &str = "POST /api/v2/batch/taskProject";
const LINK: &str = "POST /api/v2/batch/taskParent";
const LIST: &str = "GET /api/v2/project/p/tasks";

fn task(id: &str) -> TaskId {
    TaskId::from(id)
}

/// The tasks of a project: `a` above `b` above `c`, and `d` by itself; `z` is closed and below `a`.
fn family() -> [Value; 5] {
    [
        json!({ "id": "a", "projectId": "p", "childIds": ["b", "z"], "parentId": "" }),
        json!({ "id": "b", "projectId": "p", "childIds": ["c"], "parentId": "a" }),
        json!({ "id": "c", "projectId": "p", "childIds": null, "parentId": "b" }),
        json!({ "id": "d", "projectId": "p" }),
        json!({ "id": "z", "projectId": "p", "parentId": "a", "status": 2 }),
    ]
}

/// A service that has the family and stores everything; changes of parents it answers so.
async fn service(links: Value) -> Service {
    Service::start(move |line, body| match line {
        LIST => (200, Value::from(family()[..4].to_vec())),
        MOVE => {
            let ids = body.as_array().unwrap().iter().map(|one| one["taskId"].as_str().unwrap().to_owned());
            let etags: Value = ids.map(|id| (id, json!("etag0001"))).collect();
            (200, json!({ "id2etag": etags, "id2error": {} }))
        }
        LINK => (200, links.clone()),
        "POST /api/v2/batch/task" => {
            (200, json!({ "id2etag": { body["add"][0]["id"].as_str().unwrap(): "etag0001" } }))
        }
        line => {
            let id = line.strip_prefix("GET /api/v2/task/").unwrap_or_else(|| panic!("{line}"));
            (200, family().into_iter().find(|task| task["id"] == id).unwrap())
        }
    })
    .await
}

fn linked(parent: Value) -> Value {
    json!({ "id2etag": { "b": { "id": "b", "parentId": parent, "childIds": ["c"], "etag": "etag0002" } } })
}

/// `task-move-leaves-children`
#[tokio::test]
async fn a_move_lists_everything_below() {
    let service = service(json!({})).await;
    let moved = service.client().task().move_to(task("a"), ProjectId::from("q")).await.unwrap();
    assert_eq!(moved.project_id.as_str(), "q");
    assert_eq!(moved.etag.get().unwrap().as_str(), "etag0001");
    let seen = service.seen();
    let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(lines, ["GET /api/v2/task/a", LIST, "GET /api/v2/task/z", MOVE]);
    let item = |id| json!({ "taskId": id, "fromProjectId": "p", "toProjectId": "q" });
    assert_eq!(seen[3].json(), json!([item("a"), item("b"), item("z"), item("c")]));
}

#[tokio::test]
async fn a_move_without_subtasks_lists_one() {
    let service = service(json!({})).await;
    service.client().task().move_without_subtasks(task("a"), ProjectId::from("q")).await.unwrap();
    let seen = service.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[1].json(), json!([{ "taskId": "a", "fromProjectId": "p", "toProjectId": "q" }]));
}

/// `parent-unset-by-old-parent`, `parent-answer-objects`
#[tokio::test]
async fn leaving_a_parent_names_it() {
    for parent in [Value::Null, json!("")] {
        let service = service(linked(parent)).await;
        let alone = service.client().task().unset_parent(task("b")).await.unwrap();
        assert!(alone.parent_id.is_null());
        assert_eq!(alone.etag.get().unwrap().as_str(), "etag0002");
        let seen = service.seen();
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[1].line.as_str(), LINK);
        assert_eq!(seen[1].json(), json!([{ "taskId": "b", "projectId": "p", "oldParentId": "a" }]));
    }
}

#[tokio::test]
async fn changing_a_parent_names_both() {
    let service = service(linked(json!("d"))).await;
    let child = service.client().task().set_parent(task("b"), task("d")).await.unwrap();
    assert_eq!(child.parent_id, TaskId::from("d"));
    let seen = service.seen();
    assert_eq!(seen.len(), 3);
    assert_eq!(seen[2].line.as_str(), LINK);
    assert_eq!(seen[2].json(), json!([{ "taskId": "b", "projectId": "p", "parentId": "d", "oldParentId": "a" }]));
}

#[tokio::test]
async fn an_answer_with_another_parent_is_no_success() {
    for answer in [json!({ "id2etag": {}, "id2error": {} }), linked(json!("a")), linked(Value::Null), json!({})] {
        let service = service(answer).await;
        let error = service.client().task().set_parent(task("b"), task("d")).await.unwrap_err();
        assert!(matches!(error, Error::NotApplied { operation: "task.set_parents", .. }), "{error:?}");
    }
    let service = service(json!({ "id2error": { "b": "TASK_NOT_FOUND" } })).await;
    let error = service.client().task().set_parent(task("b"), task("d")).await.unwrap_err();
    assert!(matches!(error, Error::Batch { .. }) && error.is_not_found(), "{error:?}");
}

/// `parent-same-project`
#[tokio::test]
async fn a_circle_is_refused_here() {
    let service = service(json!({})).await;
    for (child, parent) in [("a", "c"), ("a", "a"), ("b", "c")] {
        let error = service.client().task().set_parent(task(child), task(parent)).await.unwrap_err();
        assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
        assert_eq!(service.lines(), [format!("GET /api/v2/task/{child}"), LIST.into()]);
    }
}

/// `task-add-ignores-parent`
#[tokio::test]
async fn a_child_is_created_by_two_calls() {
    let service = service(json!({})).await;
    let parent: Task = serde_json::from_value(family()[3].clone()).unwrap();
    let error = service.client().task().create_under(&parent, TaskDraft::new("x").project("q")).await.unwrap_err();
    let seen = service.seen();
    let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(lines, ["GET /api/v2/task/d", "POST /api/v2/batch/task", LINK]);
    let sent = &seen[1].json()["add"][0];
    assert_eq!(sent["projectId"], json!("p"));
    assert_eq!(sent.get("parentId"), None);
    assert_eq!(seen[2].json(), json!([{ "taskId": sent["id"], "projectId": "p", "parentId": "d" }]));
    let Error::Unfinished { id, .. } = error else { panic!("{error:?}") };
    assert_eq!(id, sent["id"].as_str().unwrap());
}
