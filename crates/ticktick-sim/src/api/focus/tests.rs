use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::Plan;
use crate::server::testing::{Tester, id, tester, tester_with};

const POMODOROS: &str = "/api/v2/batch/pomodoro";
const TIMINGS: &str = "/api/v2/batch/pomodoro/timing";
const OPERATE: &str = "/focus/batch/focusOp";

fn time(hour: u8, minute: u8) -> String {
    format!("2026-03-01T{hour:02}:{minute:02}:00.000+0000")
}

fn record(number: u32, start: String, end: String) -> Value {
    json!({ "id": id(number), "startTime": start, "endTime": end })
}

fn ids(records: &Value) -> Vec<&str> {
    records.as_array().unwrap().iter().map(|record| record["id"].as_str().unwrap()).collect()
}

#[test]
fn histories_are_read_by_kind_and_range() {
    let tester = tester();
    tester.post(POMODOROS, &json!({ "add": [record(1, time(8, 0), time(8, 25)), record(2, time(9, 0), time(9, 1))] }));
    tester.post(TIMINGS, &json!({ "add": [record(3, time(10, 0), time(11, 0))] }));
    assert_eq!(tester.get("/api/v2/pomodoros"), json!([]));
    assert_eq!(tester.get("/api/v2/pomodoros/timing?from=0"), json!([]));
    let day = "from=1772323200000&to=1772409600000";
    let pomodoros = tester.get(&format!("/api/v2/pomodoros?{day}"));
    assert_eq!(ids(&pomodoros), [id(2), id(1)], "of any length");
    assert_eq!(pomodoros[1]["status"], json!(1));
    assert_eq!(pomodoros[1]["type"], json!(0));
    assert_eq!(pomodoros[1]["tasks"], json!([{ "startTime": time(8, 0), "endTime": time(8, 25) }]));
    assert_eq!(ids(&tester.get(&format!("/api/v2/pomodoros/timing?{day}"))), [id(3)]);
    tester.send("GET", "/api/v2/pomodoros?from=a&to=b", "").refused(500, "unknown_exception");
}

#[test]
fn the_timeline_is_paged_by_start() {
    let tester = tester();
    let all: Vec<Value> = (0..40).map(|n| record(u32::from(n) + 1, time(n / 4, n % 4 * 15), time(12, 0))).collect();
    tester.post(POMODOROS, &json!({ "add": all }));
    let first = tester.get("/api/v2/pomodoros/timeline");
    assert_eq!(ids(&first).len(), 31);
    assert_eq!(ids(&first)[0], id(40).as_str());
    let last: jiff::Timestamp = first[30]["startTime"].as_str().unwrap().replace("+0000", "Z").parse().unwrap();
    let next = tester.get(&format!("/api/v2/pomodoros/timeline?to={}", last.as_millisecond()));
    assert_eq!(ids(&next).len(), 9);
    assert_eq!(ids(&next)[0], id(9).as_str());
    assert_eq!(tester.get("/api/v2/pomodoros/timeline?to=0"), json!([]));
}

#[test]
fn updates_need_the_current_etag() {
    let tester = tester();
    let answer = tester.post(POMODOROS, &json!({ "add": [record(1, time(8, 0), time(8, 25))] }));
    let update = |etag: &Value| {
        let record = json!({ "id": id(1), "etag": etag, "note": "good" });
        tester.post(POMODOROS, &json!({ "update": [record] }))
    };
    let etag = &answer["id2etag"][id(1)];
    assert!(update(&json!("outdated"))["id2error"][id(1)].is_string());
    let answer = update(etag);
    assert!(answer["id2etag"][id(1)].is_string() && answer["id2etag"][id(1)] != *etag);
    assert_eq!(tester.get("/api/v2/pomodoros/timeline")[0]["note"], "good");
    let wrong = record(2, time(9, 0), time(8, 0));
    assert!(tester.post(POMODOROS, &json!({ "add": [wrong] }))["id2error"][id(2)].is_string());
    let unknown = json!({ "update": [record(7, time(8, 0), time(9, 0))] });
    assert_eq!(tester.post(POMODOROS, &unknown), json!({ "id2etag": {}, "id2error": {} }));
}

