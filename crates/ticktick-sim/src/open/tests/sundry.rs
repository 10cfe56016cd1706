use serde_json::{Value, json};
use ticktick_models::Object;

use super::{INBOX, Open, ids, open};
use crate::server::testing::id;
use crate::world::lock::lock;

/// Records a session that began on a day at nine and lasted an hour.
fn focus(open: &Open, day: &str, more: Value) -> Value {
    let mut draft = json!({
        "type": 0,
        "startTime": format!("{day}T09:00:00+0000"),
        "endTime": format!("{day}T10:00:00+0000"),
    });
    draft.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    open.post("/focus", &draft)
}

#[test]
fn focus_sessions_are_stored() {
    let open = open();
    let task = open.add(&json!({ "title": "Write", "tags": ["deep"] }));
    let made = focus(&open, "2026-02-01", json!({ "taskId": task, "note": "well", "pauseDuration": 600 }));
    assert_eq!(made["duration"], json!(3000));
    assert_eq!(made["status"], json!(1));
    assert_eq!(made["added"], json!(true));
    assert_eq!(made["taskId"], json!(task));
    assert_eq!(made["tasks"][0]["title"], json!("Write"));
    assert_eq!(made["userId"], json!(120_000_001));
    assert_eq!(made["startTime"], json!("2026-02-01T09:00:00.000+0000"));
    let path = format!("/focus/{}", made["id"].as_str().unwrap());
    assert_eq!(open.get(&format!("{path}?type=0"))["etag"], made["etag"]);
    open.send("GET", &format!("{path}?type=1"), "").refused(500, "unknown_exception");
    open.send("GET", &path, "").refused(500, "unknown_exception");
    assert_eq!(open.delete(&format!("{path}?type=0")), json!({ "id": made["id"], "type": 0 }));
    open.send("GET", &format!("{path}?type=0"), "").refused(500, "unknown_exception");
    open.send("DELETE", &format!("{path}?type=0"), "").refused(500, "unknown_exception");
}

#[test]
fn focus_sessions_make_sense() {
    let open = open();
    let start = "2026-02-01T09:00:00+0000";
    let made = open.post("/focus", &json!({ "type": 1, "startTime": start, "duration": 1500 }));
    assert_eq!(made["endTime"], json!("2026-02-01T09:25:00.000+0000"));
    assert_eq!(made["duration"], json!(1500));
    assert!(made.get("taskId").is_none() && made["tasks"][0].get("title").is_none());
    for wrong in [
        json!({ "startTime": start, "duration": 60 }),
        json!({ "type": 0, "startTime": start }),
        json!({ "type": 0, "duration": 60 }),
        json!({ "type": 0, "startTime": start, "endTime": "2026-02-01T08:00:00+0000" }),
        json!({ "type": 0, "startTime": start, "endTime": "2026-03-02T08:00:00+0000" }),
        json!({ "type": 0, "startTime": start, "duration": 60, "note": "x".repeat(5001) }),
        json!({ "type": 0, "startTime": start, "duration": i64::MAX, "pauseDuration": i64::MAX }),
    ] {
        open.send("POST", "/focus", &wrong.to_string()).refused(500, "unknown_exception");
    }
    let unknown = json!({ "type": 0, "startTime": start, "duration": 60, "taskId": id(9) });
    open.send("POST", "/focus", &unknown.to_string()).refused(500, "task_not_found");
}

#[test]
fn a_focus_range_is_cut_to_thirty_days() {
    let open = open();
    let made: Vec<String> = ["2026-01-29", "2026-01-30", "2026-02-10"]
        .iter()
        .map(|day| focus(&open, day, json!({}))["id"].as_str().unwrap().to_owned())
        .collect();
    let other = focus(&open, "2026-02-10", json!({ "type": 1 }));
    let found = |from: &str, to: &str, kind: u8| open.get(&format!("/focus?from={from}&to={to}&type={kind}"));
    let (year, end) = ("2025-01-01T00:00:00%2B0000", "2026-03-01T09:00:00.000%2B0000");
    assert_eq!(ids(&found(year, end, 0)), [made[2].as_str(), made[1].as_str()], "the start was moved");
    assert_eq!(ids(&found("2026-01-31T00:00:00Z", end, 0)), [made[2].as_str()]);
    assert_eq!(ids(&found("2026-01-29T09:00:00Z", "2026-01-29T09:00:00Z", 0)), [made[0].as_str()]);
    assert_eq!(ids(&found(year, end, 1)), [other["id"].as_str().unwrap()]);
    for query in ["", "?from=x&to=y&type=0", &format!("?from={year}&to={end}"), &format!("?from={year}&type=0")] {
        open.send("GET", &format!("/focus{query}"), "").refused(500, "unknown_exception");
    }
}

