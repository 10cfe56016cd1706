use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{ids, open, open_with};
use crate::Plan;
use crate::server::testing::id;

#[test]
fn habits_are_made_and_changed() {
    let open = open();
    let made = open.post("/habit", &json!({ "name": "Read", "goal": 20.0, "type": "Real", "unit": "Page" }));
    assert_eq!(made["goal"], json!(20.0));
    assert_eq!(made["status"], json!(0));
    assert_eq!(made["totalCheckIns"], json!(0));
    assert_eq!(made["createdTime"], "2026-03-01T12:00:00.000+0000");
    assert!(made.get("archivedTime").is_none() && made.get("reminders").is_none());
    let path = format!("/habit/{}", made["id"].as_str().unwrap());
    assert_eq!(open.get(&path), made);
    open.web.service.clock().advance(SignedDuration::from_hours(1));
    let after = open.post(&path, &json!({ "reminders": ["09:00"], "status": 1, "id": id(9) }));
    assert_eq!(after["name"], made["name"]);
    assert_eq!(after["goal"], made["goal"]);
    assert_eq!(after["id"], made["id"]);
    assert_eq!(after["reminders"], json!(["09:00"]));
    assert_eq!(after["archivedTime"], "2026-03-01T13:00:00.000+0000");
    assert_eq!(after["modifiedTime"], after["archivedTime"]);
    assert_ne!(after["etag"], made["etag"]);
    assert_eq!(open.get("/habit"), json!([after]));
    assert_eq!(open.post(&path, &json!({ "status": 0 })).get("archivedTime"), None);
    for wrong in ["", "[]", r#"{"goal":"many"}"#] {
        open.send("POST", &path, wrong).refused(500, "unknown_exception");
    }
    open.send("POST", "/habit", r#"{"goal":1}"#).refused(500, "unknown_exception");
    open.send("GET", &format!("/habit/{}", id(9)), "").refused(500, "unknown_exception");
    open.send("POST", &format!("/habit/{}", id(9)), "{}").refused(500, "unknown_exception");
}

#[test]
fn the_free_plan_has_room_for_five() {
    let open = open_with(|builder| builder.plan(Plan::Free));
    for n in 0..5 {
        open.post("/habit", &json!({ "name": n.to_string() }));
    }
    open.send("POST", "/habit", r#"{"name":"six"}"#).refused(500, "exceed_quota");
}

#[test]
fn a_day_has_one_check_in() {
    let open = open();
    let habit = open.post("/habit", &json!({ "name": "Read" }))["id"].as_str().unwrap().to_owned();
    let path = format!("/habit/{habit}/checkin");
    let first = open.post(&path, &json!({ "stamp": 20_260_301, "value": 0.5 }));
    assert_eq!(first["habitId"], json!(habit));
    assert_eq!(first["year"], json!(2026));
    let day = &first["checkins"][0];
    assert_eq!(day["value"], json!(0.5));
    assert_eq!(day["goal"], json!(1.0));
    assert_eq!(day["status"], json!(0));
    assert!(day.get("time").is_none(), "not reached yet");
    let second = open.post(&path, &json!({ "stamp": 20_260_301, "time": "2026-03-01T08:00:00+0000" }));
    assert_eq!(second["checkins"].as_array().unwrap().len(), 1);
    let after = &second["checkins"][0];
    assert_eq!(after["id"], day["id"]);
    assert_eq!(after["value"], json!(1.0));
    assert_eq!(after["status"], json!(2));
    assert_eq!(after["time"], "2026-03-01T08:00:00.000+0000");
    assert_eq!(second["id"], first["id"], "one record a year");
    assert_ne!(second["etag"], first["etag"]);
    assert_eq!(open.get(&format!("/habit/{habit}"))["totalCheckIns"], 1);
    for wrong in ["{}", r#"{"stamp":20260231}"#, r#"{"stamp":"today"}"#, r#"{"stamp":20260301,"time":"now"}"#] {
        open.send("POST", &path, wrong).refused(500, "unknown_exception");
    }
    let unknown = format!("/habit/{}/checkin", id(9));
    open.send("POST", &unknown, r#"{"stamp":20260301}"#).refused(500, "unknown_exception");
}

#[test]
fn check_ins_come_by_habit_and_year() {
    let open = open();
    let habits: Vec<String> =
        ["a", "b"].iter().map(|name| open.post("/habit", &json!({ "name": name }))["id"].to_string()).collect();
    let habits: Vec<&str> = habits.iter().map(|habit| habit.trim_matches('"')).collect();
    for stamp in [20_251_231, 20_260_101, 20_260_301] {
        open.post(&format!("/habit/{}/checkin", habits[0]), &json!({ "stamp": stamp }));
    }
    open.post(&format!("/habit/{}/checkin", habits[1]), &json!({ "stamp": 20_260_301 }));
    let found = |from: u32, to: u32| {
        let both = habits.join(",");
        open.get(&format!("/habit/checkins?habitIds={both}&from={from}&to={to}"))
    };
    let stamps = |record: &Value| -> Vec<i64> {
        record["checkins"].as_array().unwrap().iter().map(|day| day["stamp"].as_i64().unwrap()).collect()
    };
    let all = found(20_251_231, 20_260_301);
    let years: Vec<_> = all.as_array().unwrap().iter().map(|record| record["year"].as_i64().unwrap()).collect();
    assert_eq!(years, [2025, 2026, 2026]);
    assert_eq!(stamps(&all[1]), [20_260_101, 20_260_301], "both ends are in");
    let ids = ids(&all);
    assert!(ids[0] != ids[1] && ids[1] != ids[2]);
    assert_eq!(found(20_260_102, 20_260_228), json!([]));
}

#[test]
fn check_ins_want_habits_and_a_range() {
    let open = open();
    for query in ["", "?habitIds=1", "?habitIds=1&from=20260101", "?habitIds=1&from=x&to=y", "?from=1&to=2"] {
        open.send("GET", &format!("/habit/checkins{query}"), "").refused(500, "unknown_exception");
    }
    assert_eq!(open.get("/habit/checkins?habitIds=1&from=20260101&to=20260102"), json!([]));
}
