//! Tags, exactly.

use serde_json::{Value, json};
use ticktick::tag::{TagName, TagPatch};
use ticktick::{Error, Tag, TagDraft};

use crate::service::{Service, all_stored};

const LIST: &str = "GET /api/v2/tags";
const BATCH: &str = "POST /api/v2/batch/tag";
const RENAME: &str = "PUT /api/v2/tag/rename";
const MERGE: &str = "PUT /api/v2/tag/merge";
const SYNC: &str = "GET /api/v3/batch/check/0";
const HISTORY: &str = "POST /api/v2/tag/completedTask";

fn work() -> Value {
    json!({
        "name": "work", "rawName": "job", "label": "Work", "sortOrder": -9_223_090_562_146_500_590_i64, "color": null,
        "parent": "life", "etag": "abcdefgh", "type": 9, "future": [1, null],
    })
}

fn life() -> Value {
    json!({ "name": "life", "label": "Life", "sortOrder": 8, "parent": "" })
}

/// A service with two tags that takes everything and changes nothing.
async fn willing() -> Service {
    Service::start(|line, body| match line {
        LIST => (200, json!([work(), life()]).to_string()),
        BATCH => (200, all_stored(body, "name")),
        SYNC => (200, json!({ "checkPoint": 1, "syncTaskBean": { "update": [] } }).to_string()),
        HISTORY => (200, json!({ "tasks": [], "nextToken": null }).to_string()),
        _ => (200, String::new()),
    })
    .await
}

fn name(name: &str) -> TagName {
    name.into()
}

/// `tag-key-is-lower-case`, `tag-nesting-by-parent`
#[tokio::test]
async fn a_new_tag_sends_its_lower_case_key_and_its_parent() {
    let service = willing().await;
    service.client().tag().create(TagDraft::new("Home/Garden").color("#35D870")).await.unwrap();
    let seen = service.seen();
    assert_eq!(seen[0].line.as_str(), LIST);
    assert_eq!(seen[1].line.as_str(), BATCH);
    let (first, second) = (8 + (1_i64 << 40), 8 + (2_i64 << 40));
    assert_eq!(
        seen[1].json(),
        json!({ "add": [
            { "name": "home", "label": "Home", "sortOrder": first },
            { "name": "garden", "label": "Garden", "sortOrder": second, "color": "#35D870", "parent": "home" },
        ] })
    );
}

/// `tag-raw-name-is-old`: an update names the tag by its present name; all else goes back as it came.
#[tokio::test]
async fn an_update_sends_the_complete_tag() {
    let service = willing().await;
    let tag = service.client().tag().set_color(name("Work"), "#FFD324").await.unwrap();
    assert_eq!(tag.raw_name, "job");
    let mut wanted = work();
    wanted["color"] = "#FFD324".into();
    wanted["rawName"] = "work".into();
    assert_eq!(service.seen()[1].json(), json!({ "update": [wanted] }));
    service.client().tag().set_color(name("life"), "#FFD324").await.unwrap();
    assert_eq!(service.seen()[1].json()["update"][0].get("rawName"), None, "the tag was not renamed before");
}

/// `tag-unnest-by-empty-text`
#[tokio::test]
async fn a_parent_is_left_by_the_empty_text() {
    let service = willing().await;
    let client = service.client();
    let unnested = client.tag().unnest(name("work")).await.unwrap();
    let patched = client.tag().patch(name("work"), TagPatch::new().clear_parent()).await.unwrap();
    let mut tag: Tag = serde_json::from_value(work()).unwrap();
    tag.parent.clear();
    let updated = client.tag().update(&tag).await.unwrap();
    for tag in [unnested, patched, updated] {
        assert!(tag.parent.is_null(), "as it is stored");
    }
    let sent: Vec<_> = service.seen().into_iter().filter(|seen| seen.line == BATCH).collect();
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|seen| seen.json()["update"][0]["parent"] == ""));
    client.tag().unnest(name("life")).await.unwrap();
    assert_eq!(service.lines(), [LIST], "it is in none already");
}