#[test]
fn every_form_of_delete_works_by_kind() {
    let tester = tester();
    let add = |path: &str, numbers: &[u32]| {
        let all: Vec<Value> = numbers.iter().map(|n| record(*n, time(8, 0), time(9, 0))).collect();
        tester.post(path, &json!({ "add": all }));
    };
    add(POMODOROS, &[1, 2, 3]);
    add(TIMINGS, &[4, 5]);
    tester.post(POMODOROS, &json!({ "delete": [id(1), id(4), "nobody"] }));
    let body = json!({ "pomodoroIds": [id(2), id(5)], "timingIds": [id(4)] });
    tester.send("DELETE", "/api/v2/pomodoro", body.to_string()).value(200);
    assert_eq!(ids(&tester.get("/api/v2/pomodoros/timeline")), [id(3), id(5)]);
    tester.send("DELETE", &format!("/api/v2/pomodoro/{}", id(3)), "").value(200);
    tester.send("DELETE", &format!("/api/v2/pomodoro/timing/{}", id(5)), "").value(200);
    assert_eq!(tester.get("/api/v2/pomodoros/timeline"), json!([]));
}

#[test]
fn time_is_counted_in_the_zone_of_the_account() {
    let tester = tester();
    let zone = json!({ "timeZone": "Asia/Tokyo" });
    tester.send("PUT", "/api/v2/user/preferences/settings", zone.to_string()).value(200);
    tester.add(&json!({ "id": id(9), "title": "Dig", "tags": ["out", "sun"] }));
    // From 23:30 to 00:30 in Tokyo, ten minutes of it in pauses.
    let mut late = record(1, time(14, 30), time(15, 30));
    late["pauseDuration"] = 600.into();
    late["tasks"] = json!([{ "taskId": id(9) }]);
    tester.post(POMODOROS, &json!({ "add": [late] }));
    assert_eq!(
        tester.get("/api/v2/pomodoros/statistics/heatmap/20260301/20260303"),
        json!([
            { "day": "20260301", "duration": 25, "timezone": "Asia/Tokyo" },
            { "day": "20260302", "duration": 25, "timezone": "Asia/Tokyo" },
            { "day": "20260303", "duration": 0, "timezone": "Asia/Tokyo" },
        ])
    );
    assert_eq!(
        tester.get("/api/v2/pomodoros/statistics/dist/20260302/20260302"),
        json!({
            "projectDurations": { "Inbox": 25 },
            "tagDurations": { "out": 25, "sun": 25 },
            "taskDurations": { "Dig": 25 },
        })
    );
    let hours = tester.get("/api/v2/pomodoros/statistics/dist/clock/20260301/20260302");
    assert_eq!(hours["23"], json!(25));
    assert_eq!(hours["0"], json!(25));
    assert_eq!(hours["12"], json!(0));
    assert_eq!(
        tester.get("/api/v2/pomodoros/statistics/dist/clockByDay/20260302/20260303"),
        json!([
            { "day": "20260302", "timezone": "Asia/Tokyo", "timeDurations": { "0": 25 } },
            { "day": "20260303", "timezone": "Asia/Tokyo" },
        ])
    );
    let today = tester.get("/api/v2/pomodoros/statistics/generalForDesktop");
    let expected =
        json!({ "todayPomoCount": 1, "todayPomoDuration": 25, "totalPomoCount": 1, "totalPomoDuration": 50 });
    assert_eq!(today, expected);
    let about = format!("/api/v2/pomodoros/task?projectId=inbox&taskId={}", id(9));
    assert_eq!(ids(&tester.get(&about)), [id(1)]);
}

