use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::server::testing::{Tester, id, tester};

/// Completed on the day before, in time and late, and open ones: an account in Tokyo.
fn busy() -> Tester {
    let tester = tester();
    let zone = json!({ "timeZone": "Asia/Tokyo" });
    tester.send("PUT", "/api/v2/user/preferences/settings", zone.to_string()).value(200);
    let project = json!({ "add": [{ "id": id(9), "name": "Garden" }] });
    tester.post("/api/v2/batch/project", &project);
    // 20:00 in UTC is the next day in Tokyo.
    let done = "2026-02-27T20:00:00.000+0000";
    for task in [
        json!({ "id": id(1), "status": 2, "completedTime": done, "tags": ["a", "b"], "projectId": id(9) }),
        json!({ "id": id(2), "status": 2, "completedTime": done, "dueDate": "2026-02-28T01:00:00.000+0000" }),
        json!({ "id": id(3), "status": 2, "completedTime": done, "dueDate": "2026-02-20T01:00:00.000+0000" }),
        json!({ "id": id(4), "status": -1, "completedTime": done }),
        json!({ "id": id(5), "dueDate": "2026-02-28T01:00:00.000+0000" }),
        json!({ "id": id(6), "dueDate": "2026-02-28T15:00:00.000+0000", "isAllDay": true, "timeZone": "Asia/Tokyo" }),
        json!({ "id": id(7), "kind": "NOTE" }),
        json!({ "id": id(8), "kind": "CHECKLIST", "items": [{ "title": "x" }] }),
    ] {
        tester.add(&task);
    }
    let trashed = json!({ "delete": [{ "taskId": id(8), "projectId": "inbox120000001" }] });
    tester.post("/api/v2/batch/task", &trashed);
    tester
}

fn focus(tester: &Tester, start: &str, end: &str) {
    let record = json!({ "id": id(50), "startTime": start, "endTime": end });
    tester.post("/api/v2/batch/pomodoro", &json!({ "add": [record] }));
}

#[test]
fn days_are_those_of_the_account() {
    let tester = busy();
    let days = tester.get("/api/v2/task/statistics/20260227/20260228");
    assert_eq!(days[0]["noTimeCompleteCount"], 0);
    let expected = json!({
        "day": "20260228",
        "timezone": "Asia/Tokyo",
        "overdueCompleteCount": 1,
        "onTimeCompleteCount": 1,
        "noTimeCompleteCount": 1,
        "notCompleteCount": 1,
        "projectCompleteCounts": { "Garden": 1, "Inbox": 2 },
        "tagCompleteCounts": { "UNKNOWN_CATEGORY": 2, "a": 1, "b": 1 },
    });
    assert_eq!(days[1], expected);
    tester.send("GET", "/api/v2/task/statistics/0/20260228", "").refused(500, "unknown_exception");
    tester.send("GET", "/api/v2/task/statistics/10000101/99991231", "").refused(500, "unknown_exception");
    assert_eq!(tester.get("/api/v2/task/statistics/20260228/20260227"), json!([]));
}

#[test]
fn counts_follow_the_account() {
    let tester = busy();
    let general = || tester.get("/api/v2/statistics/general");
    let before = general();
    assert_eq!(before["yesterdayCompleted"], json!(3));
    assert_eq!(before["totalCompleted"], json!(3));
    assert_eq!(before["taskByDay"]["20260228"], json!({ "completeCount": 3, "notCompleteCount": 1 }));
    assert_eq!(before["taskByDay"]["20260301"], json!({ "completeCount": 0, "notCompleteCount": 1 }));
    assert_eq!(before["taskByWeek"]["20260222"]["completeCount"], 3, "weeks begin on Sunday");
    assert_eq!(before["taskByMonth"]["20260201"]["completeCount"], 3);
    assert_eq!(before["score"], json!(5));
    assert_eq!(before["scoreByDay"]["20260227"], json!(0));
    focus(&tester, "2026-03-01T10:00:00.000+0000", "2026-03-01T10:25:00.000+0000");
    tester.update(&json!({ "id": id(5), "status": 2, "completedTime": "2026-03-01T11:00:00.000+0000" }));
    let after = general();
    assert_eq!(after["todayCompleted"], json!(1));
    assert_eq!(after["todayPomoDuration"], json!(25));
    assert_eq!(after["pomoByMonth"]["20260301"], json!({ "count": 1, "duration": 25 }));
    assert_eq!(after["score"], 7);
    assert_eq!(after["taskByMonth"].as_object().unwrap().len(), 7);
}

#[test]
fn kinds_are_counted() {
    let expected = json!({
        "normalCount": 6,
        "checklistCount": 0,
        "noteCount": 1,
        "completedCount": 3,
        "deletedCount": 1,
        "dueTodayCount": 1,
        "overdueCount": 1,
        "date": "20260301",
    });
    assert_eq!(busy().get("/api/v2/user/statistics"), expected);
}

#[test]
fn the_ranking_grows_with_the_score() {
    let tester = busy();
    tester.service.clock().advance(SignedDuration::from_hours(48));
    let ranking = tester.get("/api/v3/user/ranking");
    assert_eq!(ranking["taskCount"], json!(7));
    assert_eq!(ranking["projectCount"], json!(1));
    assert_eq!(ranking["dayCount"], json!(3));
    assert_eq!(ranking["completedCount"], json!(3));
    assert_eq!(ranking["score"], json!(5));
    assert_eq!(ranking["level"], json!(1));
    let before = ranking["ranking"].as_f64().unwrap();
    focus(&tester, "2026-03-01T10:00:00.000+0000", "2026-03-01T10:25:00.000+0000");
    let after: Value = tester.get("/api/v3/user/ranking");
    assert!(after["ranking"].as_f64().unwrap() > before);
}
