//! Columns, exactly.

use serde_json::{Value, json};
use ticktick::column::{Column, ColumnId};
use ticktick::error::ErrorClass;
use ticktick::{Error, ProjectId};

use crate::service::Service;

const SINCE: &str = "GET /api/v2/column?from=0";
const LIST: &str = "GET /api/v2/column/project/65f0a1b2c3d4e5f6a7b8c9d0";
const SAVE: &str = "POST /api/v2/column";
const BOARD: &str = "65f0a1b2c3d4e5f6a7b8c9d0";
const ID: &str = "65f0a1b2c3d4e5f6a7b8c9a1";

fn stored() -> Value {
    json!({
        "id": ID, "projectId": BOARD, "name": "Doing", "sortOrder": 5, "createdTime": "2026-01-01T00:00:00.000+0000",
        "modifiedTime": "2026-01-01T00:00:00.000+0000", "etag": "abcdefgh", "future": [1, null],
    })
}

fn column() -> Column {
    serde_json::from_value(stored()).unwrap()
}

/// A service with one response to every write.
async fn answering(status: u16, answer: impl ToString) -> Service {
    let answer = answer.to_string();
    Service::start(move |line, _| match line {
        LIST => (200, json!([stored(), { "id": "b", "projectId": BOARD, "sortOrder": 3 }]).to_string()),
        SINCE => (200, json!({ "update": [stored()] }).to_string()),
        _ => (status, answer.clone()),
    })
    .await
}

fn naming(id: &str) -> String {
    json!({ "id2etag": { id: "etag0001" }, "id2error": {} }).to_string()
}

fn refusal() -> Value {
    json!({ "errorId": "abc@host", "errorCode": "unknown_exception", "errorMessage": "unknown", "data": null })
}

/// `column-changes-wrapped`, `columns-unsorted`
#[tokio::test]
async fn columns_are_unwrapped_and_sorted() {
    let service = answering(200, "").await;
    let client = service.client();
    assert_eq!(client.column().list().await.unwrap(), [column()]);
    let sorted = client.column().list_by_project(ProjectId::from(BOARD)).await.unwrap();
    assert_eq!(sorted.iter().map(|column| column.sort_order.copied().unwrap()).collect::<Vec<_>>(), [3, 5]);
    assert_eq!(service.lines(), [SINCE, LIST]);
}

/// `column-flat-body-ignored`
#[tokio::test]
async fn a_new_column_is_added_by_the_batch_after_all_others() {
    let service = Service::start(|line, body| match line {
        SAVE => (200, naming(body["add"][0]["id"].as_str().unwrap())),
        _ => (200, json!([stored()]).to_string()),
    })
    .await;
    let made = service.client().column().create(ProjectId::from(BOARD), "Done").await.unwrap();
    let seen = service.seen();
    assert_eq!(seen[0].line.as_str(), LIST);
    assert_eq!(seen[1].line.as_str(), SAVE);
    let order = 5 + (1_i64 << 40);
    let wanted = json!({ "id": made.id.as_str(), "projectId": BOARD, "name": "Done", "sortOrder": order });
    assert_eq!(seen[1].json(), json!({ "add": [wanted] }));
}

/// `column-update-needs-project`
#[tokio::test]
async fn an_update_sends_the_complete_column() {
    let service = answering(200, naming(ID)).await;
    service.client().column().rename(&column(), "Shipped").await.unwrap();
    let seen = service.seen();
    let mut wanted = stored();
    wanted["name"] = "Shipped".into();
    wanted["modifiedTime"] = "2026-03-01T12:30:00.500+0000".into();
    assert_eq!(seen[1].json(), json!({ "update": [wanted] }));
    assert_eq!(seen[1].json()["update"][0]["projectId"], BOARD);
}

/// `column-delete-key`
#[tokio::test]
async fn a_delete_sends_the_column_and_project_ids() {
    let service = answering(200, naming(ID)).await;
    service.client().column().delete(&column()).await.unwrap();
    let seen = service.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].line.as_str(), LIST);
    let key = json!({ "columnId": ID, "projectId": BOARD });
    assert_eq!(seen[1].line.as_str(), SAVE);
    assert_eq!(seen[1].json(), json!({ "delete": [key] }));
}

#[tokio::test]
async fn a_delete_that_is_not_named_is_looked_for() {
    let nothing = json!({ "id2etag": {}, "id2error": {} });
    let service = answering(200, &nothing).await;
    let error = service.client().column().delete(&column()).await.unwrap_err();
    assert!(matches!(error, Error::NotApplied { operation: "column.save", .. }), "{error:?}");
    assert_eq!(service.lines(), [LIST, SAVE, LIST]);
    let gone = Column::new("65f0a1b2c3d4e5f6a7b8c9a9", BOARD);
    assert!(service.client().column().delete(&gone).await.unwrap_err().is_not_found());
}

/// `batch-double-body`: the good half counts if it names what was sent.
#[tokio::test]
async fn a_good_answer_counts_though_a_refusal_follows() {
    let service = answering(500, format!("{}{}", naming(ID), refusal())).await;
    let client = service.client();
    assert_eq!(client.column().update(&column()).await.unwrap().etag.get().unwrap().as_str(), "etag0001");
    client.column().delete(&column()).await.unwrap();
    assert_eq!(service.lines(), [LIST, SAVE, LIST, SAVE]);
}

/// `batch-double-body`: and does not if it names something else, or nothing.
#[tokio::test]
async fn a_refusal_stays_one_where_nothing_was_done() {
    for good in [naming("somebody-else"), json!({ "id2etag": {}, "id2error": {} }).to_string(), String::new()] {
        let service = answering(500, format!("{good}{}", refusal())).await;
        let error = service.client().column().update(&column()).await.unwrap_err();
        assert_eq!(error.class(), Some(ErrorClass::Validation), "{error:?}");
        assert!(service.client().column().delete(&column()).await.is_err());
        assert_eq!(service.lines(), [LIST, SAVE, LIST, SAVE], "neither is repeated");
    }
}

#[tokio::test]
async fn a_column_with_a_task_that_was_not_moved_is_not_deleted() {
    let task = |id: &str, column: &str| json!({ "id": id, "projectId": BOARD, "title": id, "columnId": column });
    let tasks = json!([task("t1", ID), task("t2", ID), task("t3", "b")]).to_string();
    let service = Service::start(move |line, body| match line {
        LIST => (200, json!([stored(), { "id": "b", "projectId": BOARD, "sortOrder": 3 }]).to_string()),
        "GET /api/v2/task/t1" => (200, task("t1", ID).to_string()),
        "GET /api/v2/task/t2" => (200, task("t2", ID).to_string()),
        "POST /api/v2/batch/task" => {
            assert_eq!(body["update"].as_array().unwrap().len(), 2, "t3 is in another column");
            (200, json!({ "id2etag": { "t1": "etag0001" }, "id2error": { "t2": "NO_PROJECT_PERMISSION" } }).to_string())
        }
        _ => (200, tasks.clone()),
    })
    .await;
    let error = service.client().column().delete_into(&column(), ColumnId::from("b")).await.unwrap_err();
    let Error::NotMoved { column, tasks, source, .. } = &error else { panic!("{error:?}") };
    assert_eq!(column.as_str(), ID);
    assert_eq!(tasks[..], ["t2"]);
    assert!(matches!(**source, Error::Batch { .. }));
    let start = format!("column {ID} was not deleted, because 1 of its tasks were not moved (t2): ");
    assert!(error.to_string().starts_with(&start), "{error}");
    assert!(!service.lines().contains(&SAVE.to_owned()), "{:?}", service.lines());
}