#[test]
fn what_has_no_name_has_a_category() {
    let tester = tester();
    let mut split = record(1, time(8, 0), time(9, 0));
    split["tasks"] = json!([
        { "habitId": id(7), "startTime": time(8, 0), "endTime": time(8, 15) },
        { "startTime": time(8, 15), "endTime": time(9, 0) },
    ]);
    tester.post(TIMINGS, &json!({ "add": [split] }));
    let minutes = json!({ "HABIT_CATEGORY": 15, "UNKNOWN_CATEGORY": 45 });
    let expected = json!({ "projectDurations": minutes, "tagDurations": minutes, "taskDurations": minutes });
    assert_eq!(tester.get("/api/v2/pomodoros/statistics/dist/20260301/20260301"), expected);
}

#[test]
fn timers_are_saved_and_counted() {
    let tester = tester_with(|builder| builder.plan(Plan::Free));
    let timers: Vec<Value> = (1..=4).map(|n| json!({ "id": id(n), "name": "Reading" })).collect();
    let answer = tester.post("/api/v2/timer", &json!({ "add": timers }));
    assert_eq!(answer["id2error"], json!({ id(4): "EXCEED_QUOTA" }));
    tester.post("/api/v2/timer", &json!({ "update": [{ "id": id(1), "name": "Books" }], "delete": [id(2)] }));
    let timers = tester.get("/api/v2/timer");
    assert_eq!(ids(&timers), vec![id(1).as_str(), id(3).as_str()]);
    assert_eq!(timers[0]["name"], json!("Books"));
    let mut session = record(8, time(8, 0), time(8, 30));
    session["tasks"] = json!([{ "timerId": id(1) }]);
    tester.post(TIMINGS, &json!({ "add": [session, record(9, time(9, 0), time(10, 0))] }));
    let overview = |number| tester.get(&format!("/api/v2/timer/overview/{}", id(number)));
    assert_eq!(overview(1), json!({ "days": 1, "today": 30, "total": 30 }));
    assert_eq!(overview(3), json!({ "days": 0, "today": 0, "total": 0 }));
    let timeline = tester.get(&format!("/api/v2/timer/timeline/{}", id(1)));
    assert_eq!(ids(&timeline), vec![id(8).as_str()]);
    assert_eq!(timeline[0]["tasks"][0]["timerName"], json!("Books"));
    let path = |interval: &str| format!("/api/v2/timer/statistics/{}/20260227/20260302/{interval}", id(1));
    let months = tester.get(&path("month"));
    assert_eq!(months[0]["day"], json!("20260201"));
    assert_eq!(months[1]["duration"], json!(30));
    assert_eq!(tester.get(&path("day")).as_array().unwrap().len(), 4);
    tester.send("GET", &path("fortnight"), "").refused(500, "unknown_exception");
}

/// Operates the live timer at a minute of the hour 10.
fn operate(tester: &Tester, op: &str, minute: u8) -> Value {
    let operation = json!({
        "id": id(1_000 + u32::from(minute)), "oId": id(1), "oType": 0, "op": op,
        "duration": if op == "start" { 25 } else { 0 }, "time": time(10, minute),
        "focusOnId": id(9), "focusOnTitle": "Dig",
    });
    tester.post(OPERATE, &json!({ "lastPoint": 0, "opList": [operation] }))
}

fn history(tester: &Tester) -> Value {
    tester.get("/api/v2/pomodoros/timeline")
}

