use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::server::testing::{Tester, id, tester, tester_with};
use crate::{Plan, UpdateMode};

const HABITS: &str = "/api/v2/habits/batch";
const CHECK_INS: &str = "/api/v2/habitCheckins/batch";
const SECTIONS: &str = "/api/v2/habitSections/batch";

fn add(tester: &Tester, habit: &Value) -> Value {
    tester.post(HABITS, &json!({ "add": [habit] }))
}

/// Returns the check-ins of habit 1 after a day.
fn after(tester: &Tester, stamp: i64) -> Value {
    let body = json!({ "habitIds": [id(1)], "afterStamp": stamp });
    tester.post("/api/v2/habitCheckins/query", &body)["checkins"][id(1)].clone()
}

fn check_in(number: u32, stamp: i64, value: f64) -> Value {
    json!({ "id": id(number), "habitId": id(1), "checkinStamp": stamp, "value": value })
}

#[test]
fn rest_forms_are_refused() {
    let tester = tester();
    let one = format!("/api/v2/habits/{}", id(1));
    for (method, path) in [("POST", "/api/v2/habits"), ("PUT", &one), ("DELETE", &one)] {
        assert_eq!(tester.send(method, path, "{}").status, 405, "{method} {path}");
    }
}

#[test]
fn updates_replace_whatever_the_mode() {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let tester = tester_with(|builder| builder.update_mode(mode));
        let answer = add(&tester, &json!({ "id": id(1), "name": "Read", "goal": 3, "unit": "Page", "own": 1 }));
        let etag = answer["id2etag"][id(1)].clone();
        tester.service.clock().advance(SignedDuration::from_hours(1));
        let made = tester.get("/api/v2/habits")[0].clone();
        tester.post(HABITS, &json!({ "update": [{ "id": id(1), "name": "Read", "status": 1, "goal": 3 }] }));
        let habit = tester.get("/api/v2/habits")[0].clone();
        assert_eq!(habit["status"], json!(1));
        assert_eq!(habit["goal"], json!(3));
        assert_eq!(habit["unit"], json!("Count"));
        assert_eq!(habit["createdTime"], made["createdTime"]);
        assert!(habit.get("own").is_none() && habit["etag"] != etag);
    }
}

#[test]
fn batches_answer_what_they_stored() {
    let tester = tester();
    add(&tester, &json!({ "id": id(1), "name": "Read" }));
    let nothing = json!({ "id2etag": {}, "id2error": {} });
    let body = json!({ "checkins": [check_in(2, 20_260_301, 1.0)], "delete": [id(7)], "update": [{ "id": id(8) }] });
    assert_eq!(tester.post(HABITS, &body), nothing, "the member is unknown, and so are the ids");
    assert_eq!(after(&tester, 0), json!([]));
    tester.post(CHECK_INS, &json!({ "add": [check_in(2, 20_260_301, 1.0)] }));
    assert_eq!(tester.post(HABITS, &json!({ "delete": [id(1)] })), nothing);
    assert_eq!(tester.get("/api/v2/habits"), json!([]));
    add(&tester, &json!({ "id": id(1), "name": "Read" }));
    assert_eq!(after(&tester, 0), json!([]), "the check-ins went with the habit");
    tester.send("POST", HABITS, json!({ "add": [{ "goal": "x" }] }).to_string()).refused(500, "unknown_exception");
}

#[test]
fn free_plans_have_room_for_five() {
    let tester = tester_with(|builder| builder.plan(Plan::Free));
    let habits: Vec<Value> = (1..=6).map(|n| json!({ "id": id(n), "name": "h" })).collect();
    let answer = tester.post(HABITS, &json!({ "add": habits }));
    assert_eq!(answer["id2error"], json!({ id(6): "EXCEED_QUOTA" }));
}

#[test]
fn a_day_has_one_check_in() {
    let tester = tester();
    add(&tester, &json!({ "id": id(1), "name": "Water", "type": "Real", "goal": 8 }));
    let nothing = json!({ "id2etag": {}, "id2error": {} });
    assert_eq!(tester.post(CHECK_INS, &json!({ "add": [check_in(2, 20_260_301, 3.0)] })), nothing);
    let first = after(&tester, 0)[0].clone();
    assert_eq!(first["status"], json!(0));
    assert_eq!(first["checkinTime"], Value::Null);
    assert_eq!(first["goal"], json!(8.0));
    tester.post(CHECK_INS, &json!({ "update": [check_in(2, 20_260_301, 8.0)] }));
    let full = after(&tester, 0)[0].clone();
    assert_eq!(full["value"], json!(8.0));
    assert_eq!(full["id"], json!(id(2)));
    // A second add for the day changes the first, which keeps its id.
    tester.post(CHECK_INS, &json!({ "add": [check_in(3, 20_260_301, 9.0), check_in(2, 20_260_302, 1.0)] }));
    let all = after(&tester, 0);
    assert_eq!(all[0]["id"], json!(id(2)));
    assert_eq!(all[0]["value"], json!(9.0));
    assert_eq!(all.as_array().unwrap().len(), 2);
    assert_ne!(all[1]["id"], id(2), "the id belongs to another day");
    assert_eq!(after(&tester, 20_260_301).as_array().unwrap().len(), 1, "its own day is left out");
}

