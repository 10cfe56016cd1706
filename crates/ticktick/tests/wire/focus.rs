//! Focus sessions.

use jiff::civil::date;
use serde_json::{Value, json};
use ticktick::Error;
use ticktick::focus::{FocusRecord, FocusStart, FocusState};

use crate::service::Service;

const OPERATE: &str = "POST /focus/batch/focusOp";
const SESSION: &str = "65f0a1b2c3d4e5f6a7b8c9d0";
const NOW: i64 = 1_772_368_200_500;

/// A focus host that answers with the session of the last operation, in some state.
async fn live(state: Value) -> Service {
    Service::start(move |line, body| {
        assert_eq!(line, OPERATE);
        let mut current = state.clone();
        current["id"] = body["opList"][0]["oId"].as_str().unwrap_or(SESSION).into();
        (200, json!({ "point": 1_999_000_000_000_i64, "current": current, "updates": [] }))
    })
    .await
}

fn session() -> FocusState {
    let session = json!({ "id": SESSION, "firstId": "first", "type": 0, "duration": 25, "status": 7 });
    serde_json::from_value(session).unwrap()
}

/// `focus-last-point`
#[tokio::test]
async fn the_history_is_never_asked_for_and_the_point_is_shared() {
    let service = live(json!({ "status": 0 })).await;
    let client = service.client();
    client.focus().state().await.unwrap();
    client.clone().focus().state().await.unwrap();
    let seen = service.seen();
    assert_eq!(seen[0].json(), json!({ "lastPoint": NOW, "opList": [] }), "from now on, not from the beginning");
    assert_eq!(seen[1].json(), json!({ "lastPoint": 1_999_000_000_000_i64, "opList": [] }));
}

/// `focus-op-ids`
#[tokio::test]
async fn a_start_names_the_session_and_the_operation() {
    let service = live(json!({ "status": 0 })).await;
    let state = service.client().focus().start(FocusStart::pomodoro(25)).await.unwrap();
    let sent = service.seen()[0].json();
    let operation = &sent["opList"][0];
    let session = state.id.get().unwrap().as_str();
    assert_ne!(operation["id"], session);
    assert_eq!(
        *operation,
        json!({
            "id": operation["id"], "oId": session, "oType": 0, "op": "start", "duration": 25, "firstFocusId": session,
            "focusOnId": "", "autoPomoLeft": 0, "pomoCount": 1, "manual": true,
            "time": "2026-03-01T12:30:00.500+0000", "createdTime": NOW,
        })
    );
}

/// `focus-continue-or-resume`
#[tokio::test]
async fn a_pause_ends_with_continue() {
    let service = live(json!({ "pauseLogs": [{ "type": 0 }, { "type": 1 }] })).await;
    service.client().focus().resume(&session()).await.unwrap();
    let sent = service.seen()[0].json();
    assert_eq!(sent["opList"][0]["op"], json!("continue"));
    assert_eq!(sent["opList"][0]["firstFocusId"], json!("first"));
}

/// `focus-status-disputed`: the state follows from the logs and `exited`, not from the numbers.
#[tokio::test]
async fn the_state_of_a_session_follows_its_logs_and_not_its_status() {
    for status in 0..4 {
        let paused = live(json!({ "status": status, "pauseLogs": [{ "type": 0 }] })).await;
        assert!(paused.client().focus().pause(&session()).await.unwrap().is_paused());
        let running = live(json!({ "status": status })).await;
        let error = running.client().focus().pause(&session()).await.unwrap_err();
        assert!(matches!(error, Error::NotApplied { operation: "focus.operate", .. }), "{error:?}");
        let left = live(json!({ "status": status, "exited": true })).await;
        assert!(left.client().focus().drop(&session()).await.unwrap().is_over());
        let sent = left.seen()[0].json();
        let operations: Vec<_> = sent["opList"].as_array().unwrap().iter().map(|one| one["op"].clone()).collect();
        assert_eq!(operations, ["drop", "exit"]);
        assert_eq!(sent["opList"][1]["duration"], 0);
    }
}

/// `focus-too-busy`
#[tokio::test]
async fn an_operation_is_not_repeated_where_the_host_is_busy() {
    let service = Service::start(|_, _| (500, json!({ "errorCode": "too_busy" }))).await;
    let error = service.client().focus().pause(&session()).await.unwrap_err();
    assert!(error.is_retryable(), "{error:?}");
    assert_eq!(service.lines(), [OPERATE]);
}