#[test]
fn a_session_is_paused_and_finished() {
    let tester = tester();
    tester.add(&json!({ "id": id(9), "title": "Dig" }));
    assert_eq!(tester.post(OPERATE, &json!({ "lastPoint": 0 }))["current"], Value::Null);
    let state = operate(&tester, "start", 0)["current"].clone();
    assert_eq!(state["id"], json!(id(1)));
    assert_eq!(state["status"], json!(0));
    assert_eq!(state["exited"], json!(false));
    assert_eq!(state["endTime"], time(10, 25));
    let state = operate(&tester, "pause", 10)["current"].clone();
    assert_eq!(state["status"], json!(1));
    assert_eq!(state["pauseLogs"], json!([{ "type": 0, "time": time(10, 10) }]));
    let state = operate(&tester, "continue", 15)["current"].clone();
    assert_eq!(state["pauseDuration"], json!(300));
    assert_eq!(state["endTime"], json!(time(10, 30)));
    assert_eq!(history(&tester), json!([]));
    let state = operate(&tester, "finish", 30)["current"].clone();
    assert_eq!(state["status"], json!(2));
    assert_eq!(state["valid"], json!(true));
    let record = history(&tester)[0].clone();
    assert_eq!(record["id"], json!(id(1)));
    assert_eq!(record["status"], json!(1));
    assert_eq!(record["pauseDuration"], json!(300));
    assert_eq!(record["tasks"][0]["taskId"], json!(id(9)));
    assert_eq!(record["tasks"][0]["title"], json!("Dig"));
    let state = operate(&tester, "startBreak", 31)["current"].clone();
    assert_eq!(state["focusBreak"]["endTime"], time(10, 36));
    assert_eq!(operate(&tester, "endBreak", 33)["current"]["focusBreak"], json!({}));
    assert_eq!(operate(&tester, "exit", 34)["current"]["exited"], true);
    assert_eq!(history(&tester).as_array().unwrap().len(), 1);
}

#[test]
fn dropping_is_remembered_unless_it_was_short() {
    for (minute, stored) in [(4, 0), (5, 1)] {
        let tester = tester();
        operate(&tester, "start", 0);
        operate(&tester, "drop", minute);
        let state = operate(&tester, "exit", minute + 1)["current"].clone();
        assert_eq!(state["status"], json!(3));
        assert_eq!(state["exited"], json!(true));
        assert_eq!(state["valid"], stored == 1);
        let history = history(&tester);
        assert_eq!(history.as_array().unwrap().len(), stored);
        assert!(stored == 0 || history[0]["status"] == 3);
        operate(&tester, "continue", minute + 2);
        assert_eq!(operate(&tester, "finish", minute + 3)["current"]["status"], 3, "it is over");
    }
}

#[test]
fn updates_list_only_changes_and_repeated_operations_have_no_effect() {
    let tester = tester();
    let point = operate(&tester, "start", 0)["point"].clone();
    let read = |point: &Value| tester.post(OPERATE, &json!({ "lastPoint": point, "opList": [] }));
    assert_eq!(read(&point)["updates"], json!([]));
    assert_eq!(read(&point)["current"]["id"], id(1));
    operate(&tester, "pause", 1);
    assert_eq!(read(&point)["updates"][0]["status"], 1);
    operate(&tester, "pause", 1);
    let state = operate(&tester, "pause", 3)["current"].clone();
    assert_eq!(state["pauseLogs"].as_array().unwrap().len(), 1);
    // Another session ends the running one.
    let start = json!({ "id": id(3_000), "oId": id(2), "oType": 1, "op": "start", "time": time(11, 0) });
    let answer = tester.post(OPERATE, &json!({ "lastPoint": 0, "opList": [start] }));
    assert_eq!(answer["updates"][0]["exited"], json!(true));
    assert_eq!(answer["current"]["id"], json!(id(2)));
    assert_eq!(answer["current"]["firstId"], json!(""));
    assert_eq!(answer["current"]["endTime"], Value::Null);
    tester.service.clock().advance(SignedDuration::from_mins(1));
    assert!(read(&point)["point"].as_i64() > point.as_i64());
}

#[test]
fn senseless_operations_are_refused() {
    let tester = tester();
    for body in [
        json!([]),
        json!({ "opList": [] }),
        json!({ "lastPoint": 0, "opList": {} }),
        json!({ "lastPoint": 0, "opList": [{ "id": id(1), "op": "start" }] }),
        json!({ "lastPoint": 0, "opList": [{ "id": id(1), "oId": id(1), "op": "start", "time": "now" }] }),
    ] {
        tester.send("POST", OPERATE, body.to_string()).refused(500, "unknown_exception");
    }
    assert_eq!(operate(&tester, "pause", 1)["current"], Value::Null, "nobody knows the session");
}
