//! The response to a search, in every shape.

use serde_json::json;
use ticktick::Error;

use crate::service::Service;

/// `search-shapes`
#[tokio::test]
async fn search_shapes() {
    let task = json!({ "id": "a", "projectId": "p", "title": "x" });
    for (answer, found) in [
        (json!([task]), 1),
        (json!({ "tasks": [task], "hits": [], "comments": [] }), 1),
        (json!({ "hits": [], "comments": [] }), 0),
        (json!([]), 0),
        (json!(null), 0),
    ] {
        let service = Service::start(move |_, _| (200, answer.to_string())).await;
        assert_eq!(service.client().search().search_tasks("a & b").await.unwrap().len(), found);
        assert_eq!(service.lines(), ["GET /api/v2/search/all?keywords=a%20%26%20b"]);
    }
    let service = Service::start(|_, _| (200, json!("private words"))).await;
    let error = service.client().search().search_tasks("a").await.unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error:?}");
    // What people wrote is in no text of an error.
    assert!(!format!("{error} {error:?}").contains("private"), "{error}");
}
