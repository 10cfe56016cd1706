//! Folders, exactly.

use serde_json::{Value, json};
use ticktick::folder::{Folder, FolderId};

use crate::service::{Service, all_stored};

const PROJECTS: &str = "POST /api/v2/batch/project";
const SYNC: &str = "GET /api/v3/batch/check/0";
const BATCH: &str = "POST /api/v2/batch/projectGroup";
const ID: &str = "65f0a1b2c3d4e5f6a7b8c9e0";

fn folder() -> Value {
    json!({ "id": ID, "etag": "abcdefgh", "name": "Office", "showAll": null, "sortOrder": 4, "future": [1, null] })
}

/// A service that has one folder, with two of three projects in it.
async fn service() -> Service {
    Service::start(move |line, body| match line {
        SYNC => {
            let projects = [("a", ID, json!(null)), ("b", "other", json!(null)), ("c", ID, json!(true))];
            let project = |(id, group, closed): (&str, &str, Value)| {
                json!({ "id": id, "name": id, "groupId": group, "closed": closed, "future": id })
            };
            let projects = projects.map(project);
            (200, json!({ "checkPoint": 1, "projectGroups": [folder()], "projectProfiles": projects }).to_string())
        }
        _ => (200, all_stored(body, "id")),
    })
    .await
}

#[tokio::test]
async fn a_write_says_that_it_is_a_group() {
    let service = service().await;
    let client = service.client();
    let made = client.folder().create("Private").await.unwrap();
    assert!(made.list_type.is_absent(), "it is part of writes alone");
    client.folder().rename(FolderId::from(ID), "Work").await.unwrap();
    let seen = service.seen();
    let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(lines, [BATCH, SYNC, BATCH]);
    assert_eq!(
        seen[0].json(),
        json!({ "add": [{
            "id": made.id.as_str(), "name": "Private", "showAll": true, "open": true, "sortOrder": 0,
            "listType": "group",
        }] })
    );
    let mut wanted = folder();
    wanted["name"] = "Work".into();
    wanted["listType"] = "group".into();
    assert_eq!(seen[2].json(), json!({ "update": [wanted] }));
}

/// `deleted-folder-dangles`, `leave-folder-by-none`
#[tokio::test]
async fn a_folder_lets_its_projects_go_first() {
    let service = service().await;
    service.client().folder().delete(&Folder::new(ID)).await.unwrap();
    let seen = service.seen();
    let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(lines, [SYNC, PROJECTS, BATCH]);
    let out = |id: &str, closed: bool| {
        let time = "2026-03-01T12:30:00.500+0000";
        json!({ "id": id, "name": id, "groupId": "NONE", "closed": closed, "future": id, "modifiedTime": time })
    };
    assert_eq!(seen[1].json(), json!({ "update": [out("a", false), out("c", true)] }), "archived ones too");
    assert_eq!(seen[2].json(), json!({ "delete": [ID] }));
}

#[tokio::test]
async fn a_folder_stays_if_a_project_does() {
    let service = Service::start(|line, _| match line {
        SYNC => {
            let project = json!({ "id": "a", "name": "a", "groupId": ID });
            (200, json!({ "checkPoint": 1, "projectGroups": [folder()], "projectProfiles": [project] }))
        }
        _ => (200, json!({ "id2etag": {}, "id2error": { "a": "NO_PROJECT_PERMISSION" } })),
    })
    .await;
    let error = service.client().folder().delete(FolderId::from(ID)).await.unwrap_err();
    assert!(matches!(error, ticktick::Error::Batch { operation: "project.batch", .. }), "{error:?}");
    assert_eq!(service.lines(), [SYNC, PROJECTS]);
}