#[test]
fn senseless_check_ins_are_refused_whole() {
    let tester = tester();
    add(&tester, &json!({ "id": id(1), "name": "Read" }));
    for body in [
        json!({ "add": [check_in(2, 20_260_301, 1.0)], "delete": [id(9)] }),
        json!({ "add": [check_in(2, 20_260_231, 1.0)] }),
        json!({ "add": [{ "habitId": id(1), "checkinStamp": "20260301" }] }),
    ] {
        tester.send("POST", CHECK_INS, body.to_string()).refused(500, "unknown_exception");
    }
    tester.post(CHECK_INS, &json!([]));
    tester.post(CHECK_INS, &json!({ "add": [{ "habitId": id(9), "checkinStamp": 20_260_301 }] }));
    assert_eq!(after(&tester, 0), json!([]));
}

#[test]
fn the_flat_form_takes_text() {
    let tester = tester();
    add(&tester, &json!({ "id": id(1), "name": "Read" }));
    let flat = json!({ "habitId": id(1), "checkinStamp": "20260301", "value": 1, "status": 2 });
    let stored = tester.post("/api/v2/habitCheckins", &flat);
    assert_eq!(stored["checkinStamp"], json!(20_260_301));
    assert_eq!(stored["status"], json!(2));
    assert_eq!(after(&tester, 0), json!([stored]));
}

#[test]
fn sections_are_there_from_the_start() {
    let tester = tester();
    let names = || -> Vec<String> {
        let sections = tester.get("/api/v2/habitSections");
        sections.as_array().unwrap().iter().map(|section| section["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(), ["_morning", "_afternoon", "_night"]);
    tester.post(SECTIONS, &json!({ "add": [{ "id": id(5), "name": "Sport", "sortOrder": 7 }] }));
    add(&tester, &json!({ "id": id(1), "name": "Run", "sectionId": id(5) }));
    tester.post(SECTIONS, &json!({ "update": [{ "id": id(5), "name": "Sports" }] }));
    assert_eq!(tester.get("/api/v2/habitSections")[3]["sortOrder"], 7);
    tester.post(SECTIONS, &json!({ "delete": [id(5)] }));
    assert_eq!(names().len(), 3);
    assert_eq!(tester.get("/api/v2/habits")[0]["sectionId"], "-1");
}

#[test]
fn the_week_is_counted() {
    let tester = tester();
    let daily = json!({ "id": id(1), "name": "Read", "createdTime": "2026-02-01T00:00:00.000+0000" });
    let away = json!({ "id": id(2), "name": "Old", "status": 1, "createdTime": "2026-02-01T00:00:00.000+0000" });
    tester.post(HABITS, &json!({ "add": [daily, away] }));
    tester.post(CHECK_INS, &json!({ "add": [check_in(3, 20_260_224, 1.0), check_in(4, 20_260_222, 1.0)] }));
    let week = tester.get("/api/v2/habits/statistics/week/current");
    let days: Vec<&String> = week.as_object().unwrap().keys().collect();
    assert_eq!(days.len(), 7);
    assert_eq!(days[0].as_str(), "20260223");
    assert_eq!(days[6].as_str(), "20260301");
    assert_eq!(week["20260224"], json!({ "totalHabitCount": 1, "completedHabitCount": 1 }));
    assert_eq!(week["20260225"], json!({ "totalHabitCount": 1, "completedHabitCount": 0 }));
}

#[test]
fn exports_are_rationed() {
    let tester = tester();
    add(&tester, &json!({ "id": id(1), "name": "Read \"it\"" }));
    tester.post(CHECK_INS, &json!({ "add": [check_in(3, 20_260_301, 1.0)] }));
    let export = || tester.send("GET", "/api/v2/data/export/habits", "");
    let text = String::from_utf8(export().body.into()).unwrap();
    assert!(
        text.contains(r#""Read ""it""","RRULE:FREQ=DAILY;INTERVAL=1","20260301","1","1","Count","Done""#),
        "{text}"
    );
    (0..4).for_each(|_| assert_eq!(export().status, 200));
    export().refused(500, "export_too_many_times");
    tester.service.clock().advance(SignedDuration::from_hours(24));
    assert_eq!(export().status, 200);
}

#[test]
fn preferences_follow_the_settings() {
    let tester = tester();
    let path = "/api/v2/user/preferences/habit?platform=web";
    assert_eq!(tester.get(path)["enabled"], true);
    assert!(tester.get(path)["defaultSection"].is_object(), "clients read its members");
    let settings =
        json!({ "tabBars": [{ "name": "HABIT", "enabled": false }], "calendarViewConf": { "showHabit": false } });
    tester.send("PUT", "/api/v2/user/preferences/settings", settings.to_string()).value(200);
    assert_eq!(tester.get(path)["enabled"], false);
    assert_eq!(tester.get(path)["showInCalendar"], false);
}