/// `tag-rename-answers-nothing`
#[tokio::test]
async fn a_rename_is_read_back() {
    let service = willing().await;
    let error = service.client().tag().rename(name("work"), "Labour").await.unwrap_err();
    let Error::NotApplied { operation: "tag.rename", id, .. } = &error else { panic!("{error:?}") };
    assert_eq!(id, "labour", "the list still has the old name");
    let seen = service.seen();
    let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(lines, [LIST, RENAME, LIST]);
    assert_eq!(seen[1].json(), json!({ "name": "work", "newName": "Labour" }));
}

/// `tag-merge-may-leave-source`: it is deleted, once no task carries it.
#[tokio::test]
async fn what_a_merge_left_is_deleted() {
    let service = willing().await;
    assert_eq!(service.client().tag().merge(name("work"), name("life")).await.unwrap().name, "life");
    let seen = service.seen();
    let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(lines, [LIST, MERGE, LIST, SYNC, HISTORY, "DELETE /api/v2/tag?name=work"]);
    assert_eq!(seen[1].json(), json!({ "name": "work", "newName": "life" }));
    assert_eq!(seen[4].json(), json!({ "tags": ["work"], "token": "", "limit": 1 }));
}

/// `tag-merge-may-leave-source`: it stays while an open task carries it.
#[tokio::test]
async fn what_a_task_carries_is_not_deleted() {
    let service = Service::start(|line, _| match line {
        LIST => (200, json!([work(), life()]).to_string()),
        SYNC => {
            let task = json!({ "id": "a", "projectId": "b", "tags": ["work"] });
            (200, json!({ "checkPoint": 1, "syncTaskBean": { "update": [task] } }).to_string())
        }
        _ => (200, String::new()),
    })
    .await;
    let error = service.client().tag().merge(name("work"), name("life")).await.unwrap_err();
    assert!(matches!(error, Error::NotApplied { operation: "tag.merge", .. }), "{error:?}");
    assert_eq!(service.lines(), [LIST, MERGE, LIST, SYNC]);
}

/// `tag-delete-by-query`
#[tokio::test]
async fn a_tag_is_deleted_by_the_query() {
    let service = Service::start(|line, _| match line {
        LIST => (200, json!([{ "name": "büro&co" }]).to_string()),
        _ => (200, String::new()),
    })
    .await;
    service.client().tag().delete(name("Büro&co")).await.unwrap();
    assert_eq!(service.lines(), [LIST, "DELETE /api/v2/tag?name=b%C3%BCro%26co"]);
}

/// `tag-history-shape`
#[tokio::test]
async fn completed_tasks_come_bare_or_in_pages() {
    let task = |id: usize| json!({ "id": id.to_string(), "projectId": "b" });
    let bare = Service::start(move |_, _| (200, json!([task(1), task(2), task(3)]))).await;
    let found = bare.client().tag().completed_tasks([name("Work")], 2).await.unwrap();
    assert_eq!(found.len(), 2);
    let seen = bare.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].json(), json!({ "tags": ["work"], "token": "", "limit": 2 }));

    let paged = Service::start(move |_, body| match body["token"].as_str() {
        Some("") => (200, json!({ "tasks": [task(1), task(2)], "nextToken": "x" })),
        _ => (200, json!({ "tasks": [task(3)], "nextToken": "" })),
    })
    .await;
    let found = paged.client().tag().completed_tasks([name("work"), name("life")], 60).await.unwrap();
    assert_eq!(found.iter().map(|task| task.id.as_str()).collect::<Vec<_>>(), ["1", "2", "3"]);
    let limits: Vec<_> = paged.seen().iter().map(|seen| seen.json()["limit"].clone()).collect();
    assert_eq!(limits, [50, 50]);
}

/// `tag-history-shape`: an answer that leads to itself, or to nothing, ends.
#[tokio::test]
async fn completed_tasks_end() {
    for (tasks, asked) in [(json!([{ "id": "1", "projectId": "b" }]), 2), (json!([]), 2)] {
        let service = Service::start(move |line, _| match line {
            LIST => (200, json!([{ "name": "work" }])),
            _ => (200, json!({ "tasks": tasks, "nextToken": "x" })),
        })
        .await;
        service.client().tag().completed_tasks([name("work")], 60).await.unwrap();
        assert_eq!(service.lines().len(), asked);
    }
    let odd = Service::start(|_, _| (200, "7")).await;
    let error = odd.client().tag().completed_tasks([name("work")], 60).await.unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error:?}");
}
