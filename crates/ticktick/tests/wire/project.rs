//! Projects, exactly.

use serde_json::{Value, json};
use ticktick::error::ErrorClass;
use ticktick::{Error, Project, ProjectDraft, ProjectId, ProjectPatch};

use crate::service::{Service, all_stored};

const LIST: &str = "GET /api/v2/projects";
const BATCH: &str = "POST /api/v2/batch/project";
const ID: &str = "65f0a1b2c3d4e5f6a7b8c9d0";
const FOLDER: &str = "65f0a1b2c3d4e5f6a7b8c9e0";
const NOW: &str = "2026-03-01T12:30:00.500+0000";

/// A project as the service might send it, with much that a client may not know.
fn stored(changes: &Value) -> Value {
    let mut project = json!({
        "id": ID, "name": "🏡 Home", "isOwner": true, "color": "transparent", "inAll": true,
        "sortOrder": -9_223_090_562_146_500_590_i64, "sortOption": null, "sortType": "", "userCount": 1,
        "etag": "abcdefgh", "modifiedTime": "2026-01-01T00:00:00.123+0000", "closed": null, "muted": false,
        "transferred": null, "groupId": null, "viewMode": "globe", "notificationOptions": [""], "kind": "SONG",
        "future": { "n": [1, null] },
    });
    project.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    project
}

/// A service that has one project and stores everything.
async fn willing(project: Value) -> Service {
    Service::start(move |line, body| match line {
        LIST => (200, json!([project]).to_string()),
        _ => (200, all_stored(body, "id")),
    })
    .await
}

#[tokio::test]
async fn a_new_project_sends_only_the_required_members() {
    let service = willing(Value::Null).await;
    let made = service.client().project().create(ProjectDraft::new("Home").color("#35D870")).await.unwrap();
    let seen = service.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].line.as_str(), BATCH);
    assert_eq!(seen[0].header("cookie"), Some("t=hush"));
    assert_eq!(
        seen[0].json(),
        json!({ "add": [{
            "id": made.id.as_str(), "name": "Home", "color": "#35D870", "inAll": true, "muted": false,
            "viewMode": "list", "kind": "TASK",
        }] })
    );
    assert_eq!(made.etag.get().unwrap().as_str(), "etag0001");
}

/// `leave-folder-by-none`, `unarchived-is-null`, `project-partial-batch`: no folder and no archive have words of their
/// own, and everything else goes back as it came.
#[tokio::test]
async fn an_update_sends_the_complete_project() {
    let service = willing(stored(&json!({}))).await;
    service.client().project().rename(ProjectId::from(ID), "House").await.unwrap();
    let seen = service.seen();
    let wanted = stored(&json!({ "name": "House", "modifiedTime": NOW, "groupId": "NONE", "closed": false }));
    assert_eq!(seen[0].line, LIST);
    assert_eq!(seen[1].line.as_str(), BATCH);
    assert_eq!(seen[1].json(), json!({ "update": [wanted] }));

    let service = willing(stored(&json!({ "closed": true, "groupId": FOLDER }))).await;
    service.client().project().rename(ProjectId::from(ID), "House").await.unwrap();
    let wanted = stored(&json!({ "name": "House", "modifiedTime": NOW, "groupId": FOLDER, "closed": true }));
    assert_eq!(service.seen()[1].json(), json!({ "update": [wanted] }));
}

/// `leave-folder-by-none`
#[tokio::test]
async fn a_folder_is_left_by_a_word() {
    let service = willing(stored(&json!({ "groupId": FOLDER }))).await;
    let client = service.client();
    let id = ProjectId::from(ID);
    let patched = client.project().patch(&id, ProjectPatch::new().clear_folder()).await.unwrap();
    let removed = client.folder().remove_project(&id).await.unwrap();
    let mut updated: Project = serde_json::from_value(stored(&json!({ "groupId": FOLDER }))).unwrap();
    updated.group_id.clear();
    let cleared = client.project().update(&updated).await.unwrap();
    updated.group_id = ticktick::folder::FolderId::from("").into();
    let emptied = client.project().update(&updated).await.unwrap();
    for project in [patched, removed, cleared, emptied] {
        assert!(project.group_id.is_null(), "as it is stored");
    }
    let sent: Vec<_> = service.seen().into_iter().filter(|seen| seen.line == BATCH).collect();
    assert_eq!(sent.len(), 4);
    assert!(sent.iter().all(|seen| seen.json()["update"][0]["groupId"] == "NONE"));
}

/// `unarchived-is-null`
#[tokio::test]
async fn unarchiving_sends_closed_false() {
    let service = willing(stored(&json!({ "closed": true }))).await;
    let project = service.client().project().unarchive(ProjectId::from(ID)).await.unwrap();
    assert!(project.closed.is_null(), "as it is stored");
    assert_eq!(service.seen()[1].json()["update"][0]["closed"], false);

    let service = willing(stored(&json!({}))).await;
    service.client().project().archive(ProjectId::from(ID)).await.unwrap();
    assert_eq!(service.seen()[1].json()["update"][0]["closed"], true);
}

/// `unshared-project-members`
#[tokio::test]
async fn members_are_asked_for_where_there_are_some() {
    let service = Service::start(|_, _| (200, r#"[{"userId":7,"future":1}]"#)).await;
    let client = service.client();
    let mut project: Project = serde_json::from_value(stored(&json!({}))).unwrap();
    assert_eq!(client.project().members(&project).await.unwrap(), []);
    assert_eq!(service.lines(), [""; 0]);
    project.user_count = 2.into();
    assert_eq!(client.project().members(&project).await.unwrap()[0].user_id, 7);
    project.user_count = ticktick::models::Field::Absent;
    client.project().members(&project).await.unwrap();
    let asked = format!("GET /api/v2/project/{ID}/users");
    assert_eq!(service.lines(), [asked.clone(), asked]);
}

/// `project-quota`: the refusal comes inside a 200.
#[tokio::test]
async fn exceeding_the_plan_is_a_quota_error() {
    let service = Service::start(|_, body| {
        let id = body["add"][0]["id"].as_str().unwrap();
        (200, json!({ "id2etag": {}, "id2error": { id: "EXCEED_QUOTA" } }))
    })
    .await;
    let error = service.client().project().create(ProjectDraft::new("Tenth")).await.unwrap_err();
    assert!(matches!(error, Error::Batch { operation: "project.batch", .. }), "{error:?}");
    assert_eq!(error.class(), Some(ErrorClass::Quota));
}

/// `batch-delete-unlisted`, `batch-silent-unknown-ids`
#[tokio::test]
async fn a_delete_succeeds_although_the_response_does_not_name_it() {
    let service = Service::start(|line, _| match line {
        LIST => (200, json!([stored(&json!({}))])),
        _ => (200, json!({ "id2etag": {}, "id2error": {} })),
    })
    .await;
    service.client().project().delete(ProjectId::from(ID)).await.unwrap();
    let seen = service.seen();
    assert_eq!(seen[1].line.as_str(), BATCH);
    assert_eq!(seen[1].json(), json!({ "delete": [ID] }));
    let project: Project = serde_json::from_value(stored(&json!({ "muted": true }))).unwrap();
    let error = service.client().project().update(&project).await.unwrap_err();
    assert!(matches!(error, Error::NotApplied { .. }), "an update has to be named: {error:?}");
}
