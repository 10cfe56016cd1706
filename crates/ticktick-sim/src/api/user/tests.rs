use jiff::SignedDuration;
use serde_json::{Value, json};
use ticktick_models::Notification;

use crate::server::testing::{Tester, USER, id, tester, tester_with};
use crate::{UnreadForm, UpdateMode};

const SETTINGS: &str = "/api/v2/user/preferences/settings";
const EXT: &str = "/api/v2/user/preferences/ext";

fn write(tester: &Tester, method: &str, settings: &Value) {
    assert!(tester.send(method, SETTINGS, settings.to_string()).value(200).is_null());
}

#[test]
fn the_account_is_what_it_says() {
    let tester = tester();
    let status = tester.get("/api/v2/user/status");
    assert_eq!(status["userId"], json!("120000001"));
    assert_eq!(status["pro"], json!(true));
    assert!(status.get("token").is_none());
    assert_eq!(tester.get("/api/v2/user/profile")["username"], "me@example.com");
    assert_eq!(tester.get("/api/v2/configs/limits")["free"]["projectNumber"], 9);
}

#[test]
fn settings_have_every_member_of_the_contract() {
    let settings = tester().get("/api/v2/user/preferences/settings?includeWeb=true");
    let contract = include_str!("../../../../../spec/models/user.yaml");
    let members = contract.split("  UserSettings:").nth(1).unwrap().split("\n\n").next().unwrap();
    let keys = members.lines().filter_map(|line| line.strip_prefix("      ")?.split_once(": {").map(|(key, _)| key));
    let keys: Vec<&str> = keys.filter(|key| !key.starts_with(' ')).collect();
    assert!(keys.len() > 55, "{keys:?}");
    for key in keys {
        assert!(!settings[key].is_null(), "{key}");
    }
}

#[test]
fn settings_keep_what_nobody_knows() {
    let tester = tester();
    let mut settings = tester.get("/api/v2/user/preferences/settings?includeWeb=true");
    settings["timeZone"] = "Asia/Tokyo".into();
    settings["own"] = json!({ "kept": true });
    write(&tester, "PUT", &settings);
    assert_eq!(tester.get(SETTINGS), settings);
    assert_eq!(tester.add(&json!({ "title": "x" }))["timeZone"], "Asia/Tokyo");
    settings["own"] = 1.into();
    write(&tester, "POST", &settings);
    assert_eq!(tester.get(SETTINGS), settings);
}

#[test]
fn settings_that_are_left_out_depend_on_the_mode() {
    let part = json!({ "theme": "night" });
    let merging = tester();
    write(&merging, "PUT", &part);
    assert_eq!(merging.get(SETTINGS)["locale"], "en_US");
    let replacing = tester_with(|builder| builder.update_mode(UpdateMode::Replace));
    write(&replacing, "PUT", &part);
    assert_eq!(replacing.get(SETTINGS), part);
}

#[test]
fn preferences_follow_the_settings() {
    let tester = tester();
    write(&tester, "PUT", &json!({ "dailyRemindTime": "07:30", "isNotificationEnabled": false }));
    let reminder = tester.get("/api/v2/user/preferences/dailyReminder");
    assert_eq!(reminder["dailyReminders"], json!(["07:30"]));
    assert_eq!(reminder["enable"], json!(false));
    assert_eq!(tester.get("/api/v2/user/preferences/pomodoro")["pomoDuration"], 25);
    let found = || tester.get("/api/v2/user/preferences/featurePrompt")["tag"].clone();
    assert_eq!(found(), false);
    tester.add(&json!({ "title": "x", "tags": ["new"] }));
    assert_eq!(found(), true);
    assert_eq!(tester.get("/api/v2/user/userBindingInfo"), json!([]));
    assert_eq!(tester.get("/api/v2/user/favLocation"), json!([]));
}

#[test]
fn the_later_change_of_a_preference_stays() {
    let tester = tester();
    assert_eq!(tester.get(EXT), json!({ "mtime": 0 }));
    let send = |body: Value| assert_eq!(tester.send("POST", EXT, body.to_string()).status, 200);
    send(json!({ "matrix": { "a": 1, "mtime": 2_000 }, "own": true, "mtime": 1_000 }));
    send(json!({ "matrix": { "a": 0, "mtime": 1_500 } }));
    assert_eq!(tester.get(EXT), json!({ "matrix": { "a": 1, "mtime": 2_000 }, "own": true, "mtime": 2_000 }));
    assert_eq!(
        tester.get(&format!("{EXT}?mtime=1000")),
        json!({ "matrix": { "a": 1, "mtime": 2_000 }, "mtime": 2_000 })
    );
    send(json!({ "own": false }));
    assert_eq!(tester.get(&format!("{EXT}?mtime=2000"))["own"], false);
    tester.send("POST", EXT, "[]").refused(500, "unknown_exception");
}

#[test]
fn unread_notifications_have_three_shapes() {
    for (form, expected) in [
        (UnreadForm::Count, json!(1)),
        (UnreadForm::List, json!([id(2)])),
        (UnreadForm::Detail, json!({ "count": 1, "notifications": [id(2)] })),
    ] {
        let tester = tester_with(|builder| builder.unread_form(form));
        tester.service.notify(USER, &Notification::new(id(1)));
        assert_eq!(tester.get("/api/v2/notification?autoMarkRead=true")[0]["unread"], true);
        tester.service.clock().advance(SignedDuration::from_mins(1));
        tester.service.notify(USER, &Notification::new(id(2)));
        let all = tester.get("/api/v2/notification?autoMarkRead=false");
        assert_eq!(all[0]["id"], json!(id(2)), "newest first");
        assert_eq!(all[1]["unread"], json!(false), "newest first");
        let text = tester.get("/api/v2/notification/unread").to_string();
        let ids = expected.to_string().replace(&format!("\"{}\"", id(2)), &all[0].to_string());
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), serde_json::from_str::<Value>(&ids).unwrap());
    }
}

#[test]
fn a_backup_is_text_inside_json() {
    let tester = tester();
    tester.add(&json!({ "id": id(1), "title": "say \"hi\"", "tags": ["a", "b"] }));
    tester.add(&json!({ "id": id(2), "status": -1 }));
    let backup = tester.get("/api/v2/data/export");
    let lines: Vec<&str> = backup.as_str().unwrap().lines().collect();
    assert_eq!(lines[0], "\"Date: 2026-03-01+0000\"");
    assert!(lines[6].starts_with("\"Folder Name\",\"List Name\",\"Title\""), "{lines:?}");
    assert!(lines[7].starts_with(r#""","Inbox","say ""hi""","TEXT","a, b","#), "{lines:?}");
    assert!(lines[8].contains(r#","0","2","#), "{lines:?}");
    assert_eq!(lines.len(), 9);
    assert_eq!(tester.get("/api/v2/data/export/auto"), json!({ "type": "direct" }));
}

#[test]
fn more_routes_answer() {
    let tester = tester();
    assert!(tester.get("/api/v2/user/ranking")["score"].is_number());
    assert!(tester.get("/api/v2/habitCheckins/statistics").is_object());
    for name in ["heatmap", "hourDistribution", "distribution"] {
        let path = format!("/api/v2/pomodoros/statistics/{name}");
        tester.send("GET", &path, "").refused(500, "unknown_exception");
    }
    let start = json!([{ "id": id(1), "op": "start", "duration": 25, "lastPoint": 0 }]);
    assert!(tester.post("/api/v2/pomodoro", &start).is_null());
}