/// `focus-statistics-in-path`
#[tokio::test]
async fn days_stand_in_the_path() {
    let service = Service::start(|line, _| {
        if line.contains("heatmap") || line.contains("clockByDay") { (200, json!([])) } else { (200, json!({})) }
    })
    .await;
    let client = service.client();
    let (from, to) = (date(2026, 3, 1), date(2026, 3, 31));
    client.focus().heat_map(from..=to).await.unwrap();
    client.focus().distribution(from..=to).await.unwrap();
    client.focus().by_hour(from..=to).await.unwrap();
    client.focus().by_day_and_hour(from..=to).await.unwrap();
    assert_eq!(
        service.lines(),
        ["heatmap", "dist", "dist/clock", "dist/clockByDay"]
            .map(|call| format!("GET /api/v2/pomodoros/statistics/{call}/20260301/20260331"))
    );
}

/// `focus-timeline-paging`
#[tokio::test]
async fn the_next_page_starts_at_the_last_session() {
    const FIRST: &str = "GET /api/v2/pomodoros/timeline";
    const SECOND: &str = "GET /api/v2/pomodoros/timeline?to=1772355600000";
    let one = json!({ "id": "a", "startTime": "2026-03-01T10:00:00.000+0000" });
    let two = json!({ "id": "b", "startTime": "2026-03-01T09:00:00.000+0000" });
    let (page, repeated) = (json!([one, two]), json!([two]));
    let service = Service::start(move |line, _| match line {
        FIRST => (200, page.clone()),
        SECOND => (200, repeated.clone()),
        other => panic!("{other}"),
    })
    .await;
    let client = service.client();
    let mut timeline = client.focus().timeline();
    let mut ids = Vec::new();
    while let Some(record) = timeline.try_next().await.unwrap() {
        ids.push(record.id.to_string());
    }
    assert_eq!(ids, ["a", "b"]);
    assert_eq!(service.lines(), [FIRST, SECOND], "a repeated page is the end");
}

/// `focus-update-needs-etag`, `focus-delete-forms`
#[tokio::test]
async fn a_record_is_written_with_its_etag_and_deleted_by_the_batch() {
    const BATCH: &str = "POST /api/v2/batch/pomodoro/timing";
    let stored = json!({ "id": "r", "type": 1, "startTime": "2026-03-01T09:00:00.000+0000", "etag": "old", "odd": 1 });
    let record: FocusRecord = serde_json::from_value(stored.clone()).unwrap();
    let listed = stored.clone();
    let service = Service::start(move |line, _| match line {
        BATCH => (200, json!({ "id2etag": { "r": "new" }, "id2error": {} })),
        "GET /api/v2/pomodoros/timing?from=1772355599000&to=1772355601000" => (200, json!([listed])),
        other => panic!("{other}"),
    })
    .await;
    let client = service.client();
    assert_eq!(client.focus().update(&record).await.unwrap().etag.get().unwrap().as_str(), "new");
    assert_eq!(service.seen()[1].json(), json!({ "update": [stored] }));
    let error = client.focus().delete(&record).await.unwrap_err();
    let Error::NotApplied { operation: "focus.batch_timings", .. } = error else { panic!("{error:?}") };
    assert_eq!(service.seen()[1].json(), json!({ "delete": ["r"] }));
}

#[tokio::test]
async fn a_session_without_a_start_does_not_end_the_timeline() {
    let record = |id: i64, start: Value| json!({ "id": format!("{id:024x}"), "startTime": start, "status": 1 });
    let service = Service::start(move |line, _| {
        let first = [record(1, json!("2026-03-01T09:00:00.000+0000")), record(2, Value::Null)];
        let second = [record(3, json!("2026-02-28T09:00:00.000+0000"))];
        let page = if line.contains("?to=1772355600000") { second.to_vec() } else { first.to_vec() };
        (200, if line.contains("?to=1772269200000") { json!([]) } else { page.into() })
    })
    .await;
    let client = service.client();
    let mut timeline = client.focus().timeline();
    let mut count = 0;
    while timeline.try_next().await.unwrap().is_some() {
        count += 1;
    }
    assert_eq!(count, 3);
}
