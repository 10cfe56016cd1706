//! Saved filters.

use serde_json::json;
use ticktick::filter::{FilterId, FilterRule};
use ticktick::{Error, FilterDraft, Priority};

use crate::service::Service;

const BATCH: &str = "POST /api/v2/batch/filter";
const SYNC: &str = "GET /api/v3/batch/check/0";

async fn storing() -> Service {
    Service::start(|line, body| {
        if line == SYNC {
            return (200, json!({ "checkPoint": 1, "filters": [{ "id": "f", "name": "Old" }] }));
        }
        assert_eq!(line, BATCH);
        let ids = body["add"].as_array().into_iter().flatten().map(|one| one["id"].as_str().unwrap());
        let etags: serde_json::Map<_, _> = ids.map(|id| (id.to_owned(), json!("etag0001"))).collect();
        (200, json!({ "id2etag": etags, "id2error": {} }))
    })
    .await
}

#[tokio::test]
async fn a_filter_is_sent_in_the_form_that_was_proven() {
    let service = storing().await;
    let rule = FilterRule::normal().priorities([Priority::High]);
    let filter = service.client().filter().create(FilterDraft::new("High", rule)).await.unwrap();
    let [seen] = &service.seen()[..] else { panic!("one request") };
    assert_eq!(seen.line.as_str(), BATCH);
    assert_eq!(seen.header("content-type"), Some("application/json"));
    let rule = r#"{"and":[{"conditionName":"priority","conditionType":1,"or":[5]}],"type":0,"version":1}"#;
    let wanted =
        json!({ "id": filter.id.as_str(), "name": "High", "rule": rule, "sortOrder": 0, "sortType": "project" });
    assert_eq!(seen.json(), json!({ "add": [wanted] }));
    assert_eq!(filter.etag.get().unwrap().as_str(), "etag0001");
}

#[tokio::test]
async fn a_delete_sends_ids_and_expects_empty_maps() {
    let service = storing().await;
    service.client().filter().delete(FilterId::from("f")).await.unwrap();
    let seen = service.seen();
    assert_eq!(seen[0].line.as_str(), SYNC);
    assert_eq!(seen[1].json(), json!({ "delete": ["f"] }));
    let answer = json!({ "checkPoint": 1, "filters": [{ "id": "f" }], "id2error": { "f": "FILTER_NOT_FOUND" } });
    let refusing = Service::start(move |_, _| (200, answer.clone())).await;
    let error = refusing.client().filter().delete(FilterId::from("f")).await.unwrap_err();
    assert!(matches!(error, Error::Batch { operation: "filter.batch", .. }), "{error:?}");
}

/// `filters-by-sync-alone`: null means that there are no filters.
#[tokio::test]
async fn filters_come_with_a_sync() {
    let service = Service::start(|line, _| {
        assert_eq!(line, SYNC);
        (200, json!({ "checkPoint": 1, "filters": null }))
    })
    .await;
    assert!(service.client().filter().list().await.unwrap().is_empty());
}