#[test]
fn comments_are_written_and_deleted() {
    let open = open();
    let task = open.add(&json!({ "title": "x" }));
    let path = format!("/project/{INBOX}/task/{task}/comment");
    assert_eq!(open.get(&format!("{path}s")), json!([]));
    let made = open.post(&path, &json!({ "title": "Hello" }));
    assert_eq!(made["title"], json!("Hello"));
    assert_eq!(made["userId"], json!(120_000_001));
    assert_eq!(made["createdTime"], 1_772_366_400_000_i64);
    assert_eq!(made["modifiedTime"], made["createdTime"]);
    assert_eq!(open.get(&format!("{path}s")), json!([made]));
    assert_eq!(open.web.task(&task)["commentCount"], 1);
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    open.nothing("DELETE", &one, &Value::Null);
    assert_eq!(open.web.task(&task)["commentCount"], 0);
    open.nothing("DELETE", &one, &Value::Null);
    open.send("POST", &path, r#"{"title":""}"#).refused(500, "unknown_exception");
    let unknown = format!("/project/inbox/task/{}/comment", id(9));
    open.send("POST", &unknown, r#"{"title":"x"}"#).refused(500, "task_not_found");
    open.send("GET", &format!("{unknown}s"), "").refused(500, "task_not_found");
}

#[test]
fn tags_are_listed_and_made() {
    let open = open();
    let made = open.post("/tag", &json!({ "name": "Home", "label": "Home" }));
    assert_eq!(made["name"], json!("home"));
    assert_eq!(made["label"], json!("Home"));
    assert_eq!(made["type"], json!(1));
    assert!(made.get("color").is_none() && made.get("parent").is_none());
    assert_eq!(open.get("/tag"), json!([made]));
    assert_eq!(open.web.get("/api/v2/tags")[0]["name"], "home");
    for wrong in [r#"{"name":"x"}"#, "[]"] {
        open.send("POST", "/tag", wrong).refused(500, "unknown_exception");
    }
}

#[test]
fn countdowns_are_those_of_the_account() {
    let open = open();
    assert_eq!(open.get("/countdown"), json!([]));
    let countdown = json!({
        "id": id(1), "name": "Holiday", "date": 20_260_801, "type": 4, "ignoreYear": false, "remark": "",
        "styleColor": [""], "background": null, "deleted": 0, "etag": "abcdefgh",
    });
    let gone = json!({ "id": id(2), "name": "Over", "deleted": 1 });
    let account = open.web.service.state.world().accounts.get(0).unwrap();
    let mut account = lock(&account);
    for countdown in [&countdown, &gone] {
        account.countdowns.put(&Object::encode(countdown).unwrap(), 1);
    }
    drop(account);
    let shown = json!([{
        "id": id(1), "name": "Holiday", "date": 20_260_801, "type": 4, "ignoreYear": false, "styleColor": [""],
    }]);
    assert_eq!(open.get("/countdown"), shown);
}

#[test]
fn the_zone_is_that_of_the_account() {
    let open = open();
    assert_eq!(open.post("/preference", &json!({})), json!({ "timeZone": "UTC" }));
    let mut settings = open.web.get("/api/v2/user/preferences/settings?includeWeb=true");
    settings["timeZone"] = "Asia/Tokyo".into();
    open.web.send("PUT", "/api/v2/user/preferences/settings", settings.to_string()).value(200);
    assert_eq!(open.send("POST", "/preference", "").value(200)["timeZone"], "Asia/Tokyo");
}

#[test]
fn tags_are_changed_by_the_routes_that_one_source_names() {
    let open = open();
    open.post("/tag", &json!({ "name": "home", "label": "Home" }));
    let task = open.add(&json!({ "title": "x", "tags": ["home"] }));
    let after = open.send("PUT", "/tag", r##"{"name":"home","color":"#00FF00","sortOrder":7}"##).value(200);
    assert_eq!(after["label"], json!("Home"));
    assert_eq!(after["color"], json!("#00FF00"));
    assert_eq!(after["sortOrder"], json!(7));
    open.send("PUT", "/tag", r#"{"name":"none"}"#).refused(500, "tag_not_exist");
    open.nothing("PUT", "/tag/rename", &json!({ "name": "home", "newName": "House" }));
    assert_eq!(open.task(&task)["tags"], json!(["house"]));
    open.nothing("DELETE", "/tag/delete", &json!({ "name": "house" }));
    assert_eq!(open.get("/tag"), json!([]));
}

#[test]
fn the_note_of_a_focus_session_is_changed() {
    let open = open();
    let made = focus(&open, "2026-02-01", json!({ "note": "well" }));
    let path = format!("/focus/{}", made["id"].as_str().unwrap());
    let after = open.post(&path, &json!({ "note": "very well" }));
    assert_eq!(after["note"], json!("very well"));
    assert_eq!(after["startTime"], made["startTime"]);
    open.send("POST", &format!("/focus/{}", id(9)), "{}").refused(500, "unknown_exception");
}
